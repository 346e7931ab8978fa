import type { Asked, Evaluation } from '../eligibility/evaluate.js';
import type { UnlockFacts } from '../eligibility/facts.js';
import type { Reason } from '../eligibility/reasons.js';
import type { UnlockPolicyFacts } from '../policies/policy-content.js';
import type { LockState, UnlockScope } from '../requests/unlock-request.lifecycle.js';

/** What is to become of a request. REFER: the lock is another carrier's, whom the customer is sent to. */
export const COURSES = ['APPROVE', 'DENY', 'REVIEW', 'HOLD', 'ASK_DOCUMENTS', 'ALREADY_UNLOCKED', 'REFER'] as const;
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
  /** Told of a handset from elsewhere, whose lock is not ours: no policy of ours holds for it. */
  brought?: { codeHeld: boolean };
}

/** Facts that a later look may find. */
const PASSING: readonly Reason[] = ['REGISTRY_UNAVAILABLE', 'BILLING_UNAVAILABLE'];

export const judged = (
  found: Evaluation,
  course: Course,
  reasons = found.reasons,
  documents: readonly string[] = [],
): Judgement => ({
  ...found,
  ...(course === 'APPROVE' ? {} : { reasons }),
  course,
  documents,
});

/** What the lock itself decides, whatever the rules say. */
export function byLock({ lock: { state, attemptsLeft } }: Pick<Case, 'lock'>): [Course, Reason[]] | undefined {
  if (state === 'UNLOCKED' || state === 'NEVER_LOCKED') return ['ALREADY_UNLOCKED', ['ALREADY_UNLOCKED']];
  if (state === 'HARD_LOCKED') return ['DENY', ['NOT_UNLOCKABLE']];
  return attemptsLeft === 0 ? ['DENY', ['UNLOCK_ATTEMPTS_EXHAUSTED']] : undefined;
}

/** A no is a no; what is not known is asked again when a later look may find it, else looked at by a person. */
export function withoutYes(found: Evaluation): Judgement {
  if (found.verdict === 'NOT_ELIGIBLE') return judged(found, 'DENY');
  return judged(found, found.reasons.every((reason) => PASSING.includes(reason)) ? 'HOLD' : 'REVIEW');
}
