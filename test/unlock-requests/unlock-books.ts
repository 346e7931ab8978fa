import type pg from 'pg';
import {
  LIVE_STATES,
  UNLOCK_ACTS,
  type UnlockAct,
} from '../../src/unlock-requests/requests/unlock-request.lifecycle.js';

export interface Disagreement {
  what: string;
  of: string;
}

const live = LIVE_STATES.map((state) => `'${state}'`).join();

/** Where the books of unlocking tell two stories about a request. */
const DISAGREEMENTS = `
  with told as (
    select r.*, exists (select from history h where h.subject_id = r.id and h.act = 'approve') as approved,
      exists (select from history h where h.subject_id = r.id and h.act = 'reportFailure') as code_failed
    from unlock_request r
  ), moves as (
    select subject_id, to_state, count(*) as n from history
    where subject_kind = 'unlock-request' and to_state is not null and act <> 'request' group by 1, 2
  ), events as (
    select aggregate_id, upper(replace(substr(type, 16), '-', '_')) as to_state, count(*) as n from outbox_event
    where type like 'unlock-request.%' group by 1, 2
  ), audited as (
    select subject_id, (details ->> 'codeId')::uuid as code_id, count(*) as n from history
    where act = 'revealCode' and chain is not null group by 1, 2
  ), announced as (
    select aggregate_id, (payload ->> 'codeId')::uuid as code_id, count(*) as n from outbox_event
    where type = 'unlock-code.revealed' group by 1, 2
  ), answered as (
    select (body::jsonb ->> 'codeId')::uuid as code_id, count(*) as n from idempotency_key
    where operation = 'POST /v1/unlock-requests/:id/reveal-code' and status < 400 group by 1
  )
  select 'two live requests' as what, device_imei14 as of from unlock_request
  where status in (${live}) group by 2 having count(*) > 1
  union all
  select 'version and moves', id::text from told r
  where version <> 1 + (select coalesce(sum(n), 0) from moves m where m.subject_id = r.id)
  union all
  select 'grant', id::text from told r
  where (approved and status not in ('DENIED', 'CANCELLED', 'REVOKED'))::int
      <> (select count(*) from unlock_grant g where g.request_id = r.id and g.revoked_at is null)
     or approved::int <> (select count(*) from unlock_grant g where g.request_id = r.id)
  union all
  select 'lock', r.id::text from told r left join device_lock l on l.device_imei14 = r.device_imei14
  where l.state is distinct from case when r.status = 'COMPLETED' then 'UNLOCKED' when code_failed then 'LOCKED' end
     or (code_failed and l.attempts_left is distinct from r.attempts_left)
  union all
  select 'lock of nobody', device_imei14 from device_lock l
  where not exists (select from unlock_request r where r.device_imei14 = l.device_imei14)
  union all
  select 'decision', id::text from told r
  where (select count(*) from unlock_decision d where d.request_id = r.id) <> 1
  union all
  select 'moves and events', coalesce(m.subject_id, e.aggregate_id)::text
  from moves m full join events e on e.aggregate_id = m.subject_id and e.to_state = m.to_state
  where m.n is distinct from e.n
  union all
  select 'reveal and audit', coalesce(v.id, a.subject_id)::text
  from unlock_code_reveal v full join audited a on a.subject_id = v.request_id and a.code_id = v.code_id
  where v.id is null or a.n is distinct from 1
  union all
  select 'reveal and event', coalesce(v.id, a.aggregate_id)::text
  from unlock_code_reveal v full join announced a on a.aggregate_id = v.request_id and a.code_id = v.code_id
  where v.id is null or a.n is distinct from 1
  union all
  select 'reveal and answer', coalesce(v.code_id, a.code_id)::text
  from unlock_code_reveal v full join answered a on a.code_id = v.code_id
  where v.id is null or a.n is distinct from 1
  union all
  select 'code that failed', c.id::text from unlock_code c
  where (c.status = 'FAILED') <> exists (
    select from unlock_code_reveal v join history h on h.subject_id = v.request_id and h.act = 'reportFailure'
      and h.id > v.id where v.code_id = c.id)
  union all
  select 'key without an answer', key from idempotency_key where body is null
  union all
  select 'key and request', coalesce(k.key, r.id::text)
  from (select key, (body::jsonb ->> 'id')::uuid as id from idempotency_key
        where operation = 'POST /v1/unlock-requests' and status < 400) k
  full join unlock_request r on r.id = k.id where k.id is null or r.id is null
  union all
  select 'keys and acts', operation from (
    select operation, count(*) as n from idempotency_key where status < 400 group by 1) k
  join (values ('POST /v1/unlock-requests/:id/report', '{reportFailure,complete}'::text[]),
               ('POST /v1/unlock-requests/:id/propose-approval', '{proposeApproval}'),
               ('POST /v1/unlock-requests/:id/approve', '{overrideRules}'),
               ('POST /v1/unlock-requests/:id/cancel', '{cancel}')) as known (operation, acts) using (operation)
  where n <> (select count(*) from history where act = any (acts))`;

interface Step {
  id: string;
  status: string;
  act: string;
  from_state: string | null;
  to_state: string | null;
}

/** Requests whose history has a gap, a move that is not allowed, or another end than the request itself. */
async function brokenHistories(db: pg.Pool): Promise<Disagreement[]> {
  const { rows } = await db.query<Step>(
    `select r.id, r.status, h.act, h.from_state, h.to_state from unlock_request r
     left join history h on h.subject_id = r.id and h.to_state is not null order by r.id, h.id`,
  );
  const histories = new Map<string, Step[]>();
  for (const step of rows) histories.set(step.id, [...(histories.get(step.id) ?? []), step]);
  return [...histories].filter(([, steps]) => !isWhole(steps)).map(([of]) => ({ what: 'history', of }));
}

function isWhole(steps: readonly Step[]): boolean {
  let state: string | null = null;
  for (const { act, from_state: from, to_state: to } of steps) {
    const known = UNLOCK_ACTS[act as UnlockAct] as { from: readonly string[]; to: string } | undefined;
    const legal = act === 'request' ? state === null : known?.to === to && known.from.includes(from!);
    if (!legal || from !== state) return false;
    state = to;
  }
  return state === steps[0]!.status;
}

/** Everything in which the books of unlocking contradict each other; empty when they agree. */
export async function unlockDisagreements(db: pg.Pool): Promise<Disagreement[]> {
  const { rows } = await db.query<Disagreement>(DISAGREEMENTS);
  return [...rows, ...(await brokenHistories(db))];
}
