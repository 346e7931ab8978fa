import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  Code,
  CurrencyCode,
  Flag,
  Id,
  ListOf,
  ListOfTexts,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { COUNTRY } from '../rules/terms.dto.js';
import { RULE_CODE } from '../rules/trade-in-rule.dto.js';
import { PriceDeductionDto } from './price-book.dto.js';
import {
  BOOK_CHANNELS,
  type BookChannel,
  PRICE_VERSION_STATES,
  type PriceVersionState,
} from './price-book.lifecycle.js';

export class PriceBookView {
  /** Its id. */
  @Id()
  id: string;
  /** What it goes by. */
  @Code(RULE_CODE, 60, 'US-TRADE-IN')
  code: string;
  /** ISO 3166 code of its country. */
  @Code(COUNTRY, 2, 'US')
  country: string;
  /** For handsets that come in how. */
  @OneOf(BOOK_CHANNELS, 'PriceBookChannel')
  channel: BookChannel;
  /** ISO 4217 code of its prices. */
  @CurrencyCode()
  currency: string;
}

export class PriceBookPageView {
  /** The books, by code. */
  @ListOf(() => PriceBookView, 0, 200)
  items: PriceBookView[];
}

/** One version of a price book. */
export class PriceVersionView {
  /** Its id. */
  @Id()
  id: string;
  /** The book. */
  @Id()
  bookId: string;
  /** What it goes by. */
  @Code(RULE_CODE, 60, 'US-2014-02')
  code: string;
  /** How it stands. */
  @OneOf(PRICE_VERSION_STATES, 'PriceVersionState')
  status: PriceVersionState;
  /** Everybody who wrote in it: none of them may approve it. */
  @ListOfTexts(1, 50, 200)
  authors: string[];
  /** When it takes force. */
  @Moment()
  effectiveFrom: string;
  /** When it ends; null while none follows it. */
  @Moment({ nullable: true })
  effectiveTo: string | null;
  /** No deductions take a price below this. */
  @Cents(1)
  floorMinor: number;
  /** What is taken off for faults. */
  @ListOf(() => PriceDeductionDto, 0, 60)
  deductions: PriceDeductionDto[];
  /** After so many days in force it is told to be stale. */
  @WholeNumber(1, 3650)
  staleAfterDays: number;
  /** Whether it is. */
  @Flag()
  stale: boolean;
  /** After so many days in force it makes no more quotes. */
  @Nullable()
  @WholeNumber(1, 3650)
  freezeAfterDays: number | null;
  /** At such a drop of what we sell for it makes no more quotes. */
  @Nullable()
  @WholeNumber(1, 99)
  freezeDropPercent: number | null;
  /** Where the prices come from. */
  @Nullable()
  @Text(1, 500)
  source: string | null;
  /** How many prices it has; null for a draft. */
  @Nullable()
  @WholeNumber(0, 100_000_000)
  lines: number | null;
  /** SHA-256 over all its prices, in hexadecimal; null for a draft. */
  @Nullable()
  @Text(64, 64)
  checksum: string | null;
  /** Who put it into force. */
  @Nullable()
  @Text(1, 200)
  approvedBy: string | null;
  /** When they did. */
  @Moment({ nullable: true })
  approvedAt: string | null;
  /** Since when it makes no quotes; null while it does. */
  @Moment({ nullable: true })
  frozenAt: string | null;
  /** Why. */
  @Nullable()
  @Text(1, 500)
  frozenReason: string | null;
  /** Its version as a resource. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class PriceVersionPageView {
  /** The versions, the latest first. */
  @ListOf(() => PriceVersionView, 0, 200)
  items: PriceVersionView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** What we pay for one kind of handset. */
export class PriceLineView {
  /** The model. */
  @Id()
  modelId: string;
  /** Storage in gigabytes. */
  @WholeNumber(0, 65536)
  storageGb: number;
  /** Bucket of its lock. */
  @Text(1, 40)
  carrierLock: string;
  /** Bucket of how it looks. */
  @Text(1, 40)
  grade: string;
  /** Bucket of how it works. */
  @Text(1, 40)
  functional: string;
  /** The price, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** How many are wanted; null for any number. */
  @Nullable()
  @WholeNumber(0, 1_000_000)
  wanted: number | null;
}

export class PriceLinePageView {
  /** The prices. */
  @ListOf(() => PriceLineView, 0, 200)
  items: PriceLineView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** One kind of handset that two versions pay differently for. */
export class PriceDifferenceView {
  /** The model. */
  @Id()
  modelId: string;
  /** Storage in gigabytes. */
  @WholeNumber(0, 65536)
  storageGb: number;
  /** Bucket of its lock. */
  @Text(1, 40)
  carrierLock: string;
  /** Bucket of how it looks. */
  @Text(1, 40)
  grade: string;
  /** Bucket of how it works. */
  @Text(1, 40)
  functional: string;
  /** The price in this version; null where it does not buy it. */
  @Nullable()
  @Cents(1)
  amountMinor: number | null;
  /** The price in the version it is held against; null where that does not buy it. */
  @Nullable()
  @Cents(1)
  againstMinor: number | null;
}

export class PriceDiffPageView {
  /** What differs. */
  @ListOf(() => PriceDifferenceView, 0, 200)
  items: PriceDifferenceView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
