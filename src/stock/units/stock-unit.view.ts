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
  @Id()
  id: string;
  @Id()
  skuId: string;
  @Id()
  locationId: string;
  /** How it stands. */
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  disposition: HoldingDisposition;
  @OneOf(PROVENANCES, 'Provenance')
  provenance: Provenance;
  @Moment()
  receivedAt: string;
  /** When it stopped being ours; null while it is. */
  @Moment({ nullable: true })
  closedAt: string | null;
  /** What it cost us in minor units; null while unknown. */
  @Nullable()
  @Cents()
  costMinor: number | null;
  @CurrencyCode()
  currency: string;
  @Nullable()
  @OneOf(COSMETIC_GRADES, 'CosmeticGrade')
  cosmetic: CosmeticGrade | null;
  @Nullable()
  @WholeNumber(0, 9)
  functional: number | null;
  @Nullable()
  @WholeNumber(0, 100)
  batteryPct: number | null;
  @OneOf(LOCK_STATES, 'LockState')
  lockState: LockState;
  @OneOf(ERASURES, 'Erasure')
  erasure: Erasure;
  @Flag()
  kitComplete: boolean;
  /** Until when a reservation holds it. */
  @Moment({ nullable: true })
  reservedUntil: string | null;
}

/** Something that bars the unit from being sold. */
export class EncumbranceView {
  @OneOf(ENCUMBRANCE_KINDS, 'EncumbranceKind')
  kind: EncumbranceKind;
  @Text(1, 200)
  reason: string;
  @Moment()
  placedAt: string;
  @Text(1, 200)
  placedBy: string;
}

export class StockUnitView {
  @Id()
  id: string;
  /** The hardware it is. */
  @Id()
  variantId: string;
  @ApiProperty({ type: () => [UnitIdentifierView], maxItems: 20 })
  identifiers: UnitIdentifierView[];
  /** The present holding, or the last one when the unit is no longer ours. */
  @Nested(() => HoldingView)
  holding: HoldingView;
  @ApiProperty({ type: () => [EncumbranceView], maxItems: 20 })
  encumbrances: EncumbranceView[];
  /** The best retail grade its condition reaches, if any. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  reachesGrade: SkuGrade | null;
  /** What may be done with it as it stands. */
  @ListOfChoices(Object.keys(HOLDING_ACTS), 'HoldingAct')
  possibleActs: string[];
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class StockUnitPageView {
  @ListOf(() => StockUnitView, 0, 200)
  items: StockUnitView[];
  @NextCursor()
  nextCursor: string | null;
}
