import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, DateOnly, Flag, Id, IdentifierText, Maybe, OneOf, QueryFlag, Text } from '../../values/fields.js';
import { LISTING_REASONS, type ListingReason } from '../registry-answer.js';
import { type BlockList, BLOCK_LISTS, LISTING_SOURCE } from './listing.js';

export class BlockEntryParams {
  /** Id of the entry. */
  @Id()
  id: string;
}

export class ListBlockEntriesQuery extends PageQuery {
  /** Only entries of this list. */
  @Maybe()
  @OneOf(BLOCK_LISTS, 'BlockList')
  list?: BlockList;
  /** Only entries that stand, or only those that were lifted. */
  @Maybe()
  @QueryFlag()
  live?: boolean;
}

export class FindBlockEntriesDto {
  /** The IMEI with its check digit, or with its software version. */
  @IdentifierText()
  identifier: string;
}

export class AddBlockEntryDto {
  /** The IMEI with its check digit, or with its software version. */
  @IdentifierText()
  identifier: string;
  /** Why; a claim goes to the general list, anything else to the block list. */
  @OneOf(LISTING_REASONS, 'ListingReason')
  reason: ListingReason;
  /** Who reported it; `OWN` unless told otherwise. */
  @Maybe()
  @Code(LISTING_SOURCE, 40, 'POLICE')
  source?: string;
  /** When it was reported; today (UTC) when left out. */
  @Maybe()
  @DateOnly()
  reportedOn?: string;
  /** Whether the report is still to be confirmed: then the device is to be looked into, not yet to be stopped. */
  @Maybe()
  @Flag()
  pending?: boolean = false;
  /** Anything else, for the history. */
  @Maybe()
  @Text(1, 500)
  note?: string;
}

export class LiftBlockEntryDto {
  /** Why it no longer stands. */
  @Text(1, 500)
  reason: string;
}
