/**
 * A file handed in again changes nothing, also after what it listed has been lifted: a report is known by its device,
 * reason, source and day. A removal that is older than the report that stands is passed over.
 *
 * $1 rows, $2 list, $3 who, $4 why what is removed is lifted
 */
export const STORE_LISTINGS = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as g (n int, id uuid, imei text, reporting_date date, status text,
      change_type text, reason text, source text)
  ), standing as (
    select g.*, g.status = 'pending' as pending, live.id as live_id, live.reported_on, live.pending as live_pending,
      exists (select from block_entry e where (e.imei14, e.reason, e.source, e.reported_on)
        = (g.imei, g.reason, g.source, g.reporting_date) and e.lifted_at is not null) as lifted_before,
      exists (select from block_entry e where (e.imei14, e.reason, e.source) = (g.imei, g.reason, g.source)) as known
    from given g left join block_entry live on (live.imei14, live.reason, live.source) = (g.imei, g.reason, g.source)
      and live.lifted_at is null
  ), decided as (
    select s.*, case
      when change_type = 'add' and live_id is null then case when lifted_before then 'unchanged' else 'place' end
      when change_type = 'add' and (reporting_date < reported_on
        or (reporting_date, pending) = (reported_on, live_pending)) then 'unchanged'
      when change_type = 'add' then 'listed'
      when live_id is null then case when change_type = 'remove' and known then 'unchanged' else 'not listed' end
      when change_type = 'remove' then case when reporting_date < reported_on then 'unchanged' else 'lift' end
      when (reporting_date, pending) = (reported_on, live_pending) then 'unchanged'
      else 'correct' end as decision
    from standing s
  ), placed as (
    insert into block_entry (id, imei14, list, reason, source, reported_on, pending, placed_by)
    select id, imei, $2, reason, source, reporting_date, pending, $3 from decided where decision = 'place' order by imei
  ), lifted as (
    update block_entry e set lifted_at = now(), lifted_by = $3, lifted_reason = $4, version = e.version + 1
    from decided d where e.id = d.live_id and d.decision = 'lift' and e.lifted_at is null
  ), corrected as (
    update block_entry e set reported_on = d.reporting_date, pending = d.pending, version = e.version + 1
    from decided d where e.id = d.live_id and d.decision = 'correct' and e.lifted_at is null
  )
  select case when decision in ('place', 'lift', 'correct') then 'applied' else decision end as outcome
  from decided order by n`;
