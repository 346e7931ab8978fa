import { locationCode } from '../../devices/imports/known-locations.js';
import { type KnownSku, skuCode } from '../../devices/imports/known-skus.js';
import type { SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { type Columns, type LineFault, lineFault } from '../../imports/importer.js';
import { amount, choice, flag, instant, optional, required, usually, whole } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { CURRENCY_EXPONENTS, minorFromDecimal, NotAnAmount } from '../../values/money.js';
import {
  COSMETIC_GRADES,
  type CosmeticGrade,
  type Erasure,
  ERASURES,
  LOCK_STATES,
  type LockState,
  type Provenance,
  PROVENANCES,
} from '../units/unit-condition.js';
import { imeiColumn, serialColumn, serialNumberKey } from './identity-columns.js';

/** How a unit can stand in the books when they are opened. */
const STANDINGS = ['RECEIVED', 'INSPECTION', 'AVAILABLE', 'DISPLAY', 'QUARANTINE'] as const;
type Standing = (typeof STANDINGS)[number];

/** Another's clock may be a little ahead of ours. */
const CLOCK_SKEW_MS = 60_000;

/** One handset we own. */
export interface UnitRow {
  imei: string | null;
  imei2: string | null;
  serial: string | null;
  sku: string;
  location: string;
  cost: string | null;
  currency: string;
  provenance: Provenance;
  cosmetic: CosmeticGrade | null;
  functional: number | null;
  battery_pct: number | null;
  lock_state: LockState | null;
  erasure: Erasure | null;
  disposition: Standing;
  received_at: string | null;
  kit_complete: boolean;
  warranty_days: number | null;
}

export const UNIT_COLUMNS: Columns<UnitRow> = {
  imei: optional(imeiColumn),
  imei2: optional(imeiColumn),
  serial: optional(serialColumn),
  sku: required(skuCode),
  location: required(locationCode),
  cost: optional(amount),
  currency: usually('USD', choice(Object.keys(CURRENCY_EXPONENTS).sort())),
  provenance: required(choice(PROVENANCES)),
  cosmetic: optional(choice(COSMETIC_GRADES)),
  functional: optional(whole(0, 9)),
  battery_pct: optional(whole(0, 100)),
  lock_state: optional(choice(LOCK_STATES)),
  erasure: optional(choice(ERASURES)),
  disposition: usually<Standing>('RECEIVED', choice(STANDINGS)),
  received_at: optional(instant),
  kit_complete: usually(true, flag),
  warranty_days: optional(whole(0, 3650)),
};

/** What is wrong with a line by itself, or beside the lines before it. */
export function unitFaults(row: UnitRow, line: number, file: FileMemory): LineFault[] {
  const { imei, imei2, serial } = row;
  const faults: LineFault[] = [];
  if (imei === null && serial === null) {
    faults.push(lineFault('imei', '', 'REQUIRED', 'A unit needs an IMEI or a serial number.'));
  }
  if (imei2 !== null && imei === null) {
    faults.push(lineFault('imei', '', 'REQUIRED', 'The first IMEI goes into the column imei.'));
  }
  if (row.cost !== null) faults.push(...costFault(row.cost, row.currency));
  if (row.received_at !== null && Date.parse(row.received_at) > Date.now() + CLOCK_SKEW_MS) {
    faults.push(lineFault('received_at', row.received_at, 'IN_THE_FUTURE', 'It cannot have come yet.'));
  }
  if (faults.length) return faults;
  for (const [column, value] of [
    ['imei', imei],
    ['imei2', imei2],
  ] as const) {
    const earlier = value === null ? undefined : file.earlierLine('imei', Number(value), line);
    if (earlier !== undefined) faults.push(twice(column, imeiOf15(value!), earlier));
  }
  const earlier = serial === null ? undefined : file.earlierLine('serial', serialNumberKey(serial), line);
  if (earlier !== undefined) faults.push(twice('serial', serial!, earlier));
  return faults;
}

const twice = (column: string, value: string, line: number) =>
  lineFault(column, value, 'TWICE_IN_FILE', `Line ${line} has the same number.`);

function costFault(cost: string, currency: string): LineFault[] {
  try {
    if (minorFromDecimal(cost, currency) <= 100_000_000_000) return [];
    return [lineFault('cost', cost, 'OUT_OF_RANGE', 'More than a thousand million is a slip of the finger.')];
  } catch (refused) {
    if (!(refused instanceof NotAnAmount)) throw refused;
    return [lineFault('cost', cost, 'NOT_AN_AMOUNT', refused.message)];
  }
}

/** What is known of a handset's state: a new one is as it left the maker unless the line says otherwise. */
export function conditionOf(row: UnitRow, { condition }: KnownSku) {
  const asMade = condition === 'NEW';
  return {
    functional: row.functional ?? (asMade ? 0 : null),
    lockState: row.lock_state ?? (asMade ? 'UNLOCKED' : 'UNKNOWN'),
    erasure: row.erasure ?? (asMade ? 'NOT_NEEDED' : 'PENDING'),
    warrantyDays: row.warranty_days ?? (condition === 'REFURBISHED' ? 90 : 365),
  };
}

/** The worst look that each retail grade still allows. */
const WORST_LOOK: Readonly<Record<SkuGrade, CosmeticGrade>> = { PRISTINE: 'A', EXCELLENT: 'B', GOOD: 'B', FAIR: 'C' };

/** Why a unit may not be sold yet: each condition of the gate that does not hold. */
export function gateFaults(row: UnitRow, sku: KnownSku): LineFault[] {
  if (row.disposition !== 'AVAILABLE') return [];
  const { functional, lockState, erasure } = conditionOf(row, sku);
  const shut = (column: string, value: string | number | null, detail: string) =>
    lineFault(column, value, 'NOT_READY_FOR_SALE', `Not AVAILABLE: ${detail}`);
  return [
    ...(sku.condition === 'USED' ? [shut('sku', row.sku, 'what is used as it was handed in is not sold here.')] : []),
    ...(functional === null || functional > 2 ? [shut('functional', functional, 'functional must be 0, 1 or 2.')] : []),
    ...(lockState === 'UNLOCKED' ? [] : [shut('lock_state', lockState, 'it must be UNLOCKED.')]),
    ...(erasure === 'PASS' || erasure === 'NOT_NEEDED'
      ? []
      : [shut('erasure', erasure, 'erasure must be PASS or NOT_NEEDED.')]),
    ...(row.cost === null ? [shut('cost', '', 'its cost must be known.')] : []),
    ...(row.kit_complete ? [] : [shut('kit_complete', 'false', 'its kit must be complete.')]),
    ...(sku.grade && !(row.cosmetic && row.cosmetic <= WORST_LOOK[sku.grade])
      ? [shut('cosmetic', row.cosmetic, `${sku.grade} allows no worse look than ${WORST_LOOK[sku.grade]}.`)]
      : []),
  ];
}

/** The number a person would look a line up by: the column it stands in, and the number as it is printed. */
export const printedNumber = ({ imei, serial }: UnitRow): readonly [column: string, value: string] =>
  imei === null ? ['serial', serial ?? ''] : ['imei', imeiOf15(imei)];
