import { PageQuery } from '../../platform/http/page.dto.js';
import { Flag, Id, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { ADJUSTMENT_REASONS, type AdjustmentReason } from './adjustment.js';
import { HOLDING_DISPOSITIONS, type HoldingDisposition } from './stock-holding.lifecycle.js';
import {
  COSMETIC_GRADES,
  type CosmeticGrade,
  type Erasure,
  ERASURES,
  LOCK_STATES,
  type LockState,
} from './unit-condition.js';
import { ENCUMBRANCE_KINDS, type EncumbranceKind } from './unit-encumbrance.lifecycle.js';

export const QUARANTINE_REASONS = [
  'INTAKE',
  'FAILED_TEST',
  'AWAITING_ERASURE',
  'RECALL',
  'LEGAL_HOLD',
  'BLOCKLIST_HIT',
  'BATTERY_SWOLLEN',
  'CUSTOMER_RETURN',
  'IMEI_CONFLICT',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

export class StockUnitParams {
  /** Id of the unit. */
  @Id()
  id: string;
}

export class StockUnitsQuery extends PageQuery {
  /** Only units at this location. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only units of this SKU. */
  @Maybe()
  @Id()
  skuId?: string;
  /** Only units that stand like this. */
  @Maybe()
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  disposition?: HoldingDisposition;
}

/** What the bench found. */
export class InspectUnitDto {
  /** How it looks: A nothing visible at 20 cm, B at 20 cm but not at 50, C visible at 50 cm, D cracked, E broken. */
  @OneOf(COSMETIC_GRADES, 'CosmeticGrade')
  cosmetic: CosmeticGrade;
  /** How it works: 0 all tests pass, 1 after repair, 2 a minor function fails, 3 to 9 not to be sold. */
  @WholeNumber(0, 9)
  functional: number;
  /** Battery health in percent of new. */
  @Maybe()
  @WholeNumber(0, 100)
  batteryPct?: number;
  /** Whether the last owner's account still locks it. */
  @OneOf(LOCK_STATES, 'LockState')
  lockState: LockState;
  /** Whether the liquid indicator has tripped. */
  @Flag()
  liquidDamage: boolean;
  /** Whether every part is the maker's own. */
  @Flag()
  partsOriginal: boolean;
  /** Whether the last owner's data are gone. */
  @OneOf(ERASURES, 'Erasure')
  erasure: Erasure;
  /**
   * Number of the erasure certificate; needed with PASS. Of a handset that somebody had before it is one recorded here
   * for this holding: its id, or the tool's own number.
   */
  @Maybe()
  @Text(1, 100)
  erasureCertificate?: string;
  /** Whether box, charger and label are complete. */
  @Flag()
  kitComplete: boolean;
  /** Days of warranty it is sold with; left out, as before. */
  @Maybe()
  @WholeNumber(0, 3650)
  warrantyDays?: number;
  /** What the buyer is told of a minor fault; left out, as before. */
  @Maybe()
  @Text(1, 500)
  disclosure?: string;
  /** The SKU it is to be sold as, when the condition makes it another one of the same hardware. */
  @Maybe()
  @Id()
  skuId?: string;
}

export class QuarantineUnitDto {
  /** Why it is set apart. */
  @OneOf(QUARANTINE_REASONS, 'QuarantineReason')
  reason: QuarantineReason;
}

export class AdjustUnitDto {
  /** Why the stock was wrong; it decides what becomes of the unit. */
  @OneOf(ADJUSTMENT_REASONS, 'AdjustmentReason')
  reason: AdjustmentReason;
}

export class EncumberUnitDto {
  /** What bars the unit from being sold. */
  @OneOf(ENCUMBRANCE_KINDS, 'EncumbranceKind')
  kind: EncumbranceKind;
  /** On whose word, and where it is recorded. */
  @Text(1, 200)
  reason: string;
}
