import type { EntityManager } from 'typeorm';
import type { ModelLifecycle } from '../models/device-model.lifecycle.js';
import { type CatalogueRow, modelKeyOf } from './catalogue-row.js';

/** A model as it stands, or as it is to be made. */
export interface ModelFacts {
  id: string;
  aliases: string[];
  lifecycle: ModelLifecycle;
  announced_on: string | null;
  licence_ends_on: string | null;
  licence_rule: string | null;
}

/** Hardware of a model. */
export interface VariantFacts {
  id: string;
  model_id: string;
  maker_code: string;
  storage_gb: number;
  colour: string;
  bands: string[];
}

/** A SKU as it stands. */
export interface SkuFacts {
  code: string;
  kind: string;
  variant_id: string | null;
  name: string | null;
  condition: string;
  grade: string | null;
}

/** What the catalogue already has of a batch; the models are locked until the batch is stored. */
export interface Present {
  models: (ModelFacts & { brand_key: string; key: string })[];
  variants: VariantFacts[];
  skus: SkuFacts[];
}

/** Reads in three statements what a batch is to be compared with. */
export async function readPresent(tx: EntityManager, rows: readonly CatalogueRow[]): Promise<Present> {
  const devices = rows.filter(({ kind }) => kind === 'DEVICE');
  const asked = [...new Set(devices.map(modelKeyOf))].map((key) => key.split('\t'));
  const models: Present['models'] = await tx.query(
    `select m.id, b.key as brand_key, m.key, m.aliases, m.lifecycle, m.announced_on::text,
            m.licence_ends_on::text, m.licence_rule
     from unnest($1::text[], $2::text[]) as asked (brand_key, key)
     join brand b on b.key = asked.brand_key join device_model m on m.brand_id = b.id and m.key = asked.key
     order by m.id for no key update of m`,
    [asked.map(([brand]) => brand), asked.map(([, model]) => model)],
  );
  const variants: VariantFacts[] = await tx.query(
    'select id, model_id, maker_code, storage_gb, colour, bands from device_variant where model_id = any($1)',
    [models.map(({ id }) => id)],
  );
  const skus: SkuFacts[] = await tx.query(
    `select code, kind, variant_id, name, condition, grade from sku where code = any($1)
     union select code, kind, variant_id, name, condition, grade from sku
       where variant_id = any($2) and condition = 'REFURBISHED'
     union select code, kind, variant_id, name, condition, grade from sku
       where variant_id = any($2) and condition <> 'REFURBISHED'`,
    [rows.map(({ sku }) => sku), variants.map(({ id }) => id)],
  );
  return { models, variants, skus };
}
