import { NextCursor } from '../../platform/http/page.js';
import {
  Code,
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
import { CHECK_NAMES } from '../eligibility/check-catalogue.js';
import { VERDICTS } from '../eligibility/evaluate.js';
import { UNLOCK_CHANNELS } from '../eligibility/facts.js';
import { OUTCOMES } from '../eligibility/finding.js';
import { REASON_CODES } from '../eligibility/reasons.js';
import { COURSES } from '../decisions/judgement.js';
import {
  LANGUAGES,
  LOCK_STATES,
  UNLOCK_ACTS,
  UNLOCK_KINDS,
  UNLOCK_METHODS,
  UNLOCK_SCOPES,
  UNLOCK_STAGES,
  UNLOCK_STATES,
} from './unlock-request.lifecycle.js';

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

/** The clocks of a request. */
export class UnlockClockView {
  /** When it came in, confirmed or not. */
  @Moment()
  submittedAt: string;
  /** When it was confirmed, or came in from somebody known: the clocks start here. Null before. */
  @Moment({ nullable: true })
  receivedAt: string | null;
  /** Until when it has to be answered. */
  @Moment({ nullable: true })
  respondBy: string | null;
  /** Until when it has to be settled. */
  @Moment({ nullable: true })
  resolveBy: string | null;
  /** When it was answered. */
  @Moment({ nullable: true })
  respondedAt: string | null;
  /** What the first answer of substance was. */
  @Nullable()
  @Text(1, 40)
  response: string | null;
  /** How often more time was asked for. */
  @WholeNumber(0, 9)
  extensions: number;
  /** Whether the clocks stand still, waiting for the customer's documents. */
  @Flag()
  paused: boolean;
}

/** How a request was decided. */
export class EligibilityOfRequestView {
  /** What the rules said. */
  @OneOf(VERDICTS, 'UnlockVerdict')
  verdict: string;
  /** Every rule, met or not. */
  @ListOf(() => CheckedRuleView, 0, 400)
  checks: CheckedRuleView[];
  /** When it was decided. */
  @Moment()
  decidedAt: string;
  /** The policy that holds for this handset; null where there is none. */
  @Nullable()
  @Nested(() => PolicyInForceView)
  policy: PolicyInForceView | null;
}

export class UnlockRequestView {
  /** Its id. */
  @Id()
  id: string;
  /** The number the customer is told. */
  @Code(/^[0-9A-Z-]{1,24}$/, 24, '7ZQK-4M0T-9XWA-B3HD-5')
  number: string;
  /** Who or what it was made by. */
  @OneOf(UNLOCK_KINDS, 'UnlockKind')
  kind: string;
  /** For good or for a while. */
  @OneOf(UNLOCK_SCOPES, 'UnlockScope')
  scope: string;
  /** How it came in. */
  @OneOf(UNLOCK_CHANNELS, 'UnlockChannel')
  channel: string;
  /** Where it stands. */
  @OneOf(UNLOCK_STATES, 'UnlockState')
  status: string;
  /** Fifteen digits. */
  @Text(15, 15)
  imei: string;
  /** The store it was made at; null when at none. */
  @Nullable()
  @Id()
  locationId: string | null;
  /** The language the customer is told in. */
  @OneOf(LANGUAGES, 'Language')
  language: string;
  /** The other way that was asked for; null for none. */
  @Nullable()
  @Text(1, 40)
  alternative: string | null;
  /** The exemption that is claimed; null for none. */
  @Nullable()
  @Text(1, 40)
  exemption: string | null;
  /** Everything that stands or stood in the way. */
  @ListOfChoices(REASON_CODES, 'UnlockReason')
  reasons: string[];
  /** From when the answer would be yes if nothing but time changes. */
  @Moment({ nullable: true })
  nextEligibleAt: string | null;
  /** How it was last decided; null before the first decision. */
  @Nullable()
  @Nested(() => EligibilityOfRequestView)
  decision: EligibilityOfRequestView | null;
  /** How it is unlocked; null before that is known. */
  @Nullable()
  @OneOf(UNLOCK_METHODS, 'UnlockMethod')
  method: string | null;
  /** What it waits for while it is fulfilled. */
  @Nullable()
  @OneOf(UNLOCK_STAGES, 'UnlockStage')
  stage: string | null;
  /** The tries the customer says the handset has left; null when nobody said. */
  @Nullable()
  @WholeNumber(0, 99)
  attemptsLeft: number | null;
  /** The lock as far as we know. */
  @OneOf(LOCK_STATES, 'DeviceLockState')
  lock: string;
  /** Its clocks. */
  @Nested(() => UnlockClockView)
  clock: UnlockClockView;
  /** Until when the customer may appeal; null when there is nothing to appeal, or it was done. */
  @Moment({ nullable: true })
  appealBy: string | null;
  /** What may be done with it now. */
  @ListOfChoices(Object.keys(UNLOCK_ACTS), 'UnlockAct')
  possibleActs: string[];
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class UnlockRequestPageView {
  /** Requests: those of a queue by their deadline, else the latest first. */
  @ListOf(() => UnlockRequestView, 0, 200)
  items: UnlockRequestView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
