/**
 * Writes a handset that was handed in into the books: unit, identifiers, holding and ledger line.
 *
 * $1 unit, $2 whether it is new, $3 variant, $4 identifiers, $5 holding, $6 SKU, $7 location, $8 currency, $9 sealed bag,
 * $10 pick key, $11 movement, $12 document, $13 who, $14 correlation id
 */
export const OPEN_INTAKE = `
  with unit as (
    insert into stock_unit (id, variant_id) select $1::uuid, $3::uuid where $2
  ), identifiers as (
    insert into unit_identifier (unit_id, kind, value, position)
    select $1, kind, value, position
    from jsonb_to_recordset($4::jsonb) as i (kind text, value text, position smallint) order by kind, value
    on conflict (unit_id, kind, value) do update
      set position = excluded.position, recorded_at = now(), revoked_at = null
  ), holding as (
    insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, currency,
      lock_state, erasure, kit_complete, encumbered, sealed_bag, pick_key)
    values ($5::uuid, $1, $6::uuid, $7::uuid, 'TRADE_IN_INTAKE', 'TRADE_IN', now(), $8, 'UNKNOWN', 'PENDING', false,
      exists (select from unit_encumbrance where unit_id = $1 and lifted_at is null), $9, $10)
  )
  insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition,
    document_id, actor, correlation_id)
  values ($11, $7, $6, $1, $5, 'RECEIVED', 1, 0, 'TRADE_IN_INTAKE', $12, $13, $14)`;
