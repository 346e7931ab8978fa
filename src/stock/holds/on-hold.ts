import type { EntityManager } from 'typeorm';
import { UnitOnHold } from '../stock.errors.js';
import { LIVE_HOLD } from './ended-holds.js';

/**
 * Sees to it that no legal hold keeps the unit, whose open holding the caller has locked. Looking at it is always
 * allowed; giving it back, repairing, erasing or selling it is not.
 * @throws UnitOnHold
 */
export async function needNoHold(tx: EntityManager, unitId: string): Promise<void> {
  const [hold]: { until: Date | null }[] = await tx.query(
    `select e.until from unit_encumbrance e where e.unit_id = $1 and ${LIVE_HOLD}`,
    [unitId],
  );
  if (!hold) return;
  const until = hold.until?.toISOString() ?? null;
  throw new UnitOnHold(until ? `It is held until ${until}.` : 'It is held until somebody lifts the hold.', { until });
}
