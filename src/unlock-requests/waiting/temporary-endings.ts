import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { type Doer, system } from '../../platform/caller.js';
import { log } from '../../platform/log.js';
import { recordAct } from '../../platform/history.js';
import { caseOf, writeDecision } from '../decisions/decisions.js';
import { earlierUnlocks, lockCaps, ofOne } from '../decisions/earlier-unlocks.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import type { Course } from '../decisions/case.js';
import { judge } from '../decisions/judgement.js';
import { noteLock, readLock } from '../fulfilment/device-locks.js';
import { lockRequest } from '../requests/own-requests.js';
import type { UnlockRequest } from '../requests/unlock-request.entity.js';

const BATCH = 100;
/** So long after its end an unlock is left alone while billing or a registry does not answer. */
const MOST_PATIENCE_MS = 24 * 3_600_000;

interface Ending {
  id: string;
  requestId: string;
  imei14: string;
  lineId: string | null;
  grantedAt: Date;
  endsAt: Date;
}

/** Taken for two minutes: should this process die, another takes them then. */
const CLAIM = `
  update unlock_grant g set look_again_at = now() + interval '2 minutes'
  from unlock_request r where r.id = g.request_id and g.id in (
    select o.id from unlock_grant o join unlock_request q on q.id = o.request_id and q.closed_at is not null
    where o.ends_at < now() and o.ended_at is null and o.revoked_at is null
      and (o.look_again_at is null or o.look_again_at <= now())
    order by o.ends_at limit ${BATCH} for no key update of o skip locked)
  returning g.id, g.request_id as "requestId", r.imei14, g.line_id as "lineId", g.granted_at as "grantedAt",
    g.ends_at as "endsAt"`;

/** Unlocks for a while whose time is over: made permanent when that can be had by now, else locked again. */
@Injectable()
export class TemporaryEndings implements OnApplicationBootstrap {
  constructor(
    private readonly acts: Acts,
    private readonly facts: FactsGatherer,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('unlocks for a while', () => this.end(system(`endings-${randomUUID()}`)));
  }

  private async end(by: Doer): Promise<void> {
    for (;;) {
      const [ending]: [Ending[], number] = await this.acts.transaction((tx) => tx.query(CLAIM));
      if (!ending.length) return;
      const gathered = await this.facts.gather(ending);
      for (const [at, grant] of ending.entries()) await this.endSafely(by, grant, gathered[at]!);
    }
  }

  /** One that fails keeps no other from its turn; its claim runs out and it is tried again. */
  private async endSafely(by: Doer, grant: Ending, gathered: Gathered): Promise<void> {
    try {
      await this.acts.transaction((tx) => endOne(tx, by, grant, gathered));
    } catch (failed) {
      log.warn({ grant: grant.id, error: failed instanceof Error ? failed.name : 'unknown' }, 'an unlock did not end');
    }
  }
}

async function endOne(tx: EntityManager, by: Doer, grant: Ending, gathered: Gathered): Promise<void> {
  const request = await lockRequest(tx, grant.requestId);
  const open: unknown[] = await tx.query(
    'select 1 from unlock_grant where id = $1 and ended_at is null and revoked_at is null and ends_at is not null',
    [grant.id],
  );
  if (!open.length) return;
  const { state } = await readLock(tx, request.deviceImei14);
  // Another request has unlocked it for good meanwhile, or this one never did.
  if (state !== 'TEMP_UNLOCKED') return ended(tx, grant);
  const course = await judgedForGood(tx, by, { request, grant, gathered });
  if (course === 'APPROVE') return forGood(tx, by, request, grant);
  const late = Date.now() - grant.endsAt.getTime() > MOST_PATIENCE_MS;
  if (course === 'HOLD' && !late) return lookLater(tx, grant);
  return lockedAgain(tx, by, { request, grant, relock: gathered.policy?.content.temporary?.relock ?? true });
}

/** Whether the handset could be unlocked for good by now. Its own unlock for a while counts under no cap against it. */
async function judgedForGood(
  tx: EntityManager,
  by: Doer,
  { request, grant, gathered }: { request: UnlockRequest; grant: Ending; gathered: Gathered },
): Promise<Course> {
  const whose = { deviceImei14: request.deviceImei14, line: gathered.identifiers[0].billing.line };
  await lockCaps(tx, gathered.policy, whose);
  const own = grant.grantedAt.toISOString();
  const earlier = ofOne(await earlierUnlocks(tx, [whose]), whose).filter(
    ({ imei14, grantedAt }) => imei14 !== request.deviceImei14 || grantedAt !== own,
  );
  const asked = { ...request, scope: 'PERMANENT', alternative: null } as const;
  const one = await caseOf(tx, asked, gathered, earlier);
  const judgement = judge(one, new Date());
  await writeDecision(tx, by, asked, one, judgement);
  return judgement.course;
}

const ended = async (tx: EntityManager, { id }: Ending): Promise<void> => {
  await tx.query('update unlock_grant set ended_at = now(), look_again_at = null where id = $1', [id]);
};

const lookLater = async (tx: EntityManager, { id }: Ending): Promise<void> => {
  await tx.query(`update unlock_grant set look_again_at = now() + interval '15 minutes' where id = $1`, [id]);
};

async function forGood(tx: EntityManager, by: Doer, request: UnlockRequest, grant: Ending): Promise<void> {
  await tx.query(`update unlock_grant set kind = 'PERMANENT', ends_at = null, look_again_at = null where id = $1`, [
    grant.id,
  ]);
  await noteLock(tx, request.deviceImei14, { state: 'UNLOCKED' }, `request ${request.number}`);
  await tell(tx, by, request, { grant, act: 'makePermanent', type: 'device.unlocked-for-good' });
}

interface Locked {
  request: UnlockRequest;
  grant: Ending;
  relock: boolean;
}

async function lockedAgain(tx: EntityManager, by: Doer, { request, grant, relock }: Locked): Promise<void> {
  await ended(tx, grant);
  const state = relock ? 'LOCKED' : 'UNLOCKED';
  await noteLock(tx, request.deviceImei14, { state }, `end of request ${request.number}`);
  if (relock) await tell(tx, by, request, { grant, act: 'relock', type: 'device.relocked' });
  else await tell(tx, by, request, { grant, act: 'endTemporary', type: 'device.left-unlocked' });
}

async function tell(
  tx: EntityManager,
  by: Doer,
  { id, number, locationId }: UnlockRequest,
  { grant, act, type }: { grant: Ending; act: string; type: string },
): Promise<void> {
  const about = { grantId: grant.id, endsAt: grant.endsAt.toISOString() };
  await publish(tx, by, {
    ...{ type, aggregateKind: 'unlock-request', aggregateId: id, locationId, payload: { number, ...about } },
  });
  await recordAct(tx, by, { subjectKind: 'unlock-request', subjectId: id, act, locationId, details: about });
}
