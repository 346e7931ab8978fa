import type { Columns } from '../../imports/importer.js';
import { type LineFault, lineFault } from '../../imports/importer.js';
import { choice, day, list, optional, required, text, usually, whole } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import {
  LICENCE_RULES,
  type LicenceRule,
  MODEL_LIFECYCLE,
  type ModelLifecycle,
} from '../models/device-model.lifecycle.js';
import { nameKey } from '../models/search-words.js';
import {
  SKU_CONDITIONS,
  SKU_GRADES,
  SKU_KINDS,
  type SkuCondition,
  type SkuGrade,
  type SkuKind,
} from '../skus/sku.lifecycle.js';
import { skuCode } from './known-skus.js';

/** One SKU with the hardware and the model it is of, or an accessory with its name. */
export interface CatalogueRow {
  kind: SkuKind;
  brand: string | null;
  model: string | null;
  aliases: string[] | null;
  lifecycle: ModelLifecycle | null;
  announced_on: string | null;
  licence_ends_on: string | null;
  licence_rule: LicenceRule | null;
  maker_code: string;
  storage_gb: number;
  colour: string;
  bands: string[] | null;
  sku: string;
  condition: SkuCondition;
  grade: SkuGrade | null;
  name: string | null;
}

export const CATALOGUE_COLUMNS: Columns<CatalogueRow> = {
  kind: usually<SkuKind>('DEVICE', choice(SKU_KINDS)),
  brand: optional(text(100)),
  model: optional(text(200)),
  aliases: optional(list(text(100), 50)),
  lifecycle: optional(choice(MODEL_LIFECYCLE)),
  announced_on: optional(day),
  licence_ends_on: optional(day),
  licence_rule: optional(choice(LICENCE_RULES)),
  maker_code: usually('', text(100)),
  storage_gb: usually(0, whole(0, 65_536)),
  colour: usually('', text(60)),
  bands: optional(list(text(40), 100)),
  sku: required(skuCode),
  condition: usually<SkuCondition>('NEW', choice(SKU_CONDITIONS)),
  grade: optional(choice(SKU_GRADES)),
  name: optional(text(200)),
};

/** What lines of one model must agree on. */
const OF_MODEL = ['aliases', 'lifecycle', 'announced_on', 'licence_ends_on', 'licence_rule'] as const;

export const modelKeyOf = ({ brand, model }: CatalogueRow): string => `${nameKey(brand!)}\t${nameKey(model!)}`;

export const hardwareKeyOf = ({
  maker_code,
  storage_gb,
  colour,
}: Pick<CatalogueRow, 'maker_code' | 'storage_gb' | 'colour'>): string => `${maker_code}\t${storage_gb}\t${colour}`;

/** By what SKUs of one variant are told apart. */
export const conditionKeyOf = ({ condition, grade }: { condition: string; grade: string | null }): string =>
  `${condition} ${grade ?? ''}`;

/** What is wrong with a line by itself, or beside the lines before it. */
export function catalogueFaults(row: CatalogueRow, line: number, file: FileMemory): LineFault[] {
  const faults = row.kind === 'DEVICE' ? deviceFaults(row) : accessoryFaults(row);
  if (faults.length) return faults;
  if (row.kind === 'DEVICE') faults.push(...contradictions(row, line, file));
  const earlier = faults.length ? undefined : file.earlierLine('sku', row.sku, line);
  if (earlier !== undefined) {
    faults.push(lineFault('sku', row.sku, 'TWICE_IN_FILE', `Line ${earlier} has the same SKU.`));
  }
  return faults;
}

const missing = (column: string) => lineFault(column, '', 'REQUIRED', 'Must not be empty.');
const tooMuch = (column: string, value: string, detail: string) => lineFault(column, value, 'NOT_EXPECTED', detail);

function accessoryFaults({ name, condition, grade }: CatalogueRow): LineFault[] {
  return [
    ...(name === null ? [missing('name')] : []),
    ...(condition === 'REFURBISHED' ? [tooMuch('condition', condition, 'Accessories are not refurbished.')] : []),
    ...(condition === 'USED' ? [tooMuch('condition', condition, 'Accessories are not bought back.')] : []),
    ...(grade ? [tooMuch('grade', grade, 'Only a refurbished handset has a grade.')] : []),
  ];
}

function deviceFaults(row: CatalogueRow): LineFault[] {
  const { brand, model, name, condition, grade } = row;
  const unnamed = (['brand', 'model'] as const)
    .filter((column) => row[column] !== null && !nameKey(row[column]))
    .map((column) => lineFault(column, row[column], 'FORMAT', 'Must hold a letter or a digit.'));
  return [
    ...(brand === null ? [missing('brand')] : []),
    ...(model === null ? [missing('model')] : []),
    ...unnamed,
    ...(name === null
      ? []
      : [tooMuch('name', name, 'Only an accessory has a name of its own; a handset is named by its model.')]),
    ...(condition === 'REFURBISHED' && !grade ? [missing('grade')] : []),
    ...(condition !== 'REFURBISHED' && grade
      ? [tooMuch('grade', grade, 'Only a refurbished handset has a grade.')]
      : []),
    ...((row.licence_ends_on === null) === (row.licence_rule === null) ? [] : [licenceFault(row)]),
  ];
}

const licenceFault = ({ licence_ends_on }: CatalogueRow) =>
  lineFault(
    'licence_rule',
    licence_ends_on,
    'LICENCE_HALF_SAID',
    'licence_ends_on and licence_rule are given together or not at all.',
  );

function contradictions(row: CatalogueRow, line: number, file: FileMemory): LineFault[] {
  const key = modelKeyOf(row);
  const said = JSON.stringify(OF_MODEL.map((column) => row[column]));
  const model = file.earlier('model', key, line, said);
  if (model && model.says !== said) {
    const before = (JSON.parse(model.says) as unknown[]).map((value) => JSON.stringify(value));
    return OF_MODEL.map((column) => ({ column, says: JSON.stringify(row[column]) }))
      .filter(({ says }, at) => says !== before[at])
      .map(({ column, says }) => contradiction(column, says, model.line));
  }
  const hardware = `${key}\t${hardwareKeyOf(row)}`;
  const bands = JSON.stringify(row.bands);
  const first = file.earlier('bands', hardware, line, bands);
  if (first && first.says !== bands) return [contradiction('bands', bands, first.line)];
  const twin = file.earlierLine('condition', `${hardware}\t${conditionKeyOf(row)}`, line);
  if (twin === undefined) return [];
  const detail = `Line ${twin} has this hardware in the same condition, under another SKU or the same.`;
  return [lineFault('sku', row.sku, 'TWICE_IN_FILE', detail)];
}

const contradiction = (column: string, says: string, line: number) =>
  lineFault(
    column,
    says === 'null' ? '' : says.replace(/^"|"$/g, ''),
    'CONTRADICTS_EARLIER_LINE',
    `Line ${line} says otherwise of the same device.`,
  );
