import { PageQuery } from '../../platform/http/page.dto.js';
import {
  Cents,
  CurrencyCode,
  Flag,
  Id,
  IdentifierText,
  ListOf,
  Maybe,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
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

/** One handset that came in. */
export class ReceiveUnitDto {
  /** IMEI, MEID, EID or serial number, as typed or scanned. */
  @IdentifierText()
  identifier: string;
  /** The second IMEI of a handset with two. */
  @Maybe()
  @IdentifierText()
  imei2?: string;
  /** The maker's serial number, when it is known besides. */
  @Maybe()
  @IdentifierText()
  serial?: string;
  /** What it is. */
  @Id()
  skuId: string;
  /** What it cost us, in minor units; without it the unit cannot be sold yet. */
  @Maybe()
  @Cents()
  costMinor?: number;
  /** The currency of the cost. */
  @CurrencyCode()
  currency: string;
  /** Where it comes from. */
  @OneOf(PROVENANCES, 'Provenance')
  provenance: Provenance;
  /** How it looks, when that is known already. */
  @Maybe()
  @OneOf(COSMETIC_GRADES, 'CosmeticGrade')
  cosmetic?: CosmeticGrade;
  /** How it works: 0 all tests pass, 1 after repair, 2 a minor function fails, 3 to 9 not to be sold. */
  @Maybe()
  @WholeNumber(0, 9)
  functional?: number;
  /** Battery health in percent of new. */
  @Maybe()
  @WholeNumber(0, 100)
  batteryPct?: number;
  /** Whether the last owner's account locks it; `UNKNOWN` unless it comes new from the maker. */
  @Maybe()
  @OneOf(LOCK_STATES, 'LockState')
  lockState?: LockState;
  /** Whether the last owner's data are gone; `PENDING` unless it comes new from the maker. */
  @Maybe()
  @OneOf(ERASURES, 'Erasure')
  erasure?: Erasure;
  /** Whether box, charger and label are complete; they are unless told otherwise. */
  @Maybe()
  @Flag()
  kitComplete?: boolean = true;
  /** Days of warranty it is sold with; 365 when it comes new from the maker. */
  @Maybe()
  @WholeNumber(0, 3650)
  warrantyDays?: number;
}

/** Accessories that came in. */
export class ReceivePiecesDto {
  /** What they are. */
  @Id()
  skuId: string;
  /** How many. */
  @WholeNumber(1, 100_000)
  quantity: number;
}

export class ReceiveStockDto {
  /** The supplier's delivery note, or what else the papers are found by. */
  @Text(1, 100)
  reference: string;
  /** Who sent it. */
  @Text(1, 200)
  supplier: string;
  /** The location that receives; left out, the caller's own store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Handsets, one by one. */
  @Maybe()
  @ListOf(() => ReceiveUnitDto, 0, 200)
  units?: ReceiveUnitDto[] = [];
  /** Accessories without serial numbers; lines on the same SKU are added up. */
  @Maybe()
  @ListOf(() => ReceivePiecesDto, 0, 50)
  pieces?: ReceivePiecesDto[] = [];
}

export class ReceiptParams {
  /** Id of the receipt. */
  @Id()
  id: string;
}

export class ListReceiptsQuery extends PageQuery {
  /** Only receipts at this location. */
  @Maybe()
  @Id()
  locationId?: string;
}
