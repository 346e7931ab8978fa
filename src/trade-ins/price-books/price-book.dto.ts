import { PageQuery } from '../../platform/http/page.dto.js';
import {
  Cents,
  Code,
  CurrencyCode,
  Id,
  Instant,
  ListOf,
  Maybe,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { RULE_CODE } from '../rules/trade-in-rule.dto.js';
import { COUNTRY } from '../rules/terms.dto.js';
import { RULE_WORD, RULE_WORD_LONGEST } from '../rules/words.dto.js';
import {
  BOOK_CHANNELS,
  type BookChannel,
  PRICE_VERSION_STATES,
  type PriceVersionState,
} from './price-book.lifecycle.js';

export class CreatePriceBookDto {
  /** What it goes by. */
  @Code(RULE_CODE, 60, 'US-TRADE-IN')
  code: string;
  /** ISO 3166 code of the country it is for. */
  @Code(COUNTRY, 2, 'US')
  country: string;
  /** For handsets that come in how; a book for one way comes before one for any. */
  @OneOf(BOOK_CHANNELS, 'PriceBookChannel')
  channel: BookChannel;
  /** ISO 4217 code of its prices. */
  @CurrencyCode()
  currency: string;
}

export class PriceBookParams {
  /** The price book. */
  @Id()
  id: string;
}

/** What is taken off a price for a fault. */
export class PriceDeductionDto {
  /** The fault, as question sets name it. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN_CRACKED')
  problem: string;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
}

export class PriceVersionDto {
  /** What it goes by: files of its prices name it. */
  @Code(RULE_CODE, 60, 'US-2014-02')
  code: string;
  /** When it takes force: once it has been approved at the earliest. Left out, then. */
  @Maybe()
  @Instant()
  effectiveFrom?: string;
  /** When it ends; left out, when another version follows it. */
  @Maybe()
  @Instant()
  effectiveTo?: string;
  /** No deductions take a price below this, in minor units. */
  @Cents(1)
  floorMinor: number;
  /** What is taken off for faults; none where every combination has a price of its own. */
  @ListOf(() => PriceDeductionDto, 0, 60)
  deductions: PriceDeductionDto[];
  /** After so many days in force it is told to be stale. */
  @WholeNumber(1, 3650)
  staleAfterDays: number;
  /** After so many days in force it makes no more quotes; left out, never. */
  @Maybe()
  @WholeNumber(1, 3650)
  freezeAfterDays?: number;
  /** It makes no more quotes when what we sell one of its models for, refurbished, drops by so many per cent. */
  @Maybe()
  @WholeNumber(1, 99)
  freezeDropPercent?: number;
  /** Where the prices come from. */
  @Maybe()
  @Text(1, 500)
  source?: string;
}

export class PriceVersionParams {
  /** The version. */
  @Id()
  id: string;
}

export class PriceVersionsQuery extends PageQuery {
  /** Only versions of this book. */
  @Maybe()
  @Id()
  bookId?: string;
  /** Only versions that stand like this. */
  @Maybe()
  @OneOf(PRICE_VERSION_STATES, 'PriceVersionState')
  status?: PriceVersionState;
}

export class PriceDiffQuery extends PageQuery {
  /** The version it is held against. */
  @Id()
  against: string;
}

export class FreezePriceVersionDto {
  /** Why. */
  @Text(3, 500)
  reason: string;
}
