import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { perform } from '../../platform/lifecycle.js';
import { readQuote, shownTo } from './trade-in-quotes.query.js';
import { QuoteMaking, type MadeQuote } from './quote-making.js';
import { TradeInQuote } from './trade-in-quote.entity.js';
import type { QuoteTradeInDto } from './trade-in-quote.dto.js';
import { QUOTE_ACTS, type QuoteState } from './trade-in-quote.lifecycle.js';
import type { TradeInQuoteView } from './trade-in-quote.view.js';

/** The acts on quotes. */
@Injectable()
export class TradeInQuotes {
  constructor(
    private readonly acts: Acts,
    private readonly making: QuoteMaking,
  ) {}

  /** Makes a quote of what is known and in force now. @throws InvalidInput, NotFound */
  async quote(call: Call, form: QuoteTradeInDto): Promise<TradeInQuoteView> {
    const made = await this.making.make(call, form);
    return this.acts.once(call, async (tx) => {
      await store(tx, call, made);
      return shownTo(call.caller)(await readQuote(tx, made.id));
    });
  }

  /** The owner does not want it. @throws NotFound, Stale, WrongState */
  async decline(call: Call, id: string, reason: string): Promise<TradeInQuoteView> {
    return this.acts.once(call, async (tx) => {
      const quote = await readQuote(tx, id, call.caller);
      await moveQuote(tx, call, quote, 'decline', reason);
      return shownTo(call.caller)(await readQuote(tx, id));
    });
  }

  /** A mistake or a fraud: nobody can accept it any more. @throws NotFound, Stale, WrongState */
  async void(call: Call, id: string, reason: string): Promise<TradeInQuoteView> {
    return this.acts.once(call, async (tx) => {
      const quote = await readQuote(tx, id, call.caller);
      await moveQuote(tx, call, quote, 'void', reason);
      return shownTo(call.caller)(await readQuote(tx, id));
    });
  }
}

/** Moves a quote along its life. @throws NotFound, Stale, WrongState */
export async function moveQuote(
  tx: EntityManager,
  call: Call,
  { id, status, locationId }: { id: string; status: QuoteState; locationId: string },
  act: keyof typeof QUOTE_ACTS,
  reason?: string,
): Promise<void> {
  const ifMatch = call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch };
  const { to } = QUOTE_ACTS[act];
  await perform(tx, TradeInQuote, { acts: QUOTE_ACTS, act, id, ...ifMatch });
  await recordAct(tx, call, {
    ...{ subjectKind: 'trade-in-quote', subjectId: id, act, from: status, to, locationId },
    ...(reason === undefined ? {} : { reason }),
  });
}

async function store(tx: EntityManager, call: Call, made: MadeQuote): Promise<void> {
  await tx.query(INSERT, [
    ...[made.id, made.number, made.snapshot.outcome === 'REFUSED' ? 'VOIDED' : 'OFFERED', made.snapshot.outcome],
    ...[made.channel, made.locationId, made.currency, made.imei14, made.snapshot.hardware.variantId],
    ...[made.accountId, made.subject, call.actor, made.marketMinor, made.promotionMinor],
    ...[made.snapshot.price?.versionId ?? null, made.lineKey, JSON.stringify(made.snapshot), made.quoteDays],
  ]);
  const { outcome, reasons } = made.snapshot;
  await recordAct(tx, call, {
    ...{ subjectKind: 'trade-in-quote', subjectId: made.id, act: 'quote', to: 'OFFERED', locationId: made.locationId },
    details: { outcome, reasons, marketMinor: made.marketMinor },
  });
  await publish(tx, call, {
    ...{
      type: 'trade-in-quote.made',
      aggregateKind: 'trade-in-quote',
      aggregateId: made.id,
      locationId: made.locationId,
    },
    payload: { outcome, reasons, marketMinor: made.marketMinor, currency: made.currency },
  });
}

const INSERT = `
  insert into trade_in_quote (id, number, status, outcome, channel, location_id, currency, imei14, variant_id, account_id,
    subject, quoted_by, market_minor, promotion_minor, price_version_id, line_key, snapshot, snapshot_hash, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::jsonb,
    sha256(convert_to($17::jsonb::text, 'UTF8')), now() + make_interval(days => $18))`;
