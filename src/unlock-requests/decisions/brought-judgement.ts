import { evaluate } from '../eligibility/evaluate.js';
import type { RuleSet } from '../eligibility/rule.js';
import { byLock, type Case, type Judgement, judged, withoutYes } from './case.js';

/**
 * What shows that the owner wants us to act for them. Unlocking may be initiated by another person at the owner's
 * direction: Unlocking Consumer Choice and Wireless Competition Act, Pub. L. 113-144.
 */
export const OWNER_DIRECTION = 'OWNER_DIRECTION';

const RULES: RuleSet = {
  ...{ groups: {}, alternatives: [], exemptions: [], allIdentifiersMustPass: true, requiredChannel: null },
  ...{ rules: [{ check: 'NOT_BLOCKED' }], timeZone: 'UTC' },
};

/**
 * What becomes of a handset from elsewhere. One that a registry lists is not taken on, however its lock stands. Else it
 * is opened with a code that we hold, or that we ask for at the owner's direction; or its owner asks whoever locked it.
 */
export function judgeBrought(one: Case, { codeHeld }: { codeHeld: boolean }, at: Date): Judgement {
  const found = evaluate(RULES, one.facts, at, {});
  if (found.verdict !== 'ELIGIBLE') return withoutYes(found);
  const locked = byLock(one);
  if (locked) return judged(found, ...locked);
  if (codeHeld) return judged(found, 'APPROVE');
  const reasons = ['DEVICE_NOT_SOLD_BY_US' as const];
  if (one.asked.exemption !== OWNER_DIRECTION) return judged({ ...found, verdict: 'NOT_ELIGIBLE' }, 'REFER', reasons);
  if (one.facts.acceptedDocuments.includes(OWNER_DIRECTION)) return judged(found, 'APPROVE');
  return judged(found, 'ASK_DOCUMENTS', ['DOCUMENTS_REQUIRED'], [OWNER_DIRECTION]);
}
