import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';

/** The reservations in the way of a pick or a move. */
export interface LapsedAt {
  locationId?: string;
  skuIds?: readonly string[];
  unitIds?: readonly string[];
}

export interface ClosedReservation {
  id: string;
  location_id: string;
}

const MOST_AT_ONCE = 500;

const LAPSED = `
  select id from reservation where status = 'ACTIVE' and expires_at <= now()
  order by id limit ${MOST_AT_ONCE} for update skip locked`;

const LAPSED_IN_THE_WAY = `
  select r.id from reservation r
  where r.status = 'ACTIVE' and r.expires_at <= now() and ($1::uuid is null or r.location_id = $1) and exists (
    select from reservation_line l where l.reservation_id = r.id and (l.sku_id = any($2::uuid[]) or l.unit_id = any($3::uuid[])))
  order by r.id limit ${MOST_AT_ONCE} for update of r`;

/**
 * Closes reservations that have run out and frees what they held, in one statement; returns those closed.
 * Correctness never waits for the sweep: a pick that finds too little calls this first. A pick waits for whoever is just
 * closing what is in its way, else it would be told that nothing is free at the very moment it is being freed.
 */
export async function expireLapsed(tx: EntityManager, by: Doer, inTheWay?: LapsedAt): Promise<ClosedReservation[]> {
  const lapsed: { id: string }[] = inTheWay
    ? await tx.query(LAPSED_IN_THE_WAY, [inTheWay.locationId ?? null, inTheWay.skuIds ?? [], inTheWay.unitIds ?? []])
    : await tx.query(LAPSED);
  if (!lapsed.length) return [];
  return closeReservations(
    tx,
    by,
    lapsed.map(({ id }) => id),
    { act: 'expire', to: 'EXPIRED', kind: 'EXPIRED' },
  );
}

interface Closing {
  act: 'expire' | 'release';
  to: 'EXPIRED' | 'RELEASED';
  kind: 'EXPIRED' | 'RELEASED';
  reason?: string | null;
}

/**
 * Closes reservations and frees what they held, with ledger, history and outbox, in one statement.
 * A unit that was barred from sale meanwhile goes into quarantine rather than back on the shelf.
 */
export async function closeReservations(
  tx: EntityManager,
  by: Doer,
  ids: readonly string[],
  { act, to, kind, reason = null }: Closing,
): Promise<ClosedReservation[]> {
  return tx.query(
    `with closed as (
       update reservation set status = $2, closed_at = now(), version = version + 1
       where id = any($1::uuid[]) and status = 'ACTIVE'
       returning id, location_id, number
     ), lines as (
       update reservation_line l set active = false from closed c
       where l.reservation_id = c.id and l.active
       returning l.*
     ), freed as (
       update stock_holding h set reserved_until = null, version = h.version + 1,
         disposition = case when h.encumbered then 'QUARANTINE' else 'AVAILABLE' end
       from lines l where h.id = l.holding_id and h.disposition = 'RESERVED'
       returning h.id, h.disposition
     ), given_back as (
       update bulk_stock b set reserved = b.reserved - l.pieces
       from (select location_id, sku_id, sum(quantity)::int as pieces from lines where unit_id is null group by 1, 2) l
       where b.location_id = l.location_id and b.sku_id = l.sku_id
     ), ledger as (
       insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition,
         to_disposition, reason, document_id, actor, correlation_id)
       select gen_random_uuid(), l.location_id, l.sku_id, l.unit_id, l.holding_id, $3, 0,
         case when l.unit_id is null then l.quantity else (f.disposition = 'AVAILABLE')::int end,
         case when l.unit_id is not null then 'RESERVED' end, f.disposition, $4, l.reservation_id, $5, $6
       from lines l left join freed f on f.id = l.holding_id
     ), told as (
       insert into history (id, subject_kind, subject_id, act, from_state, to_state, reason, actor, actor_role, location_id, correlation_id)
       select gen_random_uuid(), 'reservation', id, $7, 'ACTIVE', $2, $4, $5, $8, location_id, $6 from closed
     ), event as (
       insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
       select gen_random_uuid(), 'reservation.' || lower($2), 'reservation', id, location_id,
         jsonb_build_object('number', number), $6 from closed
     )
     select id, location_id from closed`,
    [ids, to, kind, reason, by.actor, by.correlationId, act, by.role],
  );
}
