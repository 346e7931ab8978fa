import { type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { newId } from '../../values/id.js';
import { MODEL_ACTS, type ModelLifecycle } from '../models/device-model.lifecycle.js';
import { nameKey } from '../models/search-words.js';
import type { ModelFacts, Present, SkuFacts, VariantFacts } from './catalogue-present.js';
import { type CatalogueRow, conditionKeyOf, hardwareKeyOf, modelKeyOf } from './catalogue-row.js';

/** A model to be made. */
export interface NewModel extends ModelFacts {
  brand: string;
  brand_key: string;
  name: string;
  key: string;
}

/** What is to be written for a batch: decided in full before anything is, so that a refused line leaves nothing behind. */
export class CataloguePlan {
  readonly newModels: NewModel[] = [];
  readonly changedModels: ModelFacts[] = [];
  readonly newVariants: VariantFacts[] = [];
  readonly changedVariants: VariantFacts[] = [];
  readonly newSkus: (SkuFacts & { id: string })[] = [];
  readonly renamedSkus: SkuFacts[] = [];
  private readonly models: Map<string, ModelFacts>;
  private readonly variants: Map<string, VariantFacts>;
  private readonly skus: Map<string, SkuFacts>;
  private readonly skusOfVariants: Map<string, string>;

  constructor(present: Present) {
    this.models = new Map(present.models.map((model) => [`${model.brand_key}\t${model.key}`, model]));
    this.variants = new Map(
      present.variants.map((variant) => [`${variant.model_id}\t${hardwareKeyOf(variant)}`, variant]),
    );
    this.skus = new Map(present.skus.map((sku) => [sku.code, sku]));
    this.skusOfVariants = new Map(present.skus.map((sku) => [`${sku.variant_id} ${conditionKeyOf(sku)}`, sku.code]));
  }

  /** Decides about one line. */
  decide(row: CatalogueRow): Outcome {
    return row.kind === 'ACCESSORY' ? this.decideAccessory(row) : this.decideDevice(row);
  }

  private decideAccessory(row: CatalogueRow): Outcome {
    const present = this.skus.get(row.sku);
    if (!present) {
      this.addSku(row, null);
      return 'applied';
    }
    if (present.kind !== 'ACCESSORY' || present.condition !== row.condition) return [anotherSku(row)];
    if (present.name === row.name) return 'unchanged';
    this.renamedSkus.push(Object.assign(present, { name: row.name }));
    return 'applied';
  }

  private decideDevice(row: CatalogueRow): Outcome {
    const model = this.models.get(modelKeyOf(row));
    const variant = model && this.variants.get(`${model.id}\t${hardwareKeyOf(row)}`);
    const fault = this.skuFault(row, variant) ?? (model && lifecycleFault(row, model));
    if (fault) return [fault];
    const changes = [model ? this.changeModel(row, model) : false, variant ? this.changeVariant(row, variant) : false];
    if (this.skus.has(row.sku)) return changes.some(Boolean) ? 'applied' : 'unchanged';
    const of = model ?? this.addModel(row);
    this.addSku(row, (variant ?? this.addVariant(row, of.id)).id);
    return 'applied';
  }

  private skuFault(row: CatalogueRow, variant: VariantFacts | undefined): LineFault | undefined {
    const present = this.skus.get(row.sku);
    if (present) {
      const same = variant && present.variant_id === variant.id && conditionKeyOf(present) === conditionKeyOf(row);
      return same ? undefined : anotherSku(row);
    }
    const other = variant && this.skusOfVariants.get(`${variant.id} ${conditionKeyOf(row)}`);
    return other === undefined
      ? undefined
      : lineFault('sku', row.sku, 'SKU_EXISTS', `This hardware is sold in this condition under the SKU ${other}.`);
  }

  private addModel(row: CatalogueRow): ModelFacts {
    const model: NewModel = {
      id: newId(),
      brand: row.brand!,
      brand_key: nameKey(row.brand!),
      name: row.model!,
      key: nameKey(row.model!),
      aliases: row.aliases ?? [],
      // What no file says is on sale is not: a list of the world's devices must not fill the shops.
      lifecycle: row.lifecycle ?? 'END_OF_SALE',
      announced_on: row.announced_on,
      licence_ends_on: row.licence_ends_on,
      licence_rule: row.licence_rule,
    };
    this.newModels.push(model);
    this.models.set(modelKeyOf(row), model);
    return model;
  }

  private addVariant(row: CatalogueRow, modelId: string): VariantFacts {
    const { maker_code, storage_gb, colour } = row;
    const variant = { id: newId(), model_id: modelId, maker_code, storage_gb, colour, bands: row.bands ?? [] };
    this.newVariants.push(variant);
    this.variants.set(`${modelId}\t${hardwareKeyOf(row)}`, variant);
    return variant;
  }

  private addSku({ sku, kind, name, condition, grade }: CatalogueRow, variantId: string | null): void {
    const made = { id: newId(), code: sku, kind, variant_id: variantId, name, condition, grade };
    this.newSkus.push(made);
    this.skus.set(sku, made);
    this.skusOfVariants.set(`${variantId} ${conditionKeyOf(made)}`, sku);
  }

  /** Columns left empty say nothing: what is known stays. */
  private changeModel(row: CatalogueRow, model: ModelFacts): boolean {
    const now: ModelFacts = {
      id: model.id,
      aliases: row.aliases ?? model.aliases,
      lifecycle: row.lifecycle ?? model.lifecycle,
      announced_on: row.announced_on ?? model.announced_on,
      licence_ends_on: row.licence_ends_on ?? model.licence_ends_on,
      licence_rule: row.licence_rule ?? model.licence_rule,
    };
    const fields = ['aliases', 'lifecycle', 'announced_on', 'licence_ends_on', 'licence_rule'] as const;
    if (fields.every((field) => String(now[field]) === String(model[field]))) return false;
    this.changedModels.push(Object.assign(model, now));
    return true;
  }

  private changeVariant({ bands }: CatalogueRow, variant: VariantFacts): boolean {
    if (bands === null || bands.join('|') === variant.bands.join('|')) return false;
    this.changedVariants.push(Object.assign(variant, { bands }));
    return true;
  }
}

const anotherSku = ({ sku }: CatalogueRow): LineFault =>
  lineFault(
    'sku',
    sku,
    'SKU_IS_ANOTHER',
    'The SKU stands for something else already, and always will; take a new one.',
  );

/** A file may move a model along its life as an act would, never back: it may be older than what is known. */
function lifecycleFault(row: CatalogueRow, model: ModelFacts): LineFault | undefined {
  const { lifecycle } = row;
  if (lifecycle === null || lifecycle === model.lifecycle) return undefined;
  const moves: readonly { from: readonly ModelLifecycle[]; to: ModelLifecycle }[] = Object.values(MODEL_ACTS);
  if (moves.some(({ from, to }) => to === lifecycle && from.includes(model.lifecycle))) return undefined;
  return lineFault(
    'lifecycle',
    lifecycle,
    'LIFECYCLE',
    `The model is ${model.lifecycle} and does not go from there to ${lifecycle}.`,
  );
}
