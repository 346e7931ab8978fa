import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RuleSet } from '../../src/unlock-requests/eligibility/rule.js';
import { contentOf } from '../../src/unlock-requests/policies/policy-of-form.js';
import type { UnlockPolicyFacts } from '../../src/unlock-requests/policies/policy-content.js';
import type { UnlockPolicyDto } from '../../src/unlock-requests/policies/unlock-policy.dto.js';

const FILE = path.resolve(__dirname, '../../src/local/sample/unlock-policies.json');

/** The policies that come with the sample carrier, as they are sent to the API. */
export const SHIPPED = JSON.parse(readFileSync(FILE, 'utf8')) as UnlockPolicyDto[];

export const shipped = (code: string): UnlockPolicyFacts => {
  const form = SHIPPED.find((one) => one.code === code)!;
  return {
    ...{ id: code, code, jurisdiction: form.jurisdiction, brand: form.brand ?? null, segment: form.segment },
    ...{ anchor: form.anchor ?? 'PURCHASE_DATE', effectiveFrom: form.effectiveFrom },
    ...{ effectiveTo: form.effectiveTo ?? null, timeZone: form.timeZone, calendar: form.calendar },
    content: contentOf(form),
  };
};

export const rulesOf = (code: string): RuleSet => {
  const policy = shipped(code);
  return { ...policy.content, timeZone: policy.timeZone };
};
