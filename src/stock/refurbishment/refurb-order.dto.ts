import { PageQuery } from '../../platform/http/page.dto.js';
import { Cents, Flag, Id, ListOf, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { COSMETIC_GRADES, type CosmeticGrade, LOCK_STATES, type LockState } from '../units/unit-condition.js';
import {
  CLOSING_OUTCOMES,
  type ClosingOutcome,
  GIVING_UP_OUTCOMES,
  type GivingUpOutcome,
  ORDER_STATES,
  type OrderState,
} from './refurb-order.lifecycle.js';

/** An hour of work costs no more than this in any currency. */
const DEAREST_HOUR = 10_000_000;

export class RefurbOrderParams {
  /** Id of the work order. */
  @Id()
  id: string;
}

export class ListRefurbOrdersQuery extends PageQuery {
  /** Only orders at this location. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only orders on this unit. */
  @Maybe()
  @Id()
  unitId?: string;
  /** Only orders that stand like this. */
  @Maybe()
  @OneOf(ORDER_STATES, 'RefurbOrderState')
  status?: OrderState;
}

/** What is to be done, and what it will cost; amounts in the currency that the unit was paid for in. */
export class OpenRefurbOrderDto {
  /** The handset, in triage. */
  @Id()
  unitId: string;
  /** What an hour of work costs. */
  @WholeNumber(0, DEAREST_HOUR)
  labourRateMinor: number;
  /** What the parts are estimated to cost. */
  @Cents()
  estimatedPartsMinor: number;
  /** Minutes that the work is estimated to take. */
  @WholeNumber(0, 10_000)
  estimatedMinutes: number;
  /** What the handset is expected to bring. */
  @Cents()
  expectedSaleMinor: number;
}

export class RefurbReasonDto {
  /** Why, for the history. */
  @Text(1, 200)
  reason: string;
}

export class WantedPartDto {
  /** The part, a SKU of the bulk stock. */
  @Id()
  skuId: string;
  /** How many pieces. */
  @WholeNumber(1, 100)
  quantity: number;
  /** What a piece costs us. */
  @Cents()
  unitCostMinor: number;
}

export class ReserveRefurbPartsDto {
  /** The parts it needs, all of them at once or none. */
  @ListOf(() => WantedPartDto, 1, 20)
  parts: WantedPartDto[];
}

export class UseRefurbPartDto {
  /** Id of the reserved part. */
  @Id()
  partId: string;
}

export class RecordRefurbLabourDto {
  /** Minutes worked. */
  @WholeNumber(1, 1440)
  minutes: number;
  /** What was done. */
  @Text(1, 200)
  work: string;
}

/** What the bench finds once the tests are done; how it works comes from the diagnostic report. */
export class GradeRefurbOrderDto {
  /** How it looks: A nothing visible at 20 cm, B at 20 cm but not at 50, C visible at 50 cm, D cracked, E broken. */
  @OneOf(COSMETIC_GRADES, 'CosmeticGrade')
  cosmetic: CosmeticGrade;
  /** Battery health in percent of new. */
  @WholeNumber(0, 100)
  batteryPct: number;
  /** Whether the last owner's account still locks it. */
  @OneOf(LOCK_STATES, 'LockState')
  lockState: LockState;
  /** Whether the liquid indicator has tripped. */
  @Flag()
  liquidDamage: boolean;
  /** Whether every part is the maker's own. */
  @Flag()
  partsOriginal: boolean;
  /** Whether box, charger and label are complete. */
  @Flag()
  kitComplete: boolean;
  /** Days of warranty it is sold with. */
  @WholeNumber(0, 3650)
  warrantyDays: number;
  /** What the buyer is told of a minor fault; needed when there is one. */
  @Maybe()
  @Text(1, 500)
  disclosure?: string;
}

export class CloseRefurbOrderDto {
  /** What came of it. */
  @OneOf(CLOSING_OUTCOMES, 'RefurbClosingOutcome')
  outcome: ClosingOutcome;
}

export class GiveUpRefurbOrderDto {
  /** Why it is given up. */
  @OneOf(GIVING_UP_OUTCOMES, 'RefurbGivingUpOutcome')
  outcome: GivingUpOutcome;
}
