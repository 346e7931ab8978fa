import { NextCursor } from '../../platform/http/page.js';
import { Id, Instant, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { HOLDING_DISPOSITIONS, type HoldingDisposition } from '../units/stock-holding.lifecycle.js';
import { MOVEMENT_KINDS, type MovementKind } from '../units/stock-movement.kinds.js';

const MOST = 2_147_483_647;

/** What there was of a SKU. */
export class OnHandView {
  /** What it is. */
  @Id()
  skuId: string;
  /** The code of the SKU. */
  @Text(1, 64)
  skuCode: string;
  /** Pieces that were in the house. */
  @WholeNumber(-MOST, MOST)
  onHand: number;
  /** Pieces of them that anybody could have had. */
  @WholeNumber(-MOST, MOST)
  free: number;
}

export class OnHandPageView {
  /** Where. */
  @Id()
  locationId: string;
  /** When. */
  @Instant()
  at: string;
  /** Every SKU that had ever moved at the location by then, by its id. */
  @ListOf(() => OnHandView, 0, 200)
  items: OnHandView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A line of the stock ledger; it is never changed. */
export class StockMovementView {
  /** Id of the movement. */
  @Id()
  id: string;
  /** When it happened, to the microsecond. */
  @Instant()
  occurredAt: string;
  /** Where it happened. */
  @Id()
  locationId: string;
  /** What moved. */
  @Id()
  skuId: string;
  /** The unit that moved; null for stock without serial numbers. */
  @Nullable()
  @Id()
  unitId: string | null;
  /** The holding of the unit; null for stock without serial numbers. */
  @Nullable()
  @Id()
  holdingId: string | null;
  /** What happened. */
  @OneOf(MOVEMENT_KINDS, 'MovementKind')
  kind: MovementKind;
  /** By how much the pieces in the house changed. */
  @WholeNumber(-MOST, MOST)
  onHand: number;
  /** By how much the free pieces changed. */
  @WholeNumber(-MOST, MOST)
  free: number;
  /** How the unit stood before; null when it came in. */
  @Nullable()
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  fromDisposition: HoldingDisposition | null;
  /** How the unit stood after; null for stock without serial numbers. */
  @Nullable()
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  toDisposition: HoldingDisposition | null;
  /** Why. */
  @Nullable()
  @Text(1, 500)
  reason: string | null;
  /** The receipt, reservation or sale that it belongs to. */
  @Nullable()
  @Id()
  documentId: string | null;
  /** Who did it. */
  @Text(1, 200)
  actor: string;
  /** The request it was done in. */
  @Text(1, 200)
  correlationId: string;
}

export class StockMovementPageView {
  /** Movements, newest first. */
  @ListOf(() => StockMovementView, 0, 200)
  items: StockMovementView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
