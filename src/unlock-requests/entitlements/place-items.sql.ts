import { oneOf } from '../../platform/one-of.js';
import { LIVE_STATES } from '../requests/unlock-request.lifecycle.js';

const LIVE = oneOf('status', LIVE_STATES);

/** How many requests were made, and whether the entitlement had that many places. */
export interface Placed {
  requested: number;
  counted: boolean;
}

/**
 * Makes a request of every item that belongs to the entitlement, in the order of the list, as far as there are places,
 * and writes down what became of each. One statement for any number of them. Requests are inserted by handset, so that
 * two batches with the same handsets do not wait for each other in a circle.
 * $1 batch, $2 entitlement, $3 positions, $4 imei14s, $5 device imei14s, $6 ids and $7 numbers for requests, $8 who,
 * $9 calendar, $10 its version, $11 received at, $12 respond by, $13 resolve by
 */
export const PLACE_ITEMS = `
  with given as (
    select g.*, e.lots, e.account_ids, e.owner_subject, e.unlock_limit - e.used as places
    from unnest($3::int[], $4::text[], $5::text[], $6::uuid[], $7::text[]) as g (n, imei14, device_imei14, id, number)
    join unlock_entitlement e on e.id = $2
  ), looked as (
    select g.*,
           exists (select from unlock_lot_device d where d.lot = any (g.lots) and d.imei14 in (g.imei14, g.device_imei14))
             or exists (select from device_record d where d.imei14 in (g.imei14, g.device_imei14)
                        and d.account_id = any (g.account_ids)) as entitled,
           exists (select from unlock_request r where r.device_imei14 = g.device_imei14 and r.${LIVE}) as live
    from given g
  ), judged as (
    select l.*, case
      when not entitled then 'NOT_IN_ENTITLEMENT'
      when live or row_number() over (partition by entitled, device_imei14 order by n) > 1 then 'DUPLICATE'
      else 'REQUESTED' end as fate
    from looked l
  ), ranked as (
    select j.*, row_number() over (partition by fate order by n) <= places as has_place from judged j
  ), requested as (
    insert into unlock_request (id, number, kind, scope, channel, status, imei14, device_imei14, made_by, subject,
                                language, disclosure, entitlement_id, calendar, calendar_version, submitted_at,
                                received_at, respond_by, resolve_by, ask_again_at)
    select id, number, 'BULK_ITEM', 'PERMANENT', 'BULK', 'EVALUATING', imei14, device_imei14, $8, owner_subject,
           'en', 'HOLDER', $2, $9, $10::int, $11::timestamptz, $11, $12::timestamptz, $13::timestamptz, now()
    from ranked where fate = 'REQUESTED' and has_place order by device_imei14
    on conflict (device_imei14) where ${LIVE} do nothing
    returning id
  ), told as (
    update unlock_batch_item i
    set request_id = q.id,
        outcome = case when r.fate <> 'REQUESTED' then r.fate
                       when not r.has_place then 'LIMIT_REACHED'
                       when q.id is null then 'DUPLICATE'
                       else 'REQUESTED' end
    from ranked r left join requested q on q.id = r.id
    where i.batch_id = $1 and i.n = r.n
  ), counted as (
    update unlock_entitlement e set used = e.used + made.requests, version = e.version + 1
    from (select count(*)::int as requests from requested) made
    where e.id = $2 and e.used + made.requests <= e.unlock_limit
    returning 1
  )
  select (select count(*)::int from requested) as requested, exists (select from counted) as counted`;
