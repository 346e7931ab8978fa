import type { RuleSet } from '../eligibility/rule.js';
import type { Notice, PolicyAnchor, PolicyMode, PolicySegment } from './unlock-policy.lifecycle.js';

export interface UnlockFee {
  currency: string;
  /** What customers and former customers pay; law mostly says nothing. */
  customerMinor: number;
  /** What others pay. */
  othersMinor: number;
  /** Free for everybody so many months after the purchase. */
  freeAfterMonths: number | null;
}

/** An unlock for a while. */
export interface TemporaryUnlock {
  days: number;
  relock: boolean;
}

/** When a source of requests is stopped: so many in a month, of which so many per cent for handsets asked for before. */
export interface AbuseLimits {
  maxRequestsPerSourcePerMonth: number;
  duplicatePercent: number;
}

/** Everything a policy says, apart from whose it is and from when. */
export interface PolicyContent extends Omit<RuleSet, 'timeZone'> {
  mode: PolicyMode;
  /** Business days within which an automatic unlock or its notice is due. */
  autoWithinBusinessDays: number;
  responseBusinessDays: number;
  resolutionBusinessDays: number;
  confirmWithinHours: number;
  lockAllowed: boolean;
  notices: readonly Notice[];
  fee: UnlockFee | null;
  temporary: TemporaryUnlock | null;
  abuse: AbuseLimits | null;
}

/** One version of a policy. */
export interface UnlockPolicyFacts {
  id: string;
  code: string;
  jurisdiction: string;
  /** Null for every brand. */
  brand: string | null;
  segment: PolicySegment;
  anchor: PolicyAnchor;
  effectiveFrom: string;
  effectiveTo: string | null;
  timeZone: string;
  calendar: string;
  content: PolicyContent;
}

/** The rules of a policy, ready to be evaluated. */
export const ruleSetOf = ({ content, timeZone }: Pick<UnlockPolicyFacts, 'content' | 'timeZone'>): RuleSet => ({
  ...content,
  timeZone,
});
