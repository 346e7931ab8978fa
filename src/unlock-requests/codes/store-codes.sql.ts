/** What became of one code of a file. */
export interface StoredCode {
  n: number;
  outcome: 'HELD' | 'KNOWN' | 'FAILED_BEFORE' | 'CONFLICT' | 'UNKNOWN_IMEI';
}

/**
 * Stores sealed codes in one statement. The same code again changes nothing. A second code for the same lock is
 * quarantined, and so is the first one while its file has not been approved: one of the two is wrong. Each `lateral …
 * limit 1` is a look-up by key: joined as a whole, every code there is would be sorted for every batch.
 * $1 job, $2 actor, $3 positions, $4 imei14s, $5 types, $6 MEP ids, $7 PRDs, $8 lots, $9 sealed, $10 data keys, $11 hashes
 */
export const STORE_CODES = `
  with given as (
    select * from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::uuid[],
                         $11::bytea[]) as g (n, imei14, type, mep_id, prd, lot, sealed, key_id, hash)
  ), placed as (
    select g.*, row_number() over (partition by imei14, type, hash order by n) as again,
           count(*) over (partition by imei14, type) - count(*) over (partition by imei14, type, hash) as others,
           exists (select from unit_identifier i where i.kind = 'IMEI' and i.value = g.imei14)
             or exists (select from device_record d where d.imei14 = g.imei14) as known_imei
    from given g
  ), looked as (
    select p.*, same.status as same_status, held.id as held_id, held.batch_id as held_batch
    from placed p
    left join lateral (
      select c.status from unlock_code c
      where c.device_imei14 = p.imei14 and c.code_type = p.type and c.code_hash = p.hash and c.status <> 'DISCARDED'
      limit 1) same on true
    left join lateral (
      select c.id, c.batch_id, c.code_hash from unlock_code c
      where c.device_imei14 = p.imei14 and c.code_type = p.type and c.status = 'HELD' limit 1) held on held.code_hash <> p.hash
  ), judged as (
    select l.*, case
      when same_status = 'FAILED' then 'FAILED_BEFORE'
      when same_status is not null or again > 1 then 'KNOWN'
      when held_id is not null or others > 0 then 'CONFLICT'
      when not known_imei then 'UNKNOWN_IMEI'
      else 'HELD' end as outcome
    from looked l
  ), batch as (
    insert into unlock_code_batch (id, import_job_id, status, authored_by)
    select $1, $1, 'STAGED', $2 where exists (select from judged where outcome in ('HELD', 'CONFLICT', 'UNKNOWN_IMEI'))
    on conflict (import_job_id) do nothing
  ), doubted as (
    update unlock_code c set status = 'QUARANTINED', quarantine = 'CONFLICT'
    from judged j join unlock_code_batch b on b.id = j.held_batch and b.status = 'STAGED'
    where j.outcome = 'CONFLICT' and c.id = j.held_id
  ), stored as (
    insert into unlock_code (id, device_imei14, code_type, status, quarantine, sealed, data_key_id, code_hash, batch_id,
                             mep_id, prd, lot)
    select gen_random_uuid(), imei14, type, case outcome when 'HELD' then 'HELD' else 'QUARANTINED' end,
           nullif(outcome, 'HELD'), sealed, key_id, hash, $1, mep_id, prd, lot
    from judged where outcome in ('HELD', 'CONFLICT', 'UNKNOWN_IMEI')
  )
  select n, outcome from judged order by n`;
