import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { possibleActs } from '../../platform/lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { CounterOfferView } from '../inspections/inspection.view.js';
import type { TradeInQueue, TradeInsQuery } from './trade-in.dto.js';
import { TRADE_IN_ACTS, type TradeInState } from './trade-in.lifecycle.js';
import type { TradeInView } from './trade-in.view.js';

const LATEST = { tag: 'trade-ins', shape: ['uuid'] } as const;
const QUEUED = { tag: 'trade-in-queue', shape: ['uuid'] } as const;

type Moments = 'listedAt' | 'acceptedAt' | 'deadlineAt' | 'waitsUntil' | 'receivedAt' | 'settledAt';
type Amounts = 'quotedMinor' | 'agreedMinor' | 'agreedExtraMinor';

interface TradeRow extends Omit<TradeInView, Moments | Amounts | 'imei' | 'receivedImei' | 'possibleActs'> {
  status: TradeInState;
  imei14: string;
  receivedImei14: string | null;
  quotedMinor: string;
  agreedMinor: string | null;
  agreedExtraMinor: string | null;
  acceptedAt: Date;
  deadlineAt: Date | null;
  waitsUntil: Date | null;
  receivedAt: Date | null;
  settledAt: Date | null;
  listedAt: Date | null;
  counterOffer: CounterOfferView | null;
}

const CHECKS = `
  select json_agg(json_build_object('phase', c.phase, 'name', c.name, 'outcome', c.outcome, 'source', c.source,
    'checkedAt', ${instant('c.checked_at')}, 'reference', c.reference) order by c.id)
  from trade_in_check c where c.trade_in_id = t.id`;

const INSPECTIONS = `
  select json_agg(json_build_object('id', i.id, 'inspectedBy', i.inspected_by, 'inspectedAt', ${instant('i.inspected_at')},
    'verdict', i.verdict, 'variantId', i.variant_id, 'answers', i.answers, 'differs', i.differs,
    'marketMinor', i.market_minor, 'extraMinor', i.extra_minor, 'trace', i.valuation) order by i.id)
  from trade_in_inspection i where i.trade_in_id = t.id`;

const COUNTER_OFFER = `
  select json_build_object('id', o.id, 'status', o.status, 'marketMinor', o.market_minor, 'extraMinor', o.extra_minor,
    'reasons', o.reasons, 'comment', o.comment, 'photographIds', o.photograph_ids,
    'offeredAt', ${instant('o.offered_at')}, 'expiresAt', ${instant('o.expires_at')}, 'silence', o.silence,
    'answeredAt', ${instant('o.answered_at')})
  from counter_offer o where o.trade_in_id = t.id order by o.id desc limit 1`;

const CREDITS = `
  select json_agg(json_build_object('id', c.id, 'component', c.component, 'instrument', c.instrument, 'status', c.status,
    'amountMinor', c.amount_minor, 'taxTreatment', c.tax_treatment, 'reference', c.reference, 'failure', c.failure, 'instalments', (
      select coalesce(json_agg(json_build_object('no', i.no, 'dueOn', i.due_on, 'amountMinor', i.amount_minor,
        'status', i.status) order by i.no), '[]')
      from credit_instalment i where i.credit_id = c.id)) order by c.id)
  from trade_in_credit c where c.trade_in_id = t.id`;

const SELECT = `
  select t.id, t.number, t.quote_id as "quoteId", t.status, t.channel, t.location_id as "locationId", t.imei14,
         t.received_imei14 as "receivedImei14", t.variant_id as "variantId", t.account_id as "accountId",
         t.plan_code as "planCode", t.currency, t.quoted_minor as "quotedMinor", t.agreed_minor as "agreedMinor",
         t.agreed_extra_minor as "agreedExtraMinor", t.review, t.reviewed_by is not null as reviewed,
         t.accepted_at as "acceptedAt", t.deadline_at as "deadlineAt", t.waits_until as "waitsUntil",
         t.suspended_for as "suspendedFor", t.close_reason as "closeReason", t.tracking_in as "trackingIn",
         t.tracking_out as "trackingOut", t.sealed_bag as "sealedBag", t.unit_id as "unitId",
         t.received_at as "receivedAt", t.settled_at as "settledAt", t.listed_at as "listedAt", t.version,
         coalesce((${CHECKS}), '[]') as checks, coalesce((${INSPECTIONS}), '[]') as inspections,
         (${COUNTER_OFFER}) as "counterOffer", coalesce((${CREDITS}), '[]') as credits
  from trade_in t`;

const QUEUES: Readonly<Record<TradeInQueue, string>> = {
  TO_RECEIVE: `t.status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT')`,
  OVERDUE: `t.status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT') and t.deadline_at < now() + interval '2 days'`,
  TO_INSPECT: `t.status in ('RECEIVED', 'INSPECTING')`,
  TO_ANSWER: `t.status = 'COUNTER_OFFERED'`,
  SUSPENDED: `t.status = 'SUSPENDED'`,
  TO_REVIEW: `t.status = 'VALIDATED' and cardinality(t.review) > 0 and t.reviewed_by is null`,
  TO_SETTLE: `t.status = 'VALIDATED'`,
  PAYOUT_FAILED: `t.status = 'PAYOUT_FAILED'`,
  LISTED_AFTER: `t.status = 'SETTLED' and t.listed_at is not null`,
  TO_SEND_BACK: `t.status = 'RETURN_PENDING'`,
};

/** Reads of trade-ins. */
@Injectable()
export class TradeInsReads {
  constructor(private readonly db: DataSource) {}

  /** The latest first; of a queue, the one that has waited longest. */
  async list(caller: Caller, query: TradeInsQuery): Promise<Page<TradeInView>> {
    const paging = query.queue ? QUEUED : LATEST;
    const [place] = placeAfter(paging, query) ?? [];
    const where = ownOnly(caller)
      .only(query.status, (at) => `t.status = ${at}`)
      .only(query.locationId, (at) => `t.location_id = ${at}`)
      .only(place, (at) => `t.id ${query.queue ? '>' : '<'} ${at}::uuid`);
    if (query.queue) where.always(QUEUES[query.queue]);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by t.id ${query.queue ? 'asc' : 'desc'} limit ${limit}`;
    const rows: TradeRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: paging.tag, keys: ({ id }) => [id], view: shownTo(caller) });
  }

  /** The trade-ins ever made of a handset, the latest first. */
  async ofHandset(caller: Caller, imei14: string): Promise<TradeInView[]> {
    const where = ownOnly(caller);
    const at = where.add(imei14);
    where.always(`(t.imei14 = ${at} or t.received_imei14 = ${at})`);
    const sql = `${SELECT} where ${where.toString()} order by t.id desc limit 100`;
    const rows: TradeRow[] = await this.db.query(sql, where.parameters);
    return rows.map(shownTo(caller));
  }

  /** @throws NotFound */
  trade(caller: Caller, id: string): Promise<TradeInView> {
    return readTrade(this.db, id, caller);
  }
}

const ownOnly = (caller: Caller): Conditions =>
  new Conditions()
    .only(caller.storeId, (at) => `t.location_id = ${at}`)
    .only(caller.role === 'CUSTOMER' ? caller.subject : undefined, (at) => `t.subject = ${at}`);

/** @throws NotFound */
export async function readTrade(db: Pick<EntityManager, 'query'>, id: string, caller: Caller): Promise<TradeInView> {
  const where = ownOnly(caller);
  where.always(`t.id = ${where.add(id)}`);
  const sql = `${SELECT} where ${where.toString()}`;
  const [row]: TradeRow[] = await db.query(sql, where.parameters);
  if (!row) throw new NotFound('No such trade-in, or not yours.');
  return shownTo(caller)(row);
}

/** A customer is told how it goes, not what the registries say of others nor who looked into it. */
const shownTo =
  ({ role }: Caller) =>
  (row: TradeRow): TradeInView =>
    role === 'CUSTOMER' ? asOwnersSee(tradeView(row)) : tradeView(row);

function asOwnersSee(trade: TradeInView): TradeInView {
  const inspections = trade.inspections.map((one) => ({ ...one, inspectedBy: null }));
  const withheld = { checks: [], review: [], listedAt: null, suspendedFor: null };
  return { ...trade, ...withheld, inspections, closeReason: trade.status === 'REJECTED' ? null : trade.closeReason };
}

function tradeView({ imei14, receivedImei14, ...row }: TradeRow): TradeInView {
  const amount = (text: string | null) => (text === null ? null : Number(text));
  return {
    ...row,
    possibleActs: possibleActs(TRADE_IN_ACTS, row.status),
    imei: imeiOf15(imei14),
    receivedImei: receivedImei14 === null ? null : imeiOf15(receivedImei14),
    quotedMinor: Number(row.quotedMinor),
    agreedMinor: amount(row.agreedMinor),
    agreedExtraMinor: amount(row.agreedExtraMinor),
    acceptedAt: moment(row.acceptedAt),
    deadlineAt: momentOrNull(row.deadlineAt),
    waitsUntil: momentOrNull(row.waitsUntil),
    receivedAt: momentOrNull(row.receivedAt),
    settledAt: momentOrNull(row.settledAt),
    listedAt: momentOrNull(row.listedAt),
  };
}
