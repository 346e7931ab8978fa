import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { reverse, type TradeOfMoney } from './ledger.js';
import type { Component } from './money.words.js';

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
  const [credits]: [{ id: string; was: string }[], number] = await tx.query(
    `update trade_in_credit set status = 'REVERSED', stop_reason = $3, ended_at = now()
     where trade_in_id = $1 and status <> 'REVERSED' and ($2::text is null or component = $2)
     returning id, instrument as was`,
    [trade.id, component, reason],
  );
  const reversedMinor = await reverse(tx, by, trade, component);
  for (const { id } of credits) {
    await publish(tx, by, {
      type: 'credit.reversed',
      ...{ aggregateKind: 'trade-in', aggregateId: trade.id, locationId: trade.locationId },
      payload: { creditId: id, reason },
    });
  }
  return reversedMinor;
}
