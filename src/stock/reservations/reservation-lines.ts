import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import type { Picked } from './picking.js';

/** Writes what was picked as the lines of a reservation, and into the ledger. */
export async function writeLines(
  tx: EntityManager,
  call: Call,
  { id, locationId }: { id: string; locationId: string },
  picked: readonly Picked[],
): Promise<void> {
  await tx.query(
    `with picked as (
       select * from jsonb_to_recordset($3::jsonb) as p (n int, sku_id uuid, unit_id uuid, holding_id uuid, quantity int, movement_id uuid)
     ), lines as (
       insert into reservation_line (reservation_id, line_no, location_id, sku_id, unit_id, holding_id, quantity)
       select $1, n, $2, sku_id, unit_id, holding_id, quantity from picked
     )
     insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition,
       to_disposition, document_id, actor, correlation_id)
     select movement_id, $2, sku_id, unit_id, holding_id, 'RESERVED', 0, -quantity,
       case when unit_id is not null then 'AVAILABLE' end, case when unit_id is not null then 'RESERVED' end, $1, $4, $5
     from picked`,
    [
      id,
      locationId,
      JSON.stringify(picked.map((one, at) => ({ ...one, n: at + 1, movement_id: newId() }))),
      call.actor,
      call.correlationId,
    ],
  );
}
