import type { EntityManager } from 'typeorm';
import { NotFound } from '../../platform/problems.js';
import type { HoldingDisposition } from '../units/stock-holding.lifecycle.js';
import type { Provenance } from '../units/unit-condition.js';

/** The open holding of a unit, locked. */
export interface LockedHolding {
  id: string;
  unit_id: string;
  sku_id: string;
  location_id: string;
  disposition: HoldingDisposition;
  provenance: Provenance;
  /** A whole number of minor units as the database writes it; null while unknown. */
  cost_minor: string | null;
  currency: string;
  encumbered: boolean;
}

/** Locks the open holding of a unit, wherever it stands. @throws NotFound */
export async function lockedHolding(tx: EntityManager, unitId: string): Promise<LockedHolding> {
  const [held]: LockedHolding[] = await tx.query(
    'select * from stock_holding where unit_id = $1 and closed_at is null for update',
    [unitId],
  );
  if (!held) throw new NotFound('We do not have this unit.');
  return held;
}
