import {
  DateOnly,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  ListOfTexts,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { COURSES } from '../decisions/case.js';
import { CHECK_NAMES } from '../eligibility/check-catalogue.js';
import { VERDICTS } from '../eligibility/evaluate.js';
import { OUTCOMES } from '../eligibility/finding.js';
import { REASON_CODES } from '../eligibility/reasons.js';
import { LOCK_STATES } from './unlock-request.lifecycle.js';

/** One rule that was looked at. */
export class CheckedRuleView {
  /** Which check; CHANNEL for the channel the policy asks for. */
  @OneOf([...CHECK_NAMES, 'CHANNEL'], 'CheckedRuleName')
  check: string;
  /** Its place in the policy. */
  @Text(1, 200)
  path: string;
  /** What was found; WAIVED for a rule that an exemption lifts. */
  @OneOf(OUTCOMES, 'CheckOutcome')
  outcome: string;
  /** Why it does not pass; null when it does. */
  @Nullable()
  @OneOf(REASON_CODES, 'UnlockReason')
  reason: string | null;
  /** The value seen; null when there is none, or when it is not for whoever asks. */
  @Nullable()
  @Text(0, 300)
  seen: string | null;
  /** The value needed. */
  @Nullable()
  @Text(0, 300)
  needed: string | null;
  /** When it passes if nothing but time changes. */
  @Moment({ nullable: true })
  passesFrom: string | null;
  /** Which of the handset's identifiers it is about, 1 for the one asked about. */
  @WholeNumber(1, 10)
  identifier: number;
}

/** The version of the policy a handset falls under, for ever. */
export class PolicyInForceView {
  /** The version. */
  @Id()
  id: string;
  /** Its code. */
  @Text(1, 60)
  code: string;
  /** The first day of purchase or activation it holds for. */
  @DateOnly()
  effectiveFrom: string;
}

/** What the rules make of a handset. */
export class EligibilityView {
  /** What would become of a request made now. */
  @OneOf(COURSES, 'UnlockCourse')
  course: string;
  /** What the rules say. */
  @OneOf(VERDICTS, 'UnlockVerdict')
  verdict: string;
  /** Everything that stands in the way. */
  @ListOfChoices(REASON_CODES, 'UnlockReason')
  reasons: string[];
  /** From when the answer is yes if nothing but time changes; null when it is yes already or time alone does not help. */
  @Moment({ nullable: true })
  nextEligibleAt: string | null;
  /** Every rule, met or not. */
  @ListOf(() => CheckedRuleView, 0, 400)
  checks: CheckedRuleView[];
  /** The documents of which one is asked for. */
  @ListOfTexts(0, 20, 40)
  documents: string[];
  /** The policy that holds for this handset; null where there is none. */
  @Nullable()
  @Nested(() => PolicyInForceView)
  policy: PolicyInForceView | null;
}

/** A pre-check: nothing was created. */
export class PreCheckView extends EligibilityView {
  /** What the handset is, as far as we know. */
  @Nullable()
  @Text(1, 200)
  handset: string | null;
  /** The lock as far as we know. */
  @OneOf(LOCK_STATES, 'DeviceLockState')
  lock: string;
  /** Whether a request for it is under way. */
  @Flag()
  requestUnderWay: boolean;
}
