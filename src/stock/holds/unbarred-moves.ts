import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { UnitEncumbered } from '../stock.errors.js';
import { type HoldingFound, type HoldingMove, moveHoldings } from '../units/holding-moves.js';
import { liftEnded } from './ended-holds.js';

/**
 * Moves the holdings of units towards a customer, which whatever bars one of them forbids. A hold that is over bars
 * nothing, whether or not anything has swept it.
 * @throws UnitEncumbered
 */
export async function moveUnbarred(tx: EntityManager, by: Doer, move: HoldingMove): Promise<HoldingFound[]> {
  let found = await moveHoldings(tx, by, move);
  const isBarred = ({ moved, encumbered }: HoldingFound) => encumbered && !moved;
  const ended = found.some(isBarred) ? await liftEnded(tx, by, move.unitIds) : [];
  if (ended.length) {
    found = [...found.filter(({ moved }) => moved), ...(await moveHoldings(tx, by, { ...move, unitIds: ended }))];
  }
  const barred = found.find(isBarred);
  if (barred) throw new UnitEncumbered('The unit may not be sold: see its encumbrances.', { unitId: barred.unit_id });
  return found;
}
