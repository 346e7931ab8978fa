import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Call } from '../../platform/caller.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { liftEnded } from '../holds/ended-holds.js';
import { expireLapsed } from '../reservations/closing.js';
import type { HoldingFound } from './holding-moves.js';
import type { Provenance } from './unit-condition.js';

/** The open holding of a unit, locked. */
export interface OpenHolding extends Omit<HoldingFound, 'moved'> {
  provenance: Provenance;
  /** A whole number of minor units as the database writes it; null while unknown. */
  cost_minor: string | null;
  currency: string;
  functional: number | null;
}

/**
 * Locks the open holding of a unit for an act on it; a reservation of it that has run out is closed first, a hold that
 * is over lifted.
 * @throws NotFound, Stale
 */
export async function openHolding(tx: EntityManager, call: Call, unitId: string): Promise<OpenHolding> {
  await expireLapsed(tx, call, { unitIds: [unitId] });
  const [held]: OpenHolding[] = await tx.query(
    `select * from stock_holding where unit_id = $1 and closed_at is null and ($2::uuid is null or location_id = $2) for update`,
    [unitId, boundTo(call.caller)],
  );
  if (!held) throw new NotFound('No such unit in stock, or not at your location.');
  if (call.ifMatch !== undefined && call.ifMatch !== held.version) throw stale(held.version);
  if (held.encumbered) await liftEnded(tx, call, [unitId]);
  return held;
}

/** What a seller handed in is not ours to dispose of before it has been paid for. @throws WrongState */
export function needOurs({ provenance, cost_minor: cost, disposition: state }: OpenHolding): void {
  if (provenance === 'TRADE_IN' && cost === null) throw new WrongState('It is not ours yet.', { state });
}

/** Locks the open holding of a unit, wherever it stands. @throws NotFound */
export async function lockedHolding(tx: EntityManager, unitId: string): Promise<OpenHolding> {
  const [held]: OpenHolding[] = await tx.query(
    'select * from stock_holding where unit_id = $1 and closed_at is null for update',
    [unitId],
  );
  if (!held) throw new NotFound('We do not have this unit.');
  return held;
}
