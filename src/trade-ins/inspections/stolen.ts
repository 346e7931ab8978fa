import type { EntityManager } from 'typeorm';
import { WrongState } from '../../platform/problems.js';
import type { TradeIn } from '../trades/trade-in.entity.js';

/**
 * What the latest look into the block lists said; $1 trade-in. A handset that is blocked for a debt goes back to its owner;
 * one that was lost, stolen or seized does not.
 */
const LATEST = `
  select c.outcome, c.outcome = 'FAIL' and c.reference ~ '(LOST_OR_STOLEN|COURT_ORDER)' as stolen
  from trade_in_check c where c.trade_in_id = $1 and c.name = 'BLOCK_LISTS' order by c.id desc limit 1`;

async function latest(tx: EntityManager, tradeInId: string) {
  const [found]: { outcome: string; stolen: boolean | null }[] = await tx.query(LATEST, [tradeInId]);
  return found;
}

/** Nothing is offered for a handset that a registry has blocked: somebody looks into it. @throws WrongState */
export async function needUnlisted(tx: EntityManager, { id, status }: TradeIn): Promise<void> {
  if ((await latest(tx, id))?.outcome !== 'FAIL') return;
  const possible = ['suspend', 'reject'];
  throw new WrongState('A registry has blocked it: suspend or reject it.', { state: status, possible });
}

/** What was lost or stolen never goes back to whoever brought it. @throws WrongState */
export async function needReturnable(tx: EntityManager, { id, status, closeReason }: TradeIn): Promise<void> {
  if (closeReason !== 'STOLEN' && !(await latest(tx, id))?.stolen) return;
  throw new WrongState('It was reported as lost or stolen: it goes to the police.', {
    state: status,
    possible: ['surrender'],
  });
}
