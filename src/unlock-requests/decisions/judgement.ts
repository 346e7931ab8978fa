import { type Evaluation, evaluate } from '../eligibility/evaluate.js';
import type { Reason } from '../eligibility/reasons.js';
import type { RuleSet } from '../eligibility/rule.js';
import { ruleSetOf } from '../policies/policy-content.js';
import { judgeBrought } from './brought-judgement.js';
import { byLock, type Case, type Course, type Judgement, judged, withoutYes } from './case.js';

/** What is asked of a handset for which there is no policy: whether it is ours at all. */
const NO_POLICY: RuleSet = {
  ...{ groups: {}, alternatives: [], exemptions: [], allIdentifiersMustPass: false, requiredChannel: null },
  ...{ rules: [{ check: 'SOLD_BY_CARRIER' }, { check: 'NOT_BLOCKED' }], timeZone: 'UTC' },
};

/**
 * What the rules make of a request. Pure: pre-check, decision, dry run and sweep all ask here.
 * Where a rule says neither yes nor no a person decides; where a registry did not answer it is asked again.
 */
export function judge(one: Case, at: Date): Judgement {
  if (one.brought) return judgeBrought(one, one.brought, at);
  const rules = one.policy ? ruleSetOf(one.policy) : NO_POLICY;
  const found = evaluate(rules, one.facts, at, one.asked);
  const locked = byLock(one) ?? notForAWhile(one);
  return locked ? judged(found, ...locked) : byRules(one, rules, found, at);
}

function notForAWhile({ scope, policy }: Case): [Course, Reason[]] | undefined {
  return scope === 'TEMPORARY' && policy && !policy.content.temporary ? ['DENY', ['TEMPORARY_NOT_OFFERED']] : undefined;
}

function byRules(one: Case, rules: RuleSet, found: Evaluation, at: Date): Judgement {
  if (!one.policy && found.verdict === 'ELIGIBLE') {
    return { ...judged(found, 'REVIEW', ['POLICY_NOT_FOUND']), verdict: 'UNDECIDED' };
  }
  if (found.verdict === 'ELIGIBLE') return judged(found, 'APPROVE');
  const documents = documentsThatWouldDo(one, rules, at);
  if (documents.length) return judged(found, 'ASK_DOCUMENTS', [...found.reasons, 'DOCUMENTS_REQUIRED'], documents);
  return withoutYes(found);
}

/** The documents of the exemption claimed, when showing one of them would make the answer yes. */
function documentsThatWouldDo({ facts, asked }: Case, rules: RuleSet, at: Date): readonly string[] {
  const claimed = rules.exemptions.find(({ name }) => name === asked.exemption);
  const shown = claimed?.documents.some((document) => facts.acceptedDocuments.includes(document));
  if (!claimed || shown) return [];
  const supposed = { ...facts, acceptedDocuments: [...facts.acceptedDocuments, claimed.documents[0]!] };
  return evaluate(rules, supposed, at, asked).verdict === 'ELIGIBLE' ? claimed.documents : [];
}
