import type { Answer } from './client.js';
import type { Shop } from './shop.js';

const BOOKS = [
  'stock_movement',
  'stock_holding',
  'bulk_stock',
  'reservation',
  'reservation_line',
  'sale',
  'sale_line',
  'unit_inspection',
  'unit_encumbrance',
  'erasure_certificate',
  'diagnostic_report',
  'registry_check',
  'bench_standard',
  'refurb_order',
  'refurb_part',
  'refurb_cost',
  'downstream_record',
  'outbox_event',
  'history',
  'audit_chain',
];

const FINGERPRINTS = BOOKS.map(
  (book) => `select '${book}' as book, count(*) || ' rows ' || md5(string_agg(t::text, '' order by t::text)) as content
             from ${book} t`,
).join(' union all ');

/** What stands in every book of the stock, as a fingerprint a book. */
export async function books(shop: Shop): Promise<Record<string, string | null>> {
  const { rows } = await shop.db.query<{ book: string; content: string | null }>(FINGERPRINTS);
  return Object.fromEntries(rows.map(({ book, content }) => [book, content]));
}

export interface Refusal {
  code: string;
  detail: string;
  facts: Record<string, unknown>;
  errors: { pointer: string; code: string }[];
}

/** Sees an act refused with this status and code, and not a row of the books changed. @returns the problem. */
export async function refused(
  shop: Shop,
  act: () => Promise<Answer<unknown>>,
  status: number,
  code: string,
): Promise<Refusal> {
  const before = await books(shop);
  const { status: given, body, headers } = await act();
  const problem = body as Refusal;
  expect([given, problem.code]).toEqual([status, code]);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await books(shop)).toEqual(before);
  return problem;
}

/** `/lines/0/skuId ONE_OF` for each fault of a refusal. */
export const faultsOf = ({ errors }: Refusal): string[] => errors.map(({ pointer, code }) => `${pointer} ${code}`);

/**
 * Where the ledger and the shelf tell two stories: per location and SKU the sums of on-hand and free against the rows
 * they are sums of, units whose movements sum to neither 0 nor 1, and reservations that hold nothing or too much.
 */
const DISAGREEMENTS = `
  with ledger as (
    select location_id, sku_id, sum(on_hand) as on_hand, sum(free) as free from stock_movement group by 1, 2
  ), shelf as (
    select location_id, sku_id, sum(on_hand) as on_hand, sum(free) as free from (
      select location_id, sku_id, 1 as on_hand, (disposition = 'AVAILABLE')::int as free from stock_holding
      where closed_at is null and disposition <> 'MISSING'
      union all select location_id, sku_id, on_hand, on_hand - reserved from bulk_stock) s
    group by 1, 2
  )
  select 'ledger and shelf' as what, coalesce(l.sku_id, s.sku_id)::text as of
  from ledger l full join shelf s using (location_id, sku_id)
  where coalesce(l.on_hand, 0) <> coalesce(s.on_hand, 0) or coalesce(l.free, 0) <> coalesce(s.free, 0)
  union all
  select 'movements of a unit', unit_id::text from stock_movement where unit_id is not null
  group by unit_id having sum(on_hand) not in (0, 1) or sum(free) not in (0, 1)
  union all
  select 'reserved, and by no reservation', h.id::text from stock_holding h
  where h.disposition = 'RESERVED' and not exists (
    select from reservation_line l join reservation r on r.id = l.reservation_id
    where l.holding_id = h.id and l.active and r.status = 'ACTIVE' and r.expires_at = h.reserved_until)
  union all
  select 'line without what it holds', l.reservation_id::text from reservation_line l
  join reservation r on r.id = l.reservation_id left join stock_holding h on h.id = l.holding_id
  where l.active is distinct from (r.status = 'ACTIVE')
     or (l.active and l.unit_id is not null and h.disposition is distinct from 'RESERVED')
  union all
  select 'pieces reserved', b.sku_id::text from bulk_stock b
  where b.reserved <> (select coalesce(sum(l.quantity), 0) from reservation_line l
                       where l.active and l.unit_id is null and l.sku_id = b.sku_id and l.location_id = b.location_id)
                    + (select coalesce(sum(p.quantity), 0) from refurb_part p
                       where p.status = 'RESERVED' and p.sku_id = b.sku_id and p.location_id = b.location_id)
  union all
  select 'reservation without its events', r.id::text from reservation r
  where (select count(*) from outbox_event e where e.aggregate_id = r.id and e.type = 'reservation.made') <> 1
     or (r.status in ('RELEASED', 'EXPIRED') and
         (select count(*) from outbox_event e where e.aggregate_id = r.id
           and e.type in ('reservation.released', 'reservation.expired')) <> 1)
     or (r.status = 'CONSUMED' and (select count(*) from sale s where s.reservation_id = r.id) <> 1)`;

/** Everything in which the books contradict each other; empty when they agree. */
export async function disagreements(shop: Pick<Shop, 'db'>): Promise<unknown[]> {
  return (await shop.db.query(DISAGREEMENTS)).rows;
}

/** How many units stand how at a location. */
export async function standing(shop: Shop, locationId: string): Promise<Record<string, number>> {
  const { rows } = await shop.db.query<{ disposition: string; n: number }>(
    `select disposition, count(*)::int as n from stock_holding where location_id = $1 and closed_at is null group by 1`,
    [locationId],
  );
  return Object.fromEntries(rows.map(({ disposition, n }) => [disposition, n]));
}

/** Kinds of the movements of a unit, oldest first. */
export async function movementsOf(shop: Shop, unitId: string): Promise<string[]> {
  const { rows } = await shop.db.query<{ move: string }>(
    `select concat_ws(' ', kind, on_hand, free, reason) as move from stock_movement where unit_id = $1
     order by occurred_at, on_hand`,
    [unitId],
  );
  return rows.map(({ move }) => move);
}

/** Lets a reservation run out, as time would. */
export async function lapse(shop: Pick<Shop, 'db'>, reservationId: string): Promise<void> {
  await shop.db.query(
    `with ended as (update reservation set expires_at = now() - interval '1 second' where id = $1 returning id, expires_at)
     update stock_holding h set reserved_until = e.expires_at from ended e, reservation_line l
     where l.reservation_id = e.id and l.active and h.id = l.holding_id`,
    [reservationId],
  );
}
