import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { Component, LedgerAccount, MoneyEvent } from './money.words.js';

/** One posting: a debit and a credit of the same amount, in minor units. */
export interface Posting {
  event: MoneyEvent;
  debit: LedgerAccount;
  credit: LedgerAccount;
  amountMinor: number;
  component: Component;
  creditId?: string;
}

export type TradeOfMoney = Pick<TradeIn, 'id' | 'currency' | 'locationId'>;

/** Writes postings into the sub-ledger; nothing is posted for nothing. */
export async function post(
  tx: EntityManager,
  by: Doer,
  trade: TradeOfMoney,
  postings: readonly Posting[],
): Promise<void> {
  const real = postings.filter(({ amountMinor }) => amountMinor > 0);
  if (!real.length) return;
  await tx.query(
    `insert into money_entry (id, trade_in_id, event, debit_account, credit_account, amount_minor, currency, component,
       credit_id, location_id, actor, correlation_id)
     select p.id, $2, p.event, p.debit, p.credit, p.amount, $3, p.component, p.credit_id, $4, $5, $6
     from unnest($1::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::text[], $12::uuid[])
       as p (id, event, debit, credit, amount, component, credit_id)`,
    [
      ...[real.map(newId), trade.id, trade.currency, trade.locationId, by.actor, by.correlationId],
      ...[real.map(({ event }) => event), real.map(({ debit }) => debit), real.map(({ credit }) => credit)],
      ...[real.map(({ amountMinor }) => amountMinor), real.map(({ component }) => component)],
      real.map(({ creditId }) => creditId ?? null),
    ],
  );
}

/**
 * Takes back what was posted for a trade-in, each entry by its mirror: of one component, or all. What was taken back
 * before stays so; the database lets no entry be taken back twice, nor in part. @returns how much, in minor units
 */
export async function reverse(
  tx: EntityManager,
  by: Doer,
  trade: TradeOfMoney,
  component: Component | null,
): Promise<number> {
  const live: { id: string }[] = await tx.query(
    `select e.id from money_entry e
     where e.trade_in_id = $1 and e.reverses_id is null and e.event <> 'WRITTEN_OFF' and ($2::text is null or e.component = $2)
       and not exists (select from money_entry r where r.reverses_id = e.id)
     order by e.id`,
    [trade.id, component],
  );
  return mirror(tx, by, live);
}

/** What was written off is owed again: the handset has come after all. */
export async function undoWriteOffs(tx: EntityManager, by: Doer, trade: TradeOfMoney): Promise<void> {
  const live: { id: string }[] = await tx.query(
    `select e.id from money_entry e
     where e.trade_in_id = $1 and e.event = 'WRITTEN_OFF'
       and not exists (select from money_entry r where r.reverses_id = e.id)
     order by e.id`,
    [trade.id],
  );
  await mirror(tx, by, live);
}

/** @returns how much of it was on the customer's account, in minor units */
async function mirror(tx: EntityManager, by: Doer, live: readonly { id: string }[]): Promise<number> {
  if (!live.length) return 0;
  const [{ reversed }]: [{ reversed: string }] = await tx.query(
    `with mirrored as (
       insert into money_entry (id, trade_in_id, event, debit_account, credit_account, amount_minor, currency, component,
         credit_id, location_id, reverses_id, actor, correlation_id)
       select m.id, e.trade_in_id, 'REVERSED', e.credit_account, e.debit_account, e.amount_minor, e.currency, e.component,
         e.credit_id, e.location_id, e.id, $3, $4
       from unnest($1::uuid[], $2::uuid[]) as m (id, of) join money_entry e on e.id = m.of
       returning amount_minor, debit_account
     )
     select coalesce(sum(amount_minor) filter (where debit_account = 'CUSTOMER_ACCOUNT'), 0) as reversed from mirrored`,
    [live.map(newId), live.map(({ id }) => id), by.actor, by.correlationId],
  );
  return Number(reversed);
}
