import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { perform } from '../../platform/lifecycle.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { floorBreaches } from './floors.js';
import { PolicyBook } from './policy-book.js';
import { policyFaults } from './policy-faults.js';
import { contentOf } from './policy-of-form.js';
import { PolicyBelowFloor, PolicyCodeTaken, PolicyRetroactive } from './unlock-policies.errors.js';
import { policyView, readPolicy } from './unlock-policies.query.js';
import type { UnlockPolicyDto } from './unlock-policy.dto.js';
import { UnlockPolicy } from './unlock-policy.entity.js';
import { POLICY_ACTS } from './unlock-policy.lifecycle.js';
import type { UnlockPolicyView } from './unlock-policy.view.js';
import { makeRoom } from './windows.js';
import { readFloors } from './unlock-floors.query.js';

constraintMeans('unlock_policy_code_key', () => new PolicyCodeTaken('Choose another code: it stands for one version.'));
constraintMeans('unlock_policy_window_excl', () => new PolicyRetroactive('Another version is in force in these days.'));

/** The acts on policies: written by one person, published by another, never taken back. */
@Injectable()
export class UnlockPolicies {
  constructor(
    private readonly acts: Acts,
    private readonly book: PolicyBook,
  ) {}

  /** @throws InvalidInput, PolicyCodeTaken */
  draft(call: Call, form: UnlockPolicyDto): Promise<UnlockPolicyView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(DRAFT, [id, call.actor, ...valuesOf(form)]);
      await recordAct(tx, call, { subjectKind: 'unlock-policy', subjectId: id, act: 'draft', to: 'DRAFT' });
      return policyView(await readPolicy(tx, id));
    });
  }

  /** Writes a draft anew; whoever does so cannot publish it. @throws InvalidInput, NotFound, Stale, WrongState, PolicyCodeTaken */
  revise(call: Call, id: string, form: UnlockPolicyDto): Promise<UnlockPolicyView> {
    needSense(form);
    return this.acts.once(call, async (tx) => {
      await perform(tx, UnlockPolicy, { acts: POLICY_ACTS, act: 'revise', id, ...ifMatch(call) });
      await tx.query(REVISE, [id, call.actor, ...valuesOf(form)]);
      await recordAct(tx, call, { subjectKind: 'unlock-policy', subjectId: id, act: 'revise', to: 'DRAFT' });
      return policyView(await readPolicy(tx, id));
    });
  }

  /** @throws NotFound, Stale, WrongState */
  discard(call: Call, id: string): Promise<UnlockPolicyView> {
    return this.acts.once(call, async (tx) => {
      await perform(tx, UnlockPolicy, { acts: POLICY_ACTS, act: 'discard', id, ...ifMatch(call) });
      await recordAct(tx, call, { subjectKind: 'unlock-policy', subjectId: id, act: 'discard', to: 'DISCARDED' });
      return policyView(await readPolicy(tx, id));
    });
  }

  /**
   * Puts a draft into force. The version before it ends the day before; no handset moves from one to the other.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded, PolicyBelowFloor, PolicyRetroactive
   */
  async publish(call: Call, id: string): Promise<UnlockPolicyView> {
    const published = await this.acts.once(call, async (tx) => {
      const draft = await readPolicy(tx, id);
      if (draft.status === 'DRAFT') {
        needSecondPerson(call, draft.authors);
        await needFloors(tx, draft);
        await makeRoom(tx, draft);
      }
      await perform(tx, UnlockPolicy, {
        ...{ acts: POLICY_ACTS, act: 'publish', id, ...ifMatch(call) },
        also: { publishedBy: call.actor, publishedAt: () => 'now()' },
      });
      const payload = { code: draft.code, effectiveFrom: draft.effectiveFrom };
      await publish(tx, call, {
        ...{ type: 'unlock-policy.published', aggregateKind: 'unlock-policy', aggregateId: id, payload },
      });
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-policy', subjectId: id, act: 'publish', from: 'DRAFT', to: 'PUBLISHED' },
        details: { ...payload, authors: draft.authors },
      });
      return policyView(await readPolicy(tx, id));
    });
    this.book.forget();
    return published;
  }
}

const ifMatch = ({ ifMatch: version }: Call) => (version === undefined ? {} : { ifMatch: version });

function needSense(form: UnlockPolicyDto): void {
  const faults = policyFaults(form);
  if (faults.length) throw new InvalidInput('The policy makes no sense as it stands; see errors.', {}, faults);
}

async function needFloors(tx: EntityManager, draft: Awaited<ReturnType<typeof readPolicy>>): Promise<void> {
  const breaches = floorBreaches(draft, await readFloors(tx));
  if (!breaches.length) return;
  const said = breaches.map(({ floor, breach }) => `${floor}: ${breach}`);
  throw new PolicyBelowFloor(`The law of ${draft.jurisdiction} asks for more: ${said.join('; ')}.`, { breaches: said });
}

const DRAFT = `
  insert into unlock_policy (id, status, authors, code, jurisdiction, brand, segment, anchor, effective_from,
                             effective_to, time_zone, calendar, content, source)
  values ($1, 'DRAFT', array[$2], $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

const REVISE = `
  update unlock_policy set code = $3, jurisdiction = $4, brand = $5, segment = $6, anchor = $7, effective_from = $8,
    effective_to = $9, time_zone = $10, calendar = $11, content = $12, source = $13,
    authors = case when $2 = any (authors) then authors else authors || $2::text end
  where id = $1`;

const valuesOf = (form: UnlockPolicyDto): unknown[] => [
  ...[form.code, form.jurisdiction, form.brand ?? null, form.segment, form.anchor ?? 'PURCHASE_DATE'],
  ...[form.effectiveFrom, form.effectiveTo ?? null, form.timeZone, form.calendar],
  ...[JSON.stringify(contentOf(form)), form.source ?? null],
];
