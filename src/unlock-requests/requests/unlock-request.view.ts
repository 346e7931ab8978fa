import { NextCursor } from '../../platform/http/page.js';
import {
  Code,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { VERDICTS } from '../eligibility/evaluate.js';
import { UNLOCK_CHANNELS } from '../eligibility/facts.js';
import { REASON_CODES } from '../eligibility/reasons.js';
import { CheckedRuleView, PolicyInForceView } from './eligibility.view.js';
import {
  LOCK_STATES,
  LOCKS_AS_READ,
  UNLOCK_ACTS,
  UNLOCK_KINDS,
  UNLOCK_METHODS,
  UNLOCK_SCOPES,
  UNLOCK_STAGES,
  UNLOCK_STATES,
} from './unlock-request.lifecycle.js';
import { LANGUAGES } from '../../values/language.js';

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
  /** The lock as the customer read it off the handset; null when nobody said. */
  @Nullable()
  @OneOf(LOCKS_AS_READ, 'LockAsRead')
  lockRead: string | null;
  /** The carrier that a handset from elsewhere is locked to; null when it is ours, or nobody knows. */
  @Nullable()
  @Text(1, 80)
  lockedTo: string | null;
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
