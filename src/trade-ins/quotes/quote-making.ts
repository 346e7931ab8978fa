import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { oneOf } from '../../platform/one-of.js';
import { NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { newShortNumber } from '../../values/short-number.js';
import { priceNow } from '../price-books/price-lookup.query.js';
import { needHardware, OfferedHandsets } from '../questions/offered-handsets.js';
import { walk } from '../questions/questionnaire.js';
import type { TradeInChannel } from '../rules/terms.words.js';
import { QuoteLooking } from './quote-looking.js';
import { OPEN_STATES } from '../trades/trade-in.lifecycle.js';
import { composeQuote } from './quote-composing.js';
import { QuotePlaces } from './quote-place.js';
import type { QuoteSnapshot } from './quote-snapshot.js';
import type { QuoteTradeInDto } from './trade-in-quote.dto.js';

/** A quote before it is stored. */
export interface MadeQuote {
  id: string;
  number: string;
  channel: TradeInChannel;
  locationId: string;
  currency: string;
  imei14: string;
  accountId: string | null;
  subject: string | null;
  marketMinor: number | null;
  promotionMinor: number;
  lineKey: string | null;
  quoteDays: number;
  snapshot: QuoteSnapshot;
}

const OPEN = `select exists (select from trade_in where imei14 = any ($1) and ${oneOf('status', OPEN_STATES)}) as open`;

/** Gathers what a quote is made of, outside any transaction, and makes it. */
@Injectable()
export class QuoteMaking {
  constructor(
    private readonly db: DataSource,
    private readonly handsets: OfferedHandsets,
    private readonly places: QuotePlaces,
    private readonly looking: QuoteLooking,
  ) {}

  /** @throws InvalidInput, NotFound */
  async make({ caller }: Call, form: QuoteTradeInDto): Promise<MadeQuote> {
    const [handset, { place, terms, jurisdiction }] = await Promise.all([
      this.handsets.find(form.identifier, form.variantId),
      this.places.placeFor(caller, form.channel, form.locationId),
    ]);
    await this.needAccount(form.accountId, caller.role === 'CUSTOMER' ? caller.subject : undefined);
    const hardware = needHardware(handset);
    const questionSet = await this.looking.questionsFor(hardware.modelId, form);
    const { buckets, problems } = walk(questionSet.content, form.answers);
    const asked = { modelId: hardware.modelId, storageGb: hardware.storageGb, buckets, problems };
    const [looked, findings, [open]] = await Promise.all([
      priceNow(this.db, place.country, form.channel, asked),
      this.looking.findings(handset),
      this.db.query(OPEN, [[handset.imei14, ...handset.record.otherImei14s]]) as Promise<{ open: boolean }[]>,
    ]);
    const { currency } = terms.content;
    const price = looked?.currency === currency ? looked : null;
    const { channel, answers } = form;
    const snapshot = composeQuote({
      ...{ channel, hardware, answers, questionSet, terms, jurisdiction, price, findings },
      open: open!.open,
    });
    const bought = snapshot.outcome === 'BOUGHT';
    return {
      ...{ id: newId(), number: newShortNumber(), channel, locationId: place.locationId, imei14: handset.imei14 },
      ...{ currency, accountId: form.accountId ?? null },
      subject: caller.role === 'CUSTOMER' ? caller.subject : null,
      marketMinor: bought ? snapshot.plans[0]!.marketMinor : null,
      promotionMinor: 0,
      lineKey: bought ? (price?.lineKey ?? null) : null,
      quoteDays: terms.content.quoteDays,
      snapshot,
    };
  }

  /** A customer may name an account of their own only. @throws NotFound */
  private async needAccount(accountId: string | undefined, subject: string | undefined): Promise<void> {
    if (accountId === undefined) return;
    const found: unknown[] = await this.db.query(
      'select 1 from billing_account where id = $1 and ($2::text is null or customer_subject = $2)',
      [accountId, subject ?? null],
    );
    if (!found.length) throw new NotFound('No such account, or not yours.');
  }
}
