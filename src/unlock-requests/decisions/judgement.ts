import { type Asked, type Evaluation, evaluate } from '../eligibility/evaluate.js';
import type { UnlockFacts } from '../eligibility/facts.js';
import type { Reason } from '../eligibility/reasons.js';
import type { RuleSet } from '../eligibility/rule.js';
import { ruleSetOf, type UnlockPolicyFacts } from '../policies/policy-content.js';
import type { LockState, UnlockScope } from '../requests/unlock-request.lifecycle.js';

/** What is to become of a request. */
export const COURSES = ['APPROVE', 'DENY', 'REVIEW', 'HOLD', 'ASK_DOCUMENTS', 'ALREADY_UNLOCKED'] as const;
export type Course = (typeof COURSES)[number];

export interface Judgement extends Evaluation {
  course: Course;
  /** The documents of which one is asked for. */
  documents: readonly string[];
}

/** All that a judgement rests on. */
export interface Case {
  policy: UnlockPolicyFacts | undefined;
  facts: UnlockFacts;
  lock: { state: LockState; attemptsLeft: number | null };
  scope: UnlockScope;
  asked: Asked;
}

/** What is asked of a handset for which there is no policy: whether it is ours at all. */
const NO_POLICY: RuleSet = {
  ...{ groups: {}, alternatives: [], exemptions: [], allIdentifiersMustPass: false, requiredChannel: null },
  ...{ rules: [{ check: 'SOLD_BY_CARRIER' }, { check: 'NOT_BLOCKED' }], timeZone: 'UTC' },
};

/** Facts that a later look may find. */
const PASSING: readonly Reason[] = ['REGISTRY_UNAVAILABLE', 'BILLING_UNAVAILABLE'];

/**
 * What the rules make of a request. Pure: pre-check, decision, dry run and sweep all ask here.
 * Where a rule says neither yes nor no a person decides; where a registry did not answer it is asked again.
 */
export function judge(one: Case, at: Date): Judgement {
  const rules = one.policy ? ruleSetOf(one.policy) : NO_POLICY;
  const found = evaluate(rules, one.facts, at, one.asked);
  return byLock(one) ? judged(found, ...byLock(one)!) : byRules(one, rules, found, at);
}

const judged = (found: Evaluation, course: Course, reasons = found.reasons, documents: readonly string[] = []) => ({
  ...found,
  ...(course === 'APPROVE' ? {} : { reasons }),
  course,
  documents,
});

/** What the lock itself decides, whatever the rules say. */
function byLock({ lock, scope, policy }: Case): [Course, Reason[]] | undefined {
  if (lock.state === 'UNLOCKED' || lock.state === 'NEVER_LOCKED') return ['ALREADY_UNLOCKED', ['ALREADY_UNLOCKED']];
  if (lock.state === 'HARD_LOCKED') return ['DENY', ['NOT_UNLOCKABLE']];
  if (lock.attemptsLeft === 0) return ['DENY', ['UNLOCK_ATTEMPTS_EXHAUSTED']];
  if (scope === 'TEMPORARY' && policy && !policy.content.temporary) return ['DENY', ['TEMPORARY_NOT_OFFERED']];
  return undefined;
}

function byRules(one: Case, rules: RuleSet, found: Evaluation, at: Date): Judgement {
  if (!one.policy && found.verdict === 'ELIGIBLE') {
    return { ...judged(found, 'REVIEW', ['POLICY_NOT_FOUND']), verdict: 'UNDECIDED' };
  }
  if (found.verdict === 'ELIGIBLE') return judged(found, 'APPROVE');
  const documents = documentsThatWouldDo(one, rules, at);
  if (documents.length) return judged(found, 'ASK_DOCUMENTS', [...found.reasons, 'DOCUMENTS_REQUIRED'], documents);
  if (found.verdict === 'NOT_ELIGIBLE') return judged(found, 'DENY');
  return judged(found, found.reasons.every((reason) => PASSING.includes(reason)) ? 'HOLD' : 'REVIEW');
}

/** The documents of the exemption claimed, when showing one of them would make the answer yes. */
function documentsThatWouldDo({ facts, asked }: Case, rules: RuleSet, at: Date): readonly string[] {
  const claimed = rules.exemptions.find(({ name }) => name === asked.exemption);
  const shown = claimed?.documents.some((document) => facts.acceptedDocuments.includes(document));
  if (!claimed || shown) return [];
  const supposed = { ...facts, acceptedDocuments: [...facts.acceptedDocuments, claimed.documents[0]!] };
  return evaluate(rules, supposed, at, asked).verdict === 'ELIGIBLE' ? claimed.documents : [];
}
