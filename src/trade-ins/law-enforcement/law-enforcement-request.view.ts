import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nullable, OneOf, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { LAW_REQUEST_STATES, type LawRequestState } from './law-enforcement-request.entity.js';

/** What an authority asked and was told. The handset it named is found by it, and not shown. */
export class LawRequestView {
  /** Its id. */
  @Id()
  id: string;
  /** The authority that asked. */
  @Text(1, 200)
  authority: string;
  /** Its reference. */
  @Text(1, 100)
  reference: string;
  /** The officer. */
  @Text(1, 200)
  officer: string;
  /** What was asked. */
  @Text(1, 4000)
  asked: string;
  /** When it came. */
  @Moment()
  receivedAt: string;
  /** The last trade-in of the handset; null when there was none. */
  @Nullable()
  @Id()
  tradeInId: string | null;
  /** Whether it has been answered. */
  @OneOf(LAW_REQUEST_STATES, 'LawRequestState')
  status: LawRequestState;
  /** Who wrote it down. */
  @Text(1, 200)
  loggedBy: string;
  /** When it was written down. */
  @Moment()
  loggedAt: string;
  /** What the authority was told. */
  @Nullable()
  @Text(1, 4000)
  answer: string | null;
  /** Who answered. */
  @Nullable()
  @Text(1, 200)
  answeredBy: string | null;
  /** When. */
  @Moment({ nullable: true })
  answeredAt: string | null;
  /** Since when the handset is kept for them; null when that was not asked. */
  @Moment({ nullable: true })
  holdPlacedAt: string | null;
  /** When it was let go. */
  @Moment({ nullable: true })
  holdLiftedAt: string | null;
}

export class LawRequestPageView {
  /** The requests, the latest first. */
  @ListOf(() => LawRequestView, 0, 200)
  items: LawRequestView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
