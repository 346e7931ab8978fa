import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { earlierUnlocks, ofOne } from '../decisions/earlier-unlocks.js';
import { FactsGatherer, type Gathered } from '../decisions/facts-gatherer.js';
import type { Case, Judgement } from '../decisions/case.js';
import { judge } from '../decisions/judgement.js';
import type { HandsetRecord } from '../../stock/units/handset-records.js';
import type { KnownLock } from '../fulfilment/device-locks.js';
import { disclosureTo, mayAsk } from './asking.js';
import { channelOf } from './channel.js';
import type { AskUnlockDto } from './unlock-request.dto.js';
import { type Disclosure, LIVE_STATES } from './unlock-request.lifecycle.js';
import type { EligibilityView, PreCheckView } from './eligibility.view.js';
import { shownChecks } from './unlock-requests.query.js';
import { askedImei } from './asked-imei.js';

/** The answer to "may I?", before anything is asked for. */
@Injectable()
export class PreChecks {
  constructor(
    private readonly db: DataSource,
    private readonly facts: FactsGatherer,
  ) {}

  /** What would become of a request; nothing is created. @throws InvalidInput, NotFound */
  async preCheck(caller: Caller, form: AskUnlockDto): Promise<PreCheckView> {
    const question = { imei14: askedImei(form.identifier), lineId: form.lineId ?? null };
    const [gathered] = await this.facts.gather([question]);
    await mayAsk(this.db, caller, gathered!, form.lineId);
    const { judgement, standing, disclosure } = await lookInto(this.db.manager, caller, form, gathered!);
    return {
      ...eligibilityView(judgement, gathered!, disclosure),
      ...{ handset: nameOf(gathered!.handset), lock: standing.state, requestUnderWay: standing.underWay },
    };
  }
}

/** What is known of a handset besides the facts, and what the rules make of it. */
export interface LookedInto {
  judgement: Judgement;
  standing: Standing;
  disclosure: Disclosure;
}

type Wanted = Omit<AskUnlockDto, 'identifier'> & Pick<Case, 'brought'> & { lock?: Partial<Case['lock']> };

/** What would become of a request made now. */
export async function lookInto(
  db: EntityManager,
  caller: Caller,
  { lock, brought, ...form }: Wanted,
  gathered: Gathered,
): Promise<LookedInto> {
  const { handset, identifiers, policy } = gathered;
  const whose = { deviceImei14: handset.deviceImei14, line: identifiers[0].billing.line };
  const [standing, earlier, disclosure] = await Promise.all([
    standingOf(db, handset.deviceImei14),
    earlierUnlocks(db, [whose]),
    disclosureTo(db, caller, gathered),
  ]);
  const facts = { identifiers, soldFromStock: handset.sold, earlierUnlocks: ofOne(earlier, whose) };
  const one: Case = {
    ...{ policy, lock: { ...standing, ...lock }, scope: form.scope ?? 'PERMANENT' },
    ...(brought ? { brought } : {}),
    facts: { ...facts, channel: channelOf(caller, form.channel), acceptedDocuments: [] },
    asked: { alternative: form.alternative ?? null, exemption: form.exemption ?? null },
  };
  return { judgement: judge(one, new Date()), standing, disclosure };
}

/** What people call a handset; null when nobody knows. */
export const nameOf = ({ brand, model, makerCode }: HandsetRecord): string | null =>
  [brand, model, makerCode].filter((part) => part !== null).join(' ') || null;

interface Standing extends KnownLock {
  underWay: boolean;
}

const STANDING = `
  select coalesce(l.state, 'UNKNOWN') as state, l.until, l.attempts_left as "attemptsLeft",
         exists (select from unlock_request where device_imei14 = $1
                 and status in (${LIVE_STATES.map((state) => `'${state}'`).join()})) as "underWay"
  from (select 1) one left join device_lock l on l.device_imei14 = $1`;

async function standingOf(db: Pick<EntityManager, 'query'>, deviceImei14: string): Promise<Standing> {
  const [standing]: Standing[] = await db.query(STANDING, [deviceImei14]);
  return standing!;
}

/** What the rules found, as far as it is for whoever asks. */
export function eligibilityView(found: Judgement, { policy }: Gathered, disclosure: Disclosure): EligibilityView {
  const { course, verdict, reasons, nextEligibleAt, documents } = found;
  return {
    ...{ course, verdict, reasons, nextEligibleAt, documents: [...documents] },
    checks: shownChecks(found.checks, disclosure === 'OWNER'),
    policy: policy ? { id: policy.id, code: policy.code, effectiveFrom: policy.effectiveFrom } : null,
  };
}
