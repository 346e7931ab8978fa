import type { EntityManager } from 'typeorm';
import type { KnownUnit } from '../receipts/receipt-facts.js';
import { knownUnits } from '../receipts/receipt-facts.js';
import { keyOf } from '../receipts/receipt-lines.js';
import { unrecordedOf } from '../receipts/arrivals.js';
import { AlreadyInStock, IdentityConflict } from '../stock.errors.js';
import type { ReadIdentifier } from '../units/unit-finder.js';

/** Which handset was handed in: the unit we know it as, if we do, and the IMEIs that are not recorded of it yet. */
export interface Identity {
  unit: KnownUnit | null;
  unrecorded: (ReadIdentifier & { position: number })[];
}

/**
 * Finds the unit that bears the IMEIs, and locks it.
 * @throws AlreadyInStock when we have it, IdentityConflict when the IMEIs are those of several, or it has others
 */
export async function identityOf(tx: EntityManager, imei14s: readonly string[]): Promise<Identity> {
  const given = [...new Set(imei14s)].map((value, at) => ({ kind: 'IMEI' as const, value, position: at + 1 }));
  const known = await knownUnits(tx, given);
  const units = new Set(given.flatMap((identifier) => known.get(keyOf(identifier)) ?? []));
  const [unit = null] = units;
  if (units.size > 1) throw new IdentityConflict('The IMEIs are those of several handsets we know.');
  if (unit?.held) throw new AlreadyInStock('We have this handset: it cannot be handed in.', { unitId: unit.unit_id });
  const unrecorded = unit ? unrecordedOf(given, unit) : given;
  if (!unrecorded || given.length > 2) {
    throw new IdentityConflict('A handset has two IMEIs at most, and this one is known by others.');
  }
  return { unit, unrecorded };
}
