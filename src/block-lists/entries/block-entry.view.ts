import { NextCursor } from '../../platform/http/page.js';
import { DateOnly, Flag, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { LISTING_REASONS, type ListingReason } from '../registry-answer.js';
import { type BlockList, BLOCK_LISTS } from './listing.js';

/** A device on a list kept here. */
export class BlockEntryView {
  /** Id of the entry. */
  @Id()
  id: string;
  /** Its IMEI with the check digit, as it is printed. */
  @Text(15, 15)
  imei: string;
  /** The list: one stops a device, the other says that somebody has a claim on it. */
  @OneOf(BLOCK_LISTS, 'BlockList')
  list: BlockList;
  /** Why it is listed. */
  @OneOf(LISTING_REASONS, 'ListingReason')
  reason: ListingReason;
  /** Who reported it. */
  @Text(1, 40)
  source: string;
  /** When it was reported. */
  @DateOnly()
  reportedOn: string;
  /** Whether the report is still to be confirmed. */
  @Flag()
  pending: boolean;
  /** When it was put on the list. */
  @Moment()
  placedAt: string;
  /** Who put it there. */
  @Text(1, 200)
  placedBy: string;
  /** When it was lifted; null while it stands. */
  @Moment({ nullable: true })
  liftedAt: string | null;
  /** Who lifted it; null while it stands. */
  @Nullable()
  @Text(1, 200)
  liftedBy: string | null;
  /** Why it was lifted; null while it stands. */
  @Nullable()
  @Text(1, 500)
  liftedReason: string | null;
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class BlockEntryPageView {
  /** Entries, the latest first. */
  @ListOf(() => BlockEntryView, 0, 200)
  items: BlockEntryView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

export class BlockEntriesOfDeviceView {
  /** Entries of the device, the latest first, at most 200. */
  @ListOf(() => BlockEntryView, 0, 200)
  entries: BlockEntryView[];
}
