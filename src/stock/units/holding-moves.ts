import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import {
  ABSENT_DISPOSITIONS,
  CLOSED_DISPOSITIONS,
  HOLDING_ACTS,
  type HoldingAct,
  type HoldingDisposition,
} from './stock-holding.lifecycle.js';

export interface HoldingMove {
  act: HoldingAct;
  unitIds: readonly string[];
  /** The store the caller is bound to, or null. */
  locationId: string | null;
  reason?: string | null;
  /** The reservation, sale or receipt that moves the units. */
  documentId?: string | null;
}

/** An open holding as an act found it, and whether the act moved it. */
export interface HoldingFound {
  id: string;
  unit_id: string;
  sku_id: string;
  location_id: string;
  disposition: HoldingDisposition;
  encumbered: boolean;
  reserved_until: Date | null;
  version: number;
  moved: boolean;
}

/**
 * Moves the open holdings of units along their lifecycle and writes the ledger, in one guarded statement.
 * Holdings that the act does not fit stay as they are and come back with `moved: false`; units without an open
 * holding within the location do not come back at all. Locked in id order, so that two acts on the same units
 * wait for each other rather than deadlock.
 */
export async function moveHoldings(tx: EntityManager, by: Doer, move: HoldingMove): Promise<HoldingFound[]> {
  const { from, to, kind } = HOLDING_ACTS[move.act];
  return tx.query(
    `with before as (
       select * from stock_holding
       where unit_id = any($1::uuid[]) and closed_at is null and ($2::uuid is null or location_id = $2)
       order by id for update
     ), moved as (
       update stock_holding h
       set disposition = $3, reserved_until = null, version = h.version + 1,
           closed_at = case when $3 = any($4::text[]) then now() end
       from before b
       where h.id = b.id and b.disposition = any($5::text[]) and not ($3 in ('ALLOCATED', 'SOLD') and b.encumbered)
       returning h.*, b.disposition as was
     ), ledger as (
       insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition,
         to_disposition, reason, document_id, actor, correlation_id)
       select ($6::uuid[])[row_number() over (order by id)], location_id, sku_id, unit_id, id, $7,
         (not $3 = any($8::text[]))::int - (not was = any($8::text[]))::int,
         ($3 = 'AVAILABLE')::int - (was = 'AVAILABLE')::int, was, $3, $9, $10::uuid, $11, $12
       from moved
     )
     select b.id, b.unit_id, b.sku_id, b.location_id, b.disposition, b.encumbered, b.reserved_until, b.version,
            m.id is not null as moved
     from before b left join moved m on m.id = b.id order by b.id`,
    [
      move.unitIds,
      move.locationId,
      to,
      CLOSED_DISPOSITIONS,
      from,
      move.unitIds.map(newId),
      kind,
      ABSENT_DISPOSITIONS,
      move.reason ?? null,
      move.documentId ?? null,
      by.actor,
      by.correlationId,
    ],
  );
}
