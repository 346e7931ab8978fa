import type { EntityManager } from 'typeorm';
import { oweDeviceAgain } from '../../accounts/devices/pay-off.js';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { reverse, type TradeOfMoney } from './ledger.js';
import type { Component } from './money.words.js';

interface EndedCredit {
  id: string;
  imei14: string;
  /** What it had paid off for the handset itself; null where it had not, or is paid outside. */
  repaidMinor: number | null;
}

/** $1 trade-in, $2 component or null, $3 reason */
const END_CREDITS = `
  with live as (
    select id, status from trade_in_credit
    where trade_in_id = $1 and status <> 'REVERSED' and ($2::text is null or component = $2) for update
  )
  update trade_in_credit c set status = 'REVERSED', stop_reason = $3, ended_at = now()
  from live, trade_in t
  where c.id = live.id and t.id = c.trade_in_id
  returning c.id, coalesce(t.received_imei14, t.imei14) as imei14,
    (case when c.instrument = 'EIP_PAYOFF' and live.status = 'PAID' and c.reference is null then c.amount_minor end)::float8
      as "repaidMinor"`;

/**
 * Takes back what a customer was given for a trade-in, of one component or all: entries by their mirrors, credits that
 * wait or run are ended, and billing is asked to take back what it has. Nothing given, nothing done.
 */
export async function takeBack(
  tx: EntityManager,
  by: Doer,
  trade: TradeOfMoney,
  reason: string,
  component: Component | null = null,
): Promise<number> {
  // Instalments first: whoever is just paying one is waited for, and what they post is taken back with the rest.
  await tx.query(
    `update credit_instalment i set status = 'STOPPED' from trade_in_credit c
     where c.id = i.credit_id and c.trade_in_id = $1 and i.status = 'DUE' and ($2::text is null or c.component = $2)`,
    [trade.id, component],
  );
  const [credits]: [EndedCredit[], number] = await tx.query(END_CREDITS, [trade.id, component, reason]);
  const reversedMinor = await reverse(tx, by, trade, component);
  for (const { id, imei14, repaidMinor } of credits) {
    if (repaidMinor !== null) await oweDeviceAgain(tx, imei14, repaidMinor);
    await publish(tx, by, {
      type: 'credit.reversed',
      ...{ aggregateKind: 'trade-in', aggregateId: trade.id, locationId: trade.locationId },
      payload: { creditId: id, reason },
    });
  }
  return reversedMinor;
}
