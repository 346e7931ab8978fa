import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { oneOf } from '../../platform/one-of.js';
import { newId } from '../../values/id.js';
import { LIVE_STATES } from '../requests/unlock-request.lifecycle.js';

const MOST_AT_ONCE = 200;

const ANSWERING = `responded_at is null and respond_breached_at is null and paused_at is null
  and ${oneOf('status', LIVE_STATES)}`;
// An appeal that came after the due time reopens what was settled in time.
const SETTLING = `resolve_breached_at is null and paused_at is null and ${oneOf('status', LIVE_STATES)}
  and (appealed_at is null or appealed_at < resolve_by)`;

/** What a clock does when it has run so far. */
interface Deadline {
  act: 'warn' | 'overdue';
  event: string;
  told: Readonly<Record<string, unknown>>;
  /** Marks those due, at most a batch, so that nobody does it again. */
  mark: string;
}

// Materialised, lest a plan picks its batch once for every row and so more than a batch.
const warnSql = (percent: '50' | '80'): string => `
  with due as materialized (
    select id from unlock_request
    where ${ANSWERING} and warned < ${percent} and respond_by >= now()
      and received_at + (respond_by - received_at) * 0.01 * ${percent} <= now()
    order by respond_by limit ${MOST_AT_ONCE} for no key update skip locked
  )
  update unlock_request r set warned = ${percent} from due where r.id = due.id
  returning r.id, r.number, r.status, r.location_id`;

const UNANSWERED = `
  with due as materialized (
    select id from unlock_request where ${ANSWERING} and respond_by < now()
    order by respond_by limit ${MOST_AT_ONCE} for no key update skip locked
  )
  update unlock_request r set respond_breached_at = now() from due where r.id = due.id
  returning r.id, r.number, r.status, r.location_id`;

const UNSETTLED = `
  with due as materialized (
    select id from unlock_request where ${SETTLING} and resolve_by < now()
    order by resolve_by limit ${MOST_AT_ONCE} for no key update skip locked
  )
  update unlock_request r set resolve_breached_at = now() from due where r.id = due.id
  returning r.id, r.number, r.status, r.location_id`;

/** The nearest to the end first: what is overdue is not warned of any more, what is at 80 not of 50. */
export const DEADLINES: readonly Deadline[] = [
  { act: 'overdue', event: 'unlock-request.overdue', told: { clock: 'RESPONSE' }, mark: UNANSWERED },
  { act: 'overdue', event: 'unlock-request.overdue', told: { clock: 'RESOLUTION' }, mark: UNSETTLED },
  { act: 'warn', event: 'unlock-request.due-soon', told: { percent: 80 }, mark: warnSql('80') },
  { act: 'warn', event: 'unlock-request.due-soon', told: { percent: 50 }, mark: warnSql('50') },
];

interface Due {
  id: string;
  number: string;
  status: string;
  location_id: string | null;
}

/** Marks a batch of requests whose clock has run so far and tells of it. @returns whether there may be more */
export async function meetDeadline(tx: EntityManager, by: Doer, deadline: Deadline): Promise<boolean> {
  const { act, event, told } = deadline;
  const [due]: [Due[], number] = await tx.query(deadline.mark);
  if (!due.length) return false;
  const which = [due.map(({ id }) => id), due.map((one) => one.location_id)];
  await tx.query(
    `insert into history (id, subject_kind, subject_id, act, from_state, to_state, details, actor, actor_role,
       location_id, correlation_id)
     select id, 'unlock-request', subject_id, $5, status, status, $6, $7, $8, location_id, $9
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as due (id, subject_id, location_id, status)`,
    [
      ...[due.map(newId), ...which, due.map(({ status }) => status)],
      ...[act, JSON.stringify(told), by.actor, by.role, by.correlationId],
    ],
  );
  await tx.query(
    `insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
     select id, $5, 'unlock-request', request_id, location_id, $6::jsonb || jsonb_build_object('number', number), $7
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as due (id, request_id, location_id, number)`,
    [
      ...[due.map(newId), ...which, due.map(({ number }) => number)],
      ...[event, JSON.stringify(told), by.correlationId],
    ],
  );
  return due.length === MOST_AT_ONCE;
}
