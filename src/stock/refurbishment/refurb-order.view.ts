import { SKU_GRADES, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  ORDER_ACTS,
  ORDER_OUTCOMES,
  ORDER_STATES,
  type OrderOutcome,
  type OrderState,
  PART_STATES,
  type PartState,
} from './refurb-order.lifecycle.js';

const MOST = 9_007_199_254_740_991;

/** Pieces that an order needs. */
export class RefurbPartView {
  /** Id of the part. */
  @Id()
  id: string;
  /** What it is. */
  @Id()
  skuId: string;
  /** How many pieces. */
  @WholeNumber(1, 100)
  quantity: number;
  /** What a piece costs us. */
  @Cents()
  unitCostMinor: number;
  /** Whether it is held for the order, used, or given back. */
  @OneOf(PART_STATES, 'RefurbPartState')
  status: PartState;
}

/** The work on one handset. */
export class RefurbOrderView {
  /** Id of the order. */
  @Id()
  id: string;
  /** The handset. */
  @Id()
  unitId: string;
  /** The period of ours in which it is worked on. */
  @Id()
  holdingId: string;
  /** Where. */
  @Id()
  locationId: string;
  /** How it stands. */
  @OneOf(ORDER_STATES, 'RefurbOrderState')
  status: OrderState;
  /** The state it was held in and goes back to; null unless it is on hold. */
  @Nullable()
  @OneOf(ORDER_STATES, 'RefurbOrderState')
  heldFrom: OrderState | null;
  /** Why it was put on hold, the last time. */
  @Nullable()
  @Text(1, 200)
  holdReason: string | null;
  /** The currency of all amounts. */
  @CurrencyCode()
  currency: string;
  /** What an hour of work costs. */
  @Cents()
  labourRateMinor: number;
  /** What the handset cost before. */
  @Cents()
  acquisitionMinor: number;
  /** What parts and work were estimated to cost. */
  @Cents()
  estimatedMinor: number;
  /** What the handset is expected to bring. */
  @Cents()
  expectedSaleMinor: number;
  /** What parts used and work done have cost; it is on the cost of the handset. */
  @WholeNumber(0, MOST)
  spentMinor: number;
  /** Minutes worked. */
  @WholeNumber(0, 2_147_483_647)
  labourMinutes: number;
  /** Parts held, used and given back. */
  @ListOf(() => RefurbPartView, 0, 10_000)
  parts: RefurbPartView[];
  /** Whether it costs more than it will bring, so that giving it up is proposed. */
  @Flag()
  berProposed: boolean;
  /** Who let it go on nevertheless. */
  @Nullable()
  @Text(1, 200)
  approvedBy: string | null;
  /** What came of it; null until it is done. */
  @Nullable()
  @OneOf(ORDER_OUTCOMES, 'RefurbOutcome')
  outcome: OrderOutcome | null;
  /** The retail grade it was given; null until it was. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  /** Who opened it, as their token names them. */
  @Text(1, 200)
  openedBy: string;
  /** When it was opened. */
  @Moment()
  openedAt: string;
  /** When work on it began, the last time; null before. */
  @Moment({ nullable: true })
  startedAt: string | null;
  /** When it was done; null before. */
  @Moment({ nullable: true })
  closedAt: string | null;
  /** What may be done with it as it stands. */
  @ListOfChoices(Object.keys(ORDER_ACTS), 'RefurbOrderAct')
  possibleActs: string[];
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class RefurbOrderPageView {
  /** Orders, the latest first. */
  @ListOf(() => RefurbOrderView, 0, 200)
  items: RefurbOrderView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
