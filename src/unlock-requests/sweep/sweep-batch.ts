import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Doer } from '../../platform/caller.js';
import { Decisions } from '../decisions/decisions.js';
import { earlierUnlocks, ofOne } from '../decisions/earlier-unlocks.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import { judge } from '../decisions/judgement.js';
import type { KnownLock } from '../fulfilment/device-locks.js';
import { receiveRequest } from '../requests/receiving.js';
import { LIVE_STATES } from '../requests/unlock-request.lifecycle.js';
import { DuplicateUnlockRequest } from '../requests/unlock-requests.errors.js';

/** So many acts at once, of the sixteen connections that tills need as well. */
const LANES = 4;

/** What one batch of devices came to. */
export interface BatchTally {
  eligible: number;
  requested: number;
  noticed: number;
}

interface Standing extends KnownLock {
  device: string;
  live: boolean;
}

const STANDINGS = `
  select d.device, coalesce(l.state, 'UNKNOWN') as state, l.until, l.attempts_left as "attemptsLeft",
         exists (select from unlock_request r where r.device_imei14 = d.device
                 and r.status in (${LIVE_STATES.map((state) => `'${state}'`).join()}))
           or exists (select from unlock_grant g where g.device_imei14 = d.device
                      and g.revoked_at is null and g.ended_at is null) as live
  from unnest($1::text[]) with ordinality as d (device, n) left join device_lock l on l.device_imei14 = d.device
  order by d.n`;

/** The same device is told of once a policy; the event goes out with the note that it did. */
const NOTICE = `
  with told as (
    insert into unlock_eligibility_notice (device_imei14, policy_id)
    select * from unnest($1::text[], $2::uuid[]) on conflict do nothing returning device_imei14, policy_id
  )
  insert into outbox_event (id, type, aggregate_kind, aggregate_id, payload, correlation_id)
  select gen_random_uuid(), 'device.eligible', 'device', d.id, jsonb_build_object('policyId', t.policy_id), $3
  from told t join device_record d on d.imei14 = t.device_imei14
  returning id`;

/** Looks at a batch of devices: a handful of statements to judge a thousand, then one act for each that is unlocked. */
@Injectable()
export class SweepBatch {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly facts: FactsGatherer,
    private readonly decisions: Decisions,
  ) {}

  /** `keep` is called after every act: a batch in which all are unlocked takes longer than one in which none is. */
  async look(by: Doer, imei14s: readonly string[], keep: () => Promise<void>): Promise<BatchTally> {
    const gathered = await this.facts.gather(imei14s.map((imei14) => ({ imei14 })));
    const eligible = await this.eligible(gathered.filter(concerned));
    const automatic = eligible.filter(({ policy }) => policy!.content.mode !== 'ON_REQUEST');
    const toTell = eligible.filter(({ policy }) => policy!.content.mode === 'ON_REQUEST');
    const requested = await this.requestAll(by, automatic, keep);
    return { eligible: eligible.length, requested, noticed: await this.tell(by, toTell) };
  }

  /** A few at a time: one act after the other mostly waits for the database. @returns how many were requested */
  private async requestAll(by: Doer, eligible: readonly Gathered[], keep: () => Promise<void>): Promise<number> {
    let requested = 0;
    const queue = eligible.values();
    const lane = async () => {
      for (const one of queue) {
        const made = await this.request(by, one);
        requested += made;
        await keep();
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const failed = lanes.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed) throw failed.reason;
    return requested;
  }

  /** Those that may be unlocked now and are not, and that nobody has asked for yet. */
  private async eligible(gathered: readonly Gathered[]): Promise<Gathered[]> {
    if (!gathered.length) return [];
    const whose = gathered.map(({ handset, identifiers }) => ({
      deviceImei14: handset.deviceImei14,
      line: identifiers[0].billing.line,
    }));
    const earlier = await earlierUnlocks(this.db, whose);
    const standings: Standing[] = await this.db.query(STANDINGS, [whose.map(({ deviceImei14 }) => deviceImei14)]);
    const now = new Date();
    return gathered.filter(({ identifiers, handset, policy }, at) => {
      const { live, ...lock } = standings[at]!;
      const facts = { identifiers, soldFromStock: handset.sold, earlierUnlocks: ofOne(earlier, whose[at]!) };
      const one = { policy, lock, scope: 'PERMANENT' as const, asked: {} };
      if (live || lock.state === 'TEMP_UNLOCKED') return false;
      return judge({ ...one, facts: { ...facts, channel: 'AUTO', acceptedDocuments: [] } }, now).course === 'APPROVE';
    });
  }

  /** Decided once more in the act itself, where the caps are locked. */
  private async request(by: Doer, gathered: Gathered): Promise<number> {
    try {
      await this.acts.transaction(async (tx) => {
        const received = await receiveRequest(tx, by, gathered, {
          ...{ kind: 'AUTO', scope: 'PERMANENT', channel: 'AUTO', language: 'en', disclosure: 'HOLDER' },
          ...{ locationId: null, subject: null, alternative: null, exemption: null },
        });
        const { status } = await this.decisions.decide(tx, by, received, gathered);
        if (status === 'DENIED') throw new NoMoreEligible();
      });
      return 1;
    } catch (failed) {
      if (failed instanceof NoMoreEligible) return 0;
      // Somebody asked for it a moment ago.
      if (failed instanceof DuplicateUnlockRequest || isLiveAlready(failed)) return 0;
      throw failed;
    }
  }

  private async tell(by: Doer, gathered: readonly Gathered[]): Promise<number> {
    const toTell = gathered.filter(({ policy }) => policy!.content.notices.includes('AT_ELIGIBILITY'));
    if (!toTell.length) return 0;
    const told: unknown[] = await this.db.query(NOTICE, [
      ...[toTell.map(({ handset }) => handset.imei14), toTell.map(({ policy }) => policy!.id), by.correlationId],
    ]);
    return told.length;
  }
}

/** Others of the batch have filled a cap: nobody asked, so nobody is denied. The whole request is undone. */
class NoMoreEligible extends Error {}

/** Only under some policies anything happens without being asked. */
const concerned = ({ policy }: Gathered): boolean =>
  policy !== undefined && (policy.content.mode !== 'ON_REQUEST' || policy.content.notices.includes('AT_ELIGIBILITY'));

const isLiveAlready = (failed: unknown): boolean =>
  (failed as { driverError?: { constraint?: string } }).driverError?.constraint === 'unlock_request_live_key';
