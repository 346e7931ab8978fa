import type { EntityManager } from 'typeorm';
import type { Problem } from '../../platform/problem.js';
import { UnitNotAvailable, UnitReserved } from '../stock.errors.js';

interface Held {
  location_id: string;
  disposition: string;
  reservation_id: string | null;
  number: string | null;
  made_by: string | null;
  expires_at: Date | null;
}

/** The refusal that says who holds the first of the units that could not be taken, or what else is in the way. */
export async function whoHolds(tx: EntityManager, locationId: string, unitIds: readonly string[]): Promise<Problem> {
  const [found]: Held[] = await tx.query(
    `select h.location_id, h.disposition, r.id as reservation_id, r.number, r.made_by, r.expires_at
     from stock_holding h left join reservation_line l on l.unit_id = h.unit_id and l.active
     left join reservation r on r.id = l.reservation_id
     where h.unit_id = any($1::uuid[]) and h.closed_at is null and not (h.location_id = $2 and h.disposition = 'AVAILABLE')
     order by h.id limit 1`,
    [unitIds, locationId],
  );
  if (!found) return new UnitNotAvailable('We do not have this unit any more.', { disposition: 'SOLD' });
  if (found.location_id !== locationId) {
    return new UnitNotAvailable('The unit stands at another location.', {
      locationId: found.location_id,
      disposition: found.disposition,
    });
  }
  if (!found.reservation_id) {
    return new UnitNotAvailable(`The unit is ${found.disposition}.`, { disposition: found.disposition });
  }
  const heldUntil = found.expires_at!.toISOString();
  return new UnitReserved(`${found.made_by} holds it until ${heldUntil}.`, {
    reservationId: found.reservation_id,
    reservationNumber: found.number,
    heldBy: found.made_by,
    heldUntil,
  });
}
