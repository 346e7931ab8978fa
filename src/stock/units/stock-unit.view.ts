import { ApiProperty } from '@nestjs/swagger';
import { SKU_GRADES, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { HOLDING_ACTS, HOLDING_DISPOSITIONS, type HoldingDisposition } from './stock-holding.lifecycle.js';
import {
  COSMETIC_GRADES,
  type CosmeticGrade,
  type Erasure,
  ERASURES,
  LOCK_STATES,
  type LockState,
  type Provenance,
  PROVENANCES,
} from './unit-condition.js';
import { ENCUMBRANCE_KINDS, type EncumbranceKind } from './unit-encumbrance.lifecycle.js';
import { IDENTIFIER_KINDS, type IdentifierKind } from './unit-identifier.kinds.js';

export class UnitIdentifierView {
  /** What kind of identifier it is. */
  @OneOf(IDENTIFIER_KINDS, 'IdentifierKind')
  kind: IdentifierKind;
  /** As printed on the box: an IMEI with its check digit. */
  @Text(1, 64)
  value: string;
  /** 2 for the second IMEI of a handset with two SIMs. */
  @WholeNumber(1, 2)
  position: number;
}

/** One period in which the unit is, or was, ours. */
export class HoldingView {
  /** Id of the holding. */
  @Id()
  id: string;
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** Where it is. */
  @Id()
  locationId: string;
  /** How it stands. */
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  disposition: HoldingDisposition;
  /** How it came to us. */
  @OneOf(PROVENANCES, 'Provenance')
  provenance: Provenance;
  /** When it came to us. */
  @Moment()
  receivedAt: string;
  /** When it stopped being ours; null while it is. */
  @Moment({ nullable: true })
  closedAt: string | null;
  /** What it cost us in minor units; null while unknown. */
  @Nullable()
  @Cents()
  costMinor: number | null;
  /** The currency of the amounts. */
  @CurrencyCode()
  currency: string;
  /** How it looks, A best; null until inspected. */
  @Nullable()
  @OneOf(COSMETIC_GRADES, 'CosmeticGrade')
  cosmetic: CosmeticGrade | null;
  /** How it works: 0 all tests pass, 9 worst; null until inspected. */
  @Nullable()
  @WholeNumber(0, 9)
  functional: number | null;
  /** Battery health in percent of new; null until inspected. */
  @Nullable()
  @WholeNumber(0, 100)
  batteryPct: number | null;
  /** Whether the last owner's account still locks it. */
  @OneOf(LOCK_STATES, 'LockState')
  lockState: LockState;
  /** Whether the last owner's data are gone. */
  @OneOf(ERASURES, 'Erasure')
  erasure: Erasure;
  /** Whether box, charger and label are complete. */
  @Flag()
  kitComplete: boolean;
  /** Days of warranty it is sold with; null until that is settled. */
  @Nullable()
  @WholeNumber(0, 3650)
  warrantyDays: number | null;
  /** What the buyer is told of a minor fault. */
  @Nullable()
  @Text(1, 500)
  disclosure: string | null;
  /** Version of the grade profile it was graded by; null until it was. */
  @Nullable()
  @Text(1, 40)
  gradeProfile: string | null;
  /** Number of the bag it was sealed into when it was handed in. */
  @Nullable()
  @Text(1, 100)
  sealedBag: string | null;
  /** Until when a reservation holds it. */
  @Moment({ nullable: true })
  reservedUntil: string | null;
}

/** Something that bars the unit from being sold. */
export class EncumbranceView {
  /** What bars it. */
  @OneOf(ENCUMBRANCE_KINDS, 'EncumbranceKind')
  kind: EncumbranceKind;
  /** On whose word, and where it is recorded. */
  @Text(1, 200)
  reason: string;
  /** Since when. */
  @Moment()
  placedAt: string;
  /** Who placed it, as their token names them. */
  @Text(1, 200)
  placedBy: string;
  /** When a hold ends by itself; null for one that ends when it is lifted. */
  @Moment({ nullable: true })
  until: string | null;
}

export class StockUnitView {
  /** Id of the unit. */
  @Id()
  id: string;
  /** The hardware it is. */
  @Id()
  variantId: string;
  /** Every identifier it has. */
  @ApiProperty({ type: () => [UnitIdentifierView], maxItems: 20 })
  identifiers: UnitIdentifierView[];
  /** The present holding, or the last one when the unit is no longer ours. */
  @Nested(() => HoldingView)
  holding: HoldingView;
  /** What bars it from being sold. */
  @ApiProperty({ type: () => [EncumbranceView], maxItems: 20 })
  encumbrances: EncumbranceView[];
  /** The best retail grade its condition reaches, if any. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  reachesGrade: SkuGrade | null;
  /** What may be done with it as it stands. */
  @ListOfChoices(Object.keys(HOLDING_ACTS), 'HoldingAct')
  possibleActs: string[];
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class StockUnitPageView {
  /** What stands on this page. */
  @ListOf(() => StockUnitView, 0, 200)
  items: StockUnitView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
