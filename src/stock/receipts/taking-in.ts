import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { type Arrival, standingOf } from './arrivals.js';

/** A receipt that is being written. */
export interface NewReceipt {
  id: string;
  locationId: string;
  reference: string;
  supplier: string;
}

/** A unit as it stands once it has been taken in. */
export interface TakenIn {
  unit_id: string;
  cost_minor: number | null;
  currency: string;
}

/** Writes the receipt with its units and pieces into the books, in one statement. */
export async function takeIn(
  tx: EntityManager,
  call: Call,
  receipt: NewReceipt,
  { arrivals, pieces }: { arrivals: readonly Arrival[]; pieces: ReadonlyMap<string, number> },
): Promise<TakenIn[]> {
  const units = arrivals.map(unitRow);
  const identifiers = arrivals.flatMap(({ unrecorded }, at) =>
    unrecorded.map(({ kind, value, position }) => ({ unit_id: units[at]!.unit_id, kind, value, position })),
  );
  const heaps = [...pieces].map(([sku_id, quantity]) => ({ movement_id: newId(), sku_id, quantity }));
  const all = [...pieces.values()].reduce((sum, quantity) => sum + quantity, 0);
  await tx.query(TAKE_IN, [
    ...[JSON.stringify(units), JSON.stringify(identifiers), JSON.stringify(heaps)],
    ...[receipt.id, receipt.locationId, receipt.reference, receipt.supplier, units.length, all],
    ...[call.actor, call.correlationId],
  ]);
  return units;
}

function unitRow(arrival: Arrival) {
  const { line, sku, unit } = arrival;
  const { form } = line;
  const encumbrances = unit?.encumbrances ?? [];
  const standing = standingOf(arrival);
  return {
    unit_id: unit?.unit_id ?? newId(),
    unknown: unit === null,
    variant_id: sku.variant_id,
    holding_id: newId(),
    movement_id: newId(),
    sku_id: sku.id,
    disposition: standing.disposition,
    provenance: form.provenance,
    cost_minor: standing.costMinor,
    currency: form.currency,
    cosmetic: standing.cosmetic,
    functional: standing.functional,
    battery_pct: standing.batteryPct,
    lock_state: standing.lockState,
    erasure: standing.erasure,
    kit_complete: standing.kitComplete,
    warranty_days: standing.warrantyDays,
    encumbered: encumbrances.length > 0,
    pick_key: Math.floor(Math.random() * 2 ** 31),
  };
}

/**
 * Rows that two tills may write at once are written in one order, so that one waits for the other rather than both
 * for each other.
 *
 * $1 units, $2 identifiers, $3 heaps of pieces, $4 receipt, $5 location, $6 reference, $7 supplier, $8 number of units,
 * $9 number of pieces, $10 caller, $11 correlation id
 */
const TAKE_IN = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as g (unit_id uuid, unknown boolean, variant_id uuid, holding_id uuid,
      movement_id uuid, sku_id uuid, disposition text, provenance text, cost_minor bigint, currency text, cosmetic text,
      functional smallint, battery_pct smallint, lock_state text, erasure text, kit_complete boolean,
      warranty_days smallint, encumbered boolean, pick_key integer)
  ), heaps as (
    select * from jsonb_to_recordset($3::jsonb) as h (movement_id uuid, sku_id uuid, quantity integer)
  ), units as (
    insert into stock_unit (id, variant_id) select unit_id, variant_id from given where unknown
  ), identifiers as (
    insert into unit_identifier (unit_id, kind, value, position)
    select unit_id, kind, value, position
    from jsonb_to_recordset($2::jsonb) as i (unit_id uuid, kind text, value text, position smallint) order by kind, value
    on conflict (unit_id, kind, value) do update
      set position = excluded.position, recorded_at = now(), revoked_at = null
  ), holdings as (
    insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, cost_minor,
      currency, cosmetic, functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key)
    select holding_id, unit_id, sku_id, $5, disposition, provenance, now(), cost_minor, currency, cosmetic, functional,
      battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key
    from given order by unit_id
  ), stacked as (
    insert into bulk_stock as b (location_id, sku_id, on_hand) select $5, sku_id, quantity from heaps order by sku_id
    on conflict (location_id, sku_id) do update set on_hand = b.on_hand + excluded.on_hand
  ), noted as (
    insert into receipt (id, location_id, reference, supplier, received_by, received_at, units, pieces)
    values ($4::uuid, $5::uuid, $6, $7, $10, now(), $8, $9)
  )
  insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition,
    document_id, actor, correlation_id)
  select movement_id, $5, sku_id, unit_id, holding_id, 'RECEIVED', 1, (disposition = 'AVAILABLE')::int, disposition,
    $4, $10, $11 from given
  union all
  select movement_id, $5, sku_id, null, null, 'RECEIVED', quantity, quantity, null, $4, $10, $11 from heaps`;
