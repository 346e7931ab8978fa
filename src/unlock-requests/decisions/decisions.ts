import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import type { UnlockFacts } from '../eligibility/facts.js';
import { readLock } from '../fulfilment/device-locks.js';
import { holdsCode } from '../codes/held-codes.js';
import { Fulfilment } from '../fulfilment/fulfilment.js';
import { moveRequest, responded } from '../requests/moves.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';
import { earlierUnlocks, lockCaps, ofOne } from './earlier-unlocks.js';
import type { Gathered } from './facts-gatherer.js';
import type { Case, Judgement } from './case.js';
import { judge } from './judgement.js';

/** Facts that could not be had are asked for again after a quarter of an hour, then ever later, at last every four hours. */
const askedAgain = ({ looks }: UnlockRequest) => ({
  looks: () => 'looks + 1',
  askAgainAt: () => `now() + interval '${Math.min(15 * 2 ** looks, 240)} minutes'`,
});
const DAYS_FOR_DOCUMENTS = 30;

/** Steps that decide a request, in the transaction of the act that asks for it. */
@Injectable()
export class Decisions {
  constructor(private readonly fulfilment: Fulfilment) {}

  /** Judges a request by the facts gathered, writes down how, and moves it on. */
  async decide(
    tx: EntityManager,
    by: Doer,
    request: UnlockRequest,
    known: Gathered,
    { watched = false } = {},
  ): Promise<UnlockRequest> {
    const gathered = request.kind === 'INBOUND' ? { ...known, policy: undefined } : known;
    const whose = { deviceImei14: request.deviceImei14, line: gathered.identifiers[0].billing.line };
    await lockCaps(tx, gathered.policy, whose);
    const one = await caseOf(tx, request, gathered, ofOne(await earlierUnlocks(tx, [whose]), whose));
    const judgement = judge(one, new Date());
    await writeDecision(tx, by, request, one, judgement);
    return this.proceed(tx, by, request, watched ? looked(judgement) : judgement, gathered);
  }

  private async proceed(
    tx: EntityManager,
    by: Doer,
    request: UnlockRequest,
    { course, reasons, nextEligibleAt, documents }: Judgement,
    gathered: Gathered,
  ): Promise<UnlockRequest> {
    const found = { reasons, nextEligibleAt, ...knownOf(gathered) };
    switch (course) {
      case 'APPROVE': {
        const approved = await moveRequest(tx, by, request, 'approve', { also: { ...found, reasons: [] } });
        await grant(tx, approved, gathered);
        return this.fulfilment.begin(tx, by, approved, gathered.handset);
      }
      case 'DENY':
        return moveRequest(tx, by, request, 'deny', {
          also: { ...found, deniedAt: () => 'now()', ...responded('DENIED') },
        });
      case 'REFER':
        return moveRequest(tx, by, request, 'deny', {
          also: { ...found, method: 'REFERRAL', deniedAt: () => 'now()', ...responded('REFERRED') },
        });
      case 'ALREADY_UNLOCKED':
        return moveRequest(tx, by, request, 'complete', {
          also: { ...found, method: 'ALREADY_UNLOCKED', ...responded('COMPLETED') },
        });
      case 'REVIEW':
        return moveRequest(tx, by, request, 'review', { also: found });
      case 'HOLD':
        return moveRequest(tx, by, request, 'hold', { also: { ...found, ...askedAgain(request) } });
      case 'ASK_DOCUMENTS':
        return moveRequest(tx, by, request, 'askDocuments', {
          also: {
            ...found,
            ...{ documentsBy: () => `now() + interval '${DAYS_FOR_DOCUMENTS} days'`, pausedAt: () => 'now()' },
            ...responded('DOCUMENTS_REQUESTED'),
          },
          details: { documents },
        });
    }
  }
}

/** Somebody asks so often that a person looks before anything is unlocked. */
const looked = (judgement: Judgement): Judgement =>
  judgement.course === 'APPROVE' ? { ...judgement, course: 'REVIEW', reasons: ['FRAUD_REVIEW'] } : judgement;

/** What billing made known about whose request it is. */
const knownOf = ({ identifiers: [{ billing }], policy }: Gathered) => ({
  ...(policy ? { policyId: policy.id } : {}),
  ...(billing.line ? { lineId: billing.line.lineId, accountId: billing.line.accountId } : {}),
});

/** All that the judgement of a request rests on. */
export async function caseOf(
  tx: EntityManager,
  request: UnlockRequest,
  { identifiers, handset, policy }: Gathered,
  earlier: UnlockFacts['earlierUnlocks'],
): Promise<Case> {
  const documents: { type: string }[] = await tx.query(
    `select distinct type from unlock_document where request_id = $1 and verdict = 'ACCEPTED' order by type`,
    [request.id],
  );
  const facts: UnlockFacts = {
    ...{ identifiers, soldFromStock: handset.sold, earlierUnlocks: earlier, channel: request.channel },
    acceptedDocuments: documents.map(({ type }) => type),
  };
  const asked = { alternative: request.alternative, exemption: request.exemption };
  const known = await readLock(tx, request.deviceImei14);
  // What the customer reads off the handset is nearer to it than our books, and concerns this request only.
  const lock = { state: request.lockRead ?? known.state, attemptsLeft: request.attemptsLeft ?? known.attemptsLeft };
  const one = { policy, facts, lock, scope: request.scope, asked };
  return request.kind === 'INBOUND' ? { ...one, brought: { codeHeld: await holdsCode(tx, request) } } : one;
}

/** Keeps how a request was judged, and by which facts. */
export async function writeDecision(
  tx: EntityManager,
  by: Doer,
  request: UnlockRequest,
  { policy, facts, asked }: Case,
  { verdict, reasons, nextEligibleAt, checks }: Judgement,
): Promise<void> {
  await tx.query(
    `insert into unlock_decision
       (id, request_id, policy_id, verdict, reasons, next_eligible_at, checks, facts, asked, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[newId(), request.id, policy?.id ?? null, verdict, reasons, nextEligibleAt],
      ...[JSON.stringify(checks), JSON.stringify(facts), JSON.stringify(asked), by.actor],
    ],
  );
}

/** From now on the unlock counts under every cap. */
export async function grant(
  tx: EntityManager,
  request: UnlockRequest,
  { policy, identifiers }: Gathered,
): Promise<void> {
  const alternative = policy?.content.alternatives.find(({ name }) => name === request.alternative);
  const days = request.scope === 'TEMPORARY' ? (policy?.content.temporary?.days ?? null) : null;
  const { line } = identifiers[0].billing;
  await tx.query(
    `insert into unlock_grant (id, request_id, device_imei14, kind, line_id, account_id, ends_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))
     on conflict (request_id) do update
       set granted_at = now(), revoked_at = null, ends_at = excluded.ends_at`,
    [
      ...[newId(), request.id, request.deviceImei14],
      alternative ? (alternative.unlockKind ?? alternative.name) : request.scope,
      ...[line?.lineId ?? null, line?.accountId ?? null, days],
    ],
  );
}
