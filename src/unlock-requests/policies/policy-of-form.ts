import type { CheckRule, Rule } from '../eligibility/rule.js';
import type { PolicyContent } from './policy-content.js';
import type { UnlockPolicyDto } from './unlock-policy.dto.js';
import type { UnlockRuleDto } from './unlock-rule.dto.js';

/** What the form says, with the usual filled in where it says nothing. */
export function contentOf(form: UnlockPolicyDto): PolicyContent {
  return {
    ...rulesOf(form),
    mode: form.mode,
    autoWithinBusinessDays: form.autoWithinBusinessDays ?? 2,
    responseBusinessDays: form.responseBusinessDays ?? 2,
    resolutionBusinessDays: form.resolutionBusinessDays ?? 10,
    confirmWithinHours: form.confirmWithinHours ?? 24,
    lockAllowed: form.lockAllowed ?? true,
    notices: form.notices ?? ['ON_WEBSITE'],
    requiredChannel: form.requiredChannel ?? null,
    fee: form.fee ? { ...form.fee, freeAfterMonths: form.fee.freeAfterMonths ?? null } : null,
    temporary: form.temporary ?? null,
    abuse: form.abuse ?? null,
    allIdentifiersMustPass: form.allIdentifiersMustPass ?? false,
  };
}

function rulesOf(form: UnlockPolicyDto): Pick<PolicyContent, 'groups' | 'rules' | 'alternatives' | 'exemptions'> {
  return {
    groups: Object.fromEntries((form.groups ?? []).map(({ name, rules }) => [name, rules.map(ruleOf)])),
    rules: form.rules.map(ruleOf),
    alternatives: (form.alternatives ?? []).map((one) => ({ ...one, rules: one.rules.map(ruleOf) })),
    exemptions: (form.exemptions ?? []).map((one) => ({
      ...one,
      channels: one.channels ?? [],
      familyMemberMayApply: one.familyMemberMayApply ?? false,
    })),
  };
}

/** The rule without what was not given. */
function ruleOf({ all, any, group, ...check }: UnlockRuleDto): Rule {
  if (all) return { all: all.map(ruleOf) };
  if (any) return { any: any.map(ruleOf) };
  if (group !== undefined) return { group };
  return Object.fromEntries(Object.entries(check).filter(([, value]) => value !== undefined)) as CheckRule;
}
