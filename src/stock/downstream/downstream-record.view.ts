import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  ListOf,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { type Scheme, SCHEMES, type Stream, STREAMS } from './downstream.words.js';

/** Where a handset went that was not sold to a customer; it is never changed. */
export class DownstreamRecordView {
  /** Id of the record. */
  @Id()
  id: string;
  /** The unit. */
  @Id()
  unitId: string;
  /** The period of ours that ended with it. */
  @Id()
  holdingId: string;
  /** The location it left. */
  @Id()
  locationId: string;
  /** What becomes of it. */
  @OneOf(STREAMS, 'DownstreamStream')
  stream: Stream;
  /** Who took it. */
  @Text(1, 200)
  vendor: string;
  /** By which scheme they are certified. */
  @OneOf(SCHEMES, 'DownstreamScheme')
  scheme: Scheme;
  /** Number of their certificate; null without a scheme. */
  @Nullable()
  @Text(1, 100)
  certificate: string | null;
  /** The day it left. */
  @DateOnly()
  leftOn: string;
  /** The manifest, invoice or waste transfer note. */
  @Text(1, 200)
  documentReference: string;
  /** Whether its data were gone. */
  @Flag()
  erased: boolean;
  /** Number of the sealed bag it left in. */
  @Nullable()
  @Text(1, 100)
  sealedBag: string | null;
  /** What it had cost us; null when that was never known. */
  @Nullable()
  @WholeNumber(0, 9_007_199_254_740_991)
  costMinor: number | null;
  /** What it brought; null when nothing was agreed. */
  @Nullable()
  @Cents()
  proceedsMinor: number | null;
  /** The currency of the amounts. */
  @CurrencyCode()
  currency: string;
  /** Who wrote it down, as their token names them. */
  @Text(1, 200)
  recordedBy: string;
  /** When. */
  @Moment()
  recordedAt: string;
}

export class DownstreamRecordPageView {
  /** Records, the latest first. */
  @ListOf(() => DownstreamRecordView, 0, 200)
  items: DownstreamRecordView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
