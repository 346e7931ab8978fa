import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { possibleActs } from '../../platform/lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { CheckedRule } from '../eligibility/evaluate.js';
import type { UnlockQueue, UnlockRequestsQuery } from './unlock-request.dto.js';
import { LIVE_STATES, UNLOCK_ACTS, type UnlockState } from './unlock-request.lifecycle.js';
import type { UnlockRequestView } from './unlock-request.view.js';

/** For how long after a denial the customer may appeal. */
export const APPEAL_DAYS = 30;
const DAY_MS = 86_400_000;

const LATEST = { tag: 'unlock-requests', shape: ['uuid'] } as const;
const BY_DEADLINE = { tag: 'unlock-queue', shape: ['instant', 'uuid'] } as const;

interface RequestRow {
  id: string;
  number: string;
  kind: string;
  scope: string;
  channel: string;
  status: UnlockState;
  imei14: string;
  locationId: string | null;
  language: string;
  alternative: string | null;
  exemption: string | null;
  reasons: string[];
  nextEligibleAt: Date | null;
  method: string | null;
  stage: string | null;
  attemptsLeft: number | null;
  lock: string | null;
  lockRead: string | null;
  lockedTo: string | null;
  submittedAt: Date;
  receivedAt: Date | null;
  respondBy: Date | null;
  resolveBy: Date | null;
  respondedAt: Date | null;
  response: string | null;
  extensions: number;
  pausedAt: Date | null;
  deniedAt: Date | null;
  appealedAt: Date | null;
  version: number;
  disclosure: 'OWNER' | 'HOLDER';
  verdict: string | null;
  checks: CheckedRule[] | null;
  decidedAt: Date | null;
  policyId: string | null;
  policyCode: string | null;
  policyFrom: string | null;
}

const SELECT = `
  select r.id, r.number, r.kind, r.scope, r.channel, r.status, r.imei14, r.location_id as "locationId", r.language,
         r.alternative, r.exemption, r.reasons, r.next_eligible_at as "nextEligibleAt", r.method, r.stage,
         coalesce(r.attempts_left, l.attempts_left) as "attemptsLeft", l.state as lock,
         r.lock_read as "lockRead", r.locked_to as "lockedTo",
         r.submitted_at as "submittedAt", r.received_at as "receivedAt", r.respond_by as "respondBy",
         r.resolve_by as "resolveBy", r.responded_at as "respondedAt", r.response, r.extensions,
         r.paused_at as "pausedAt", r.denied_at as "deniedAt", r.appealed_at as "appealedAt", r.version, r.disclosure,
         d.verdict, d.checks, d.decided_at as "decidedAt", p.id as "policyId", p.code as "policyCode",
         p.effective_from::text as "policyFrom"
  from unlock_request r
  left join device_lock l on l.device_imei14 = r.device_imei14
  left join lateral (select verdict, checks, decided_at, policy_id from unlock_decision
                     where request_id = r.id order by id desc limit 1) d on true
  left join unlock_policy p on p.id = d.policy_id`;

const QUEUES: Readonly<Record<UnlockQueue, string>> = {
  AWAITING_DOCUMENTS: `r.status = 'AWAITING_DOCUMENTS'`,
  UNDER_REVIEW: `r.status = 'UNDER_REVIEW'`,
  AWAITING_CODE: `r.status = 'FULFILLING' and r.stage = 'AWAITING_CODE'`,
  FAILED: `r.status in ('CODE_FAILED', 'FULFILMENT_FAILED')`,
  WAITING_FOR_FACTS: `r.status = 'EVALUATING'`,
  NEAR_DEADLINE: `r.status in (${LIVE_STATES.map((state) => `'${state}'`).join()}) and r.responded_at is null
    and r.paused_at is null and r.respond_by < now() + interval '1 day'`,
};

/** Reads of unlock requests. */
@Injectable()
export class UnlockRequestsReads {
  constructor(private readonly db: DataSource) {}

  async list(caller: Caller, query: UnlockRequestsQuery): Promise<Page<UnlockRequestView>> {
    return query.queue ? this.queue(caller, query, query.queue) : this.latest(caller, query);
  }

  async get(caller: Caller, id: string): Promise<UnlockRequestView> {
    return readRequest(this.db, id, caller);
  }

  /** The requests ever made for a handset, the latest first. */
  async ofDevice(caller: Caller, imei14: string): Promise<UnlockRequestView[]> {
    const where = ownOnly(caller).always(`(r.imei14 = $IMEI or r.device_imei14 = $IMEI)`);
    const place = where.add(imei14);
    const sql = `${SELECT} where ${where.toString().replaceAll('$IMEI', place)} order by r.id desc limit 100`;
    const rows: RequestRow[] = await this.db.query(sql, where.parameters);
    return rows.map((row) => requestView(row, caller.role !== 'CUSTOMER'));
  }

  private async latest(caller: Caller, query: UnlockRequestsQuery): Promise<Page<UnlockRequestView>> {
    const [before] = placeAfter(LATEST, query) ?? [];
    const where = filtered(caller, query).only(before, (place) => `r.id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by r.id desc limit ${limit}`;
    const rows: RequestRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: LATEST.tag, keys: ({ id }) => [id], view: shownTo(caller) });
  }

  private async queue(
    caller: Caller,
    query: UnlockRequestsQuery,
    queue: UnlockQueue,
  ): Promise<Page<UnlockRequestView>> {
    const after = placeAfter(BY_DEADLINE, query);
    const where = filtered(caller, query).always(QUEUES[queue]).always('r.respond_by is not null');
    if (after) {
      where.always(`(r.respond_by, r.id) > (${where.add(after[0])}::timestamptz, ${where.add(after[1])}::uuid)`);
    }
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by r.respond_by, r.id limit ${limit}`;
    const rows: RequestRow[] = await this.db.query(sql, where.parameters);
    const keys = ({ respondBy, id }: RequestRow) => [moment(respondBy!), id];
    return pageOf(rows, query, { tag: BY_DEADLINE.tag, keys, view: shownTo(caller) });
  }
}

/** A till sees the requests of its store, a customer their own, the back office all. */
export function ownOnly(caller: Caller): Conditions {
  const where = new Conditions().only(caller.storeId, (place) => `r.location_id = ${place}`);
  return caller.role === 'CUSTOMER' ? where.only(caller.subject, (place) => `r.subject = ${place}`) : where;
}

function filtered(caller: Caller, query: UnlockRequestsQuery): Conditions {
  const where = ownOnly(caller)
    .only(query.status, (place) => `r.status = ${place}`)
    .only(query.locationId, (place) => `r.location_id = ${place}`);
  return query.open ? where.always('r.closed_at is null') : where;
}

/** @throws NotFound for one that is not there, or not the caller's */
export async function readRequest(
  db: Pick<EntityManager, 'query'>,
  id: string,
  caller?: Caller,
): Promise<UnlockRequestView> {
  const where = caller ? ownOnly(caller) : new Conditions();
  const sql = `${SELECT} where r.id = ${where.add(id)} and ${where.toString()}`;
  const [row]: RequestRow[] = await db.query(sql, where.parameters);
  if (!row) throw new NotFound('No such unlock request, or not yours.');
  return shownTo(caller)(row);
}

/** Staff see all; a customer the values too when the account is theirs. */
const shownTo = (caller: Caller | undefined) => (row: RequestRow) => requestView(row, caller?.role !== 'CUSTOMER');

function requestView(row: RequestRow, whole = true): UnlockRequestView {
  const { deniedAt, appealedAt } = row;
  const appealable = row.status === 'DENIED' && deniedAt && !appealedAt;
  return {
    ...{ id: row.id, number: row.number, kind: row.kind, scope: row.scope, channel: row.channel, status: row.status },
    ...{ imei: imeiOf15(row.imei14), locationId: row.locationId, language: row.language },
    ...{ alternative: row.alternative, exemption: row.exemption, reasons: row.reasons },
    nextEligibleAt: momentOrNull(row.nextEligibleAt),
    decision: decisionView(row, whole || row.disclosure === 'OWNER'),
    ...{ method: row.method, stage: row.stage, attemptsLeft: row.attemptsLeft, lock: row.lock ?? 'UNKNOWN' },
    ...{ lockRead: row.lockRead, lockedTo: row.lockedTo },
    clock: clockView(row),
    appealBy: appealable ? moment(new Date(deniedAt.getTime() + APPEAL_DAYS * DAY_MS)) : null,
    possibleActs: possibleActs(UNLOCK_ACTS, row.status),
    version: row.version,
  };
}

function decisionView(row: RequestRow, whole: boolean): UnlockRequestView['decision'] {
  const { verdict, checks, decidedAt } = row;
  if (!verdict || !checks || !decidedAt) return null;
  const policy = row.policyId ? { id: row.policyId, code: row.policyCode!, effectiveFrom: row.policyFrom! } : null;
  return { verdict, checks: shownChecks(checks, whole), decidedAt: moment(decidedAt), policy };
}

/** The rules as they are shown: without their parameters, which the policy has, and without the values to a stranger. */
export const shownChecks = (checks: readonly CheckedRule[], whole: boolean) =>
  checks.map(({ parameters: _, ...check }) => (whole ? check : { ...check, seen: null }));

const clockView = (row: RequestRow) => ({
  submittedAt: moment(row.submittedAt),
  receivedAt: momentOrNull(row.receivedAt),
  respondBy: momentOrNull(row.respondBy),
  resolveBy: momentOrNull(row.resolveBy),
  respondedAt: momentOrNull(row.respondedAt),
  response: row.response,
  extensions: row.extensions,
  paused: row.pausedAt !== null,
});
