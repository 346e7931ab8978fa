import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nullable, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';

/** Somebody nothing is bought from, by their trade-in alone: who they are is told elsewhere. */
export class BarredSellerView {
  /** Its id. */
  @Id()
  id: string;
  /** The seller, as all trade-ins of theirs have them. */
  @Id()
  sellerId: string;
  /** The trade-in that gave the reason. */
  @Nullable()
  @Id()
  tradeInId: string | null;
  /** Why. */
  @Text(1, 500)
  reason: string;
  /** Who barred them. */
  @Text(1, 200)
  barredBy: string;
  /** When. */
  @Moment()
  barredAt: string;
  /** Who lifted it; null while it stands. */
  @Nullable()
  @Text(1, 200)
  liftedBy: string | null;
  /** When it was lifted. */
  @Moment({ nullable: true })
  liftedAt: string | null;
}

export class BarredSellerPageView {
  /** The entries, the latest first. */
  @ListOf(() => BarredSellerView, 0, 200)
  items: BarredSellerView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
