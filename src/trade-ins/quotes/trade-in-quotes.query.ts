import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import type { Caller } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment } from '../../values/views.js';
import type { TradeInChannel } from '../rules/terms.words.js';
import type { QuoteSnapshot } from './quote-snapshot.js';
import type { TradeInQuotesQuery } from './trade-in-quote.dto.js';
import type { QuoteState } from './trade-in-quote.lifecycle.js';
import type { TradeInQuoteView } from './trade-in-quote.view.js';

const LATEST = { tag: 'trade-in-quotes', shape: ['uuid'] } as const;

/** A quote as it stands: one whose time is over is EXPIRED, whether or not anything has swept it. */
export interface QuoteRow {
  id: string;
  number: string;
  status: QuoteState;
  channel: TradeInChannel;
  locationId: string;
  currency: string;
  imei14: string;
  accountId: string | null;
  subject: string | null;
  quotedBy: string;
  marketMinor: string | null;
  promotionMinor: string;
  lineKey: string | null;
  snapshot: QuoteSnapshot;
  hash: string;
  offeredAt: Date;
  expiresAt: Date;
  version: number;
}

const SELECT = `
  select id, number, case when status = 'OFFERED' and expires_at <= now() then 'EXPIRED' else status end as status, channel,
         location_id as "locationId", currency, imei14, account_id as "accountId", subject, quoted_by as "quotedBy",
         market_minor as "marketMinor", promotion_minor as "promotionMinor", line_key as "lineKey", snapshot,
         encode(snapshot_hash, 'hex') as hash, offered_at as "offeredAt", expires_at as "expiresAt", version
  from trade_in_quote`;

/** Reads of quotes. */
@Injectable()
export class TradeInQuotesReads {
  constructor(private readonly db: DataSource) {}

  async quotes(caller: Caller, query: TradeInQuotesQuery): Promise<Page<TradeInQuoteView>> {
    const [before] = placeAfter(LATEST, query) ?? [];
    const where = new Conditions()
      .only(caller.storeId, (place) => `location_id = ${place}`)
      .only(caller.role === 'CUSTOMER' ? caller.subject : undefined, (place) => `subject = ${place}`)
      .only(query.locationId, (place) => `location_id = ${place}`)
      .only(query.status, (place) => `status = ${place}`)
      .only(before, (place) => `id < ${place}::uuid`);
    if (query.status === 'OFFERED') where.always('expires_at > now()');
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: QuoteRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: LATEST.tag, keys: ({ id }) => [id], view: shownTo(caller) });
  }

  /** @throws NotFound */
  async quote(caller: Caller, id: string): Promise<TradeInQuoteView> {
    return shownTo(caller)(await readQuote(this.db, id, caller));
  }
}

/** A quote that is the caller's to see: a till's those of its store, a customer's their own. @throws NotFound */
export async function readQuote(db: Pick<EntityManager, 'query'>, id: string, caller?: Caller): Promise<QuoteRow> {
  const [row]: QuoteRow[] = await db.query(`${SELECT} where id = $1`, [id]);
  const own =
    (caller?.storeId === undefined || row?.locationId === caller.storeId) &&
    (caller?.role !== 'CUSTOMER' || row?.subject === caller.subject);
  if (!row || !own) throw new NotFound('No such quote, or not yours.');
  return row;
}

/** A customer is told what is bought and why not, not what the registries or our own books say of an IMEI. */
export const shownTo =
  ({ role }: Caller) =>
  (row: QuoteRow): TradeInQuoteView =>
    role === 'CUSTOMER' ? { ...quoteView(row), checks: [] } : quoteView(row);

function quoteView(row: QuoteRow): TradeInQuoteView {
  const { snapshot } = row;
  return {
    ...{ id: row.id, number: row.number, status: row.status, outcome: snapshot.outcome, reasons: snapshot.reasons },
    ...{ channel: row.channel, locationId: row.locationId, hardware: snapshot.hardware, answers: snapshot.answers },
    ...{ stop: snapshot.stop, buckets: snapshot.buckets, problems: snapshot.problems, currency: row.currency },
    marketMinor: row.marketMinor === null ? null : Number(row.marketMinor),
    promotionMinor: Number(row.promotionMinor),
    ...{ trace: snapshot.trace, priceVersion: snapshot.price?.versionCode ?? null, plans: snapshot.plans },
    ...{ checks: snapshot.checks, questionSet: snapshot.questionSet, terms: snapshot.terms },
    ...{ jurisdiction: snapshot.jurisdiction, eco: snapshot.eco, hash: row.hash },
    ...{ offeredAt: moment(row.offeredAt), expiresAt: moment(row.expiresAt), version: row.version },
  };
}
