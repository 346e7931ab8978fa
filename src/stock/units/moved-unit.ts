import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import { moveHoldings } from './holding-moves.js';
import type { OpenHolding } from './open-holding.js';
import { HOLDING_ACTS, type HoldingAct, possibleHoldingActs } from './stock-holding.lifecycle.js';

/** What moves the unit: why, and for which order or document. */
export interface MoveCause {
  reason?: string;
  documentId?: string;
}

/** Moves a unit whose open holding is locked, and tells of it. @throws WrongState */
export async function moveUnit(
  tx: EntityManager,
  by: Doer,
  before: Pick<OpenHolding, 'unit_id' | 'location_id' | 'disposition'>,
  act: HoldingAct,
  { reason, documentId }: MoveCause = {},
): Promise<void> {
  const { unit_id: unitId, location_id: locationId, disposition: from } = before;
  const move = {
    act,
    unitIds: [unitId],
    locationId,
    ...(reason ? { reason } : {}),
    ...(documentId ? { documentId } : {}),
  };
  const [found] = await moveHoldings(tx, by, move);
  if (!found?.moved) {
    throw new WrongState(`Not possible: the unit is ${from}.`, { state: from, possible: possibleHoldingActs(from) });
  }
  const { to } = HOLDING_ACTS[act];
  const told = { subjectKind: 'stock-unit', subjectId: unitId, act, from, to, locationId };
  await recordAct(tx, by, {
    ...told,
    ...(reason ? { reason } : {}),
    ...(documentId ? { details: { documentId } } : {}),
  });
  await publish(tx, by, {
    ...{ type: 'stock-unit.moved', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
    payload: { from, to, reason: reason ?? null },
  });
}
