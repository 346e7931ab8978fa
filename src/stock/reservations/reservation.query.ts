import { Conditions, instant, type Statement } from '../../platform/statement.js';
import type { ReservationView } from './reservation.view.js';

/** A reservation with its lines as the API shows it; `r` is the row, `lines` an expression giving the JSON list. */
export const reservationJson = (r: string, lines: string) => `json_build_object(
  'id', ${r}.id, 'number', ${r}.number, 'locationId', ${r}.location_id, 'purpose', ${r}.purpose, 'status', ${r}.status,
  'madeBy', ${r}.made_by, 'customerReference', ${r}.customer_reference, 'madeAt', ${instant(`${r}.made_at`)},
  'expiresAt', ${instant(`${r}.expires_at`)}, 'latestExpiry', ${instant(`${r}.latest_expiry`)},
  'lines', ${lines}, 'version', ${r}.version)`;

const LINE = `json_build_object('lineNo', l.line_no, 'skuId', l.sku_id, 'unitId', l.unit_id, 'quantity', l.quantity)`;

const STORED_LINES = `(select coalesce(json_agg(${LINE} order by l.line_no), '[]') from reservation_line l where l.reservation_id = r.id)`;

/** $1 id, $2 the store the caller is bound to or null. */
export const ONE_RESERVATION = `
  select ${reservationJson('r', STORED_LINES)} as view from reservation r
  where r.id = $1 and ($2::uuid is null or r.location_id = $2)`;

/** Reservations, newest first. */
export function reservationsPage(
  only: { locationId?: string; status?: string; before?: string },
  rows: number,
): Statement {
  const conditions = new Conditions()
    .only(only.locationId, (place) => `r.location_id = ${place}`)
    .only(only.status, (place) => `r.status = ${place}`)
    .only(only.before, (place) => `r.id < ${place}`);
  const sql = `select ${reservationJson('r', STORED_LINES)} as view from reservation r
    where ${conditions.toString()} order by r.id desc limit ${conditions.add(rows)}`;
  return { sql, parameters: conditions.parameters };
}

export interface ReservationRow {
  view: ReservationView;
}

/**
 * Reserves free units of one or more SKUs at one location: the pick, the reservation, its lines, ledger, history,
 * outbox and the answer under the idempotency key, in one statement and so in one round trip.
 *
 * Units are picked from a random place of the index on, wrapping round, over rows that nobody else is taking: with the
 * lowest free unit first all callers would queue for the same row. Too few free units: nothing is done and no row comes
 * back. A key that exists: the unique violation undoes all of it.
 *
 * $1 SKUs, $2 pieces of each, $3 location, $4 random start, $5 reservation id, $6 number, $7 purpose, $8 caller,
 * $9 customer reference, $10 minutes, $11 most minutes, $12 ids of the movements, $13 correlation id, $14 key,
 * $15 operation, $16 request hash, $17 ids of history and outbox row, $18 caller's role
 */
export const RESERVE_BY_SKU = `
  with demand as materialized (
    select sku_id, wanted from unnest($1::uuid[], $2::int[]) as d (sku_id, wanted)
  ), onwards as materialized (
    select h.id, h.unit_id, d.sku_id from demand d cross join lateral (
      select id, unit_id from stock_holding
      where location_id = $3 and sku_id = d.sku_id and disposition = 'AVAILABLE' and pick_key >= $4
      order by pick_key limit d.wanted for update skip locked) h
  ), wrapped as materialized (
    select h.id, h.unit_id, d.sku_id from demand d cross join lateral (
      select id, unit_id from stock_holding
      where location_id = $3 and sku_id = d.sku_id and disposition = 'AVAILABLE' and pick_key < $4
      order by pick_key limit d.wanted - (select count(*) from onwards o where o.sku_id = d.sku_id)
      for update skip locked) h
  ), picked as materialized (
    select id, unit_id, sku_id, row_number() over ()::int as n
    from (select * from onwards union all select * from wrapped) p
    where (select count(*) from onwards) + (select count(*) from wrapped) = (select sum(wanted) from demand)
  ), made as (
    insert into reservation (id, number, location_id, purpose, status, made_by, customer_reference, expires_at, latest_expiry)
    select $5, $6, $3, $7, 'ACTIVE', $8, $9, now() + $10::int * interval '1 minute', now() + $11::int * interval '1 minute'
    where exists (select from picked)
    returning *
  ), lines as (
    insert into reservation_line (reservation_id, line_no, location_id, sku_id, unit_id, holding_id, quantity)
    select $5, n, $3, sku_id, unit_id, id, 1 from picked
    returning *
  ), taken as (
    update stock_holding h set disposition = 'RESERVED', version = h.version + 1,
      reserved_until = now() + $10::int * interval '1 minute'
    where h.id = any(array(select id from picked))
  ), ledger as (
    insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition,
      to_disposition, document_id, actor, correlation_id)
    select ($12::uuid[])[n], $3, sku_id, unit_id, id, 'RESERVED', 0, -1, 'AVAILABLE', 'RESERVED', $5, $8, $13 from picked
  ), told as (
    insert into history (id, subject_kind, subject_id, act, to_state, actor, actor_role, location_id, correlation_id)
    select ($17::uuid[])[1], 'reservation', $5, 'reserve', 'ACTIVE', $8, $18, $3, $13 from made
  ), event as (
    insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
    select ($17::uuid[])[2], 'reservation.made', 'reservation', $5, $3,
      jsonb_build_object('number', $6, 'purpose', $7, 'units', (select count(*) from picked)), $13 from made
  ), answer as (
    select ${reservationJson('r', `(select json_agg(${LINE} order by l.line_no) from lines l)`)} as view from made r
  )
  insert into idempotency_key (principal, key, operation, request_hash, status, body)
  select $8, $14, $15, $16, 201, view from answer
  returning body`;
