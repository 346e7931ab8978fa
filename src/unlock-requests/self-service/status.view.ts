import {
  Code,
  DateOnly,
  Flag,
  ListOf,
  ListOfChoices,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { CHECK_NAMES } from '../eligibility/check-catalogue.js';
import { OUTCOMES } from '../eligibility/finding.js';
import { REASON_CODES } from '../eligibility/reasons.js';
import { UNLOCK_METHODS, UNLOCK_SCOPES, UNLOCK_STATES } from '../requests/unlock-request.lifecycle.js';
import { LANGUAGES } from '../../values/language.js';
import { UnlockClockView } from '../requests/unlock-request.view.js';
import { ReasonInWordsView } from '../words/reason.view.js';
import { NEXT_STEPS } from './next-words.js';

const NUMBER = /^[0-9A-Z-]{1,24}$/;

/** A request that was taken, whatever is known of the handset. */
export class SubmittedUnlockView {
  /** The number of the request. */
  @Code(NUMBER, 24, '7ZQK-4M0T-9XWA-B3HD-5')
  number: string;
  /** Until when the mailed link has to be opened and confirmed. */
  @Moment()
  confirmBy: string;
}

/** The same whether there is such a request or not. */
export class ResentUnlockView {
  /** The number as it was given. */
  @Text(1, 64)
  number: string;
}

/** The same whether there was a code to send or not, to whoever may know. */
export class SentCodeView {
  /** Until when the mailed code is taken. */
  @Moment()
  until: string;
}

/** A rule that was looked at, in words. */
export class CheckInWordsView {
  /** Which check; CHANNEL for the channel the policy asks for. */
  @OneOf([...CHECK_NAMES, 'CHANNEL'], 'CheckedRuleName')
  check: string;
  /** What the rule asks for. */
  @Text(1, 600)
  rule: string;
  /** What came of it. */
  @OneOf(OUTCOMES, 'CheckOutcome')
  outcome: string;
  /** Why it does not pass; null when it does. */
  @Nullable()
  @OneOf(REASON_CODES, 'UnlockReason')
  reason: string | null;
  /** The value seen; null when there is none, or when the account is not that of whoever asks. */
  @Nullable()
  @Text(0, 300)
  seen: string | null;
  /** When it passes if nothing but time changes. */
  @Moment({ nullable: true })
  passesFrom: string | null;
  /** Which of the handset's identifiers it is about, 1 for the one asked about. */
  @WholeNumber(1, 10)
  identifier: number;
}

/** What happens next. */
export class NextStepView {
  /** The same for programs. */
  @OneOf(NEXT_STEPS, 'UnlockNextStep')
  step: string;
  /** By when, or from when it is possible; null where there is no date. */
  @Moment({ nullable: true })
  by: string | null;
  /** The same in words. */
  @Text(1, 600)
  text: string;
}

export class PolicyNameView {
  /** The name of the policy. */
  @Text(1, 60)
  code: string;
  /** The first day of purchase or activation it holds for. */
  @DateOnly()
  effectiveFrom: string;
}

/** A document that would do. */
export class DocumentAskedView {
  /** Its type, for handing it in. */
  @Text(1, 40)
  type: string;
  /** The same in words. */
  @Text(1, 200)
  text: string;
}

/** What the customer may do with the request now. */
export const OWN_ACTS = ['HAND_IN_DOCUMENT', 'NOTE_ATTEMPTS', 'REVEAL', 'REPORT', 'APPEAL', 'CANCEL'] as const;

/** The whole truth about a request, for whoever has confirmed it. */
export class UnlockStatusView {
  /** The number of the request. */
  @Code(NUMBER, 24, '7ZQK-4M0T-9XWA-B3HD-5')
  number: string;
  /** Where the request has come to. */
  @OneOf(UNLOCK_STATES, 'UnlockState')
  status: string;
  /** The state in words. */
  @Text(1, 200)
  statusText: string;
  /** For good, or for a while. */
  @OneOf(UNLOCK_SCOPES, 'UnlockScope')
  scope: string;
  /** The language of the words in this answer. */
  @OneOf(LANGUAGES, 'Language')
  language: string;
  /** The last four digits of the IMEI. */
  @Code(/^\d{4}$/, 4, '0018')
  imeiEnding: string;
  /** Everything that stands in the way. */
  @ListOf(() => ReasonInWordsView, 0, 60)
  reasons: ReasonInWordsView[];
  /** Every rule that was looked at, met or not. */
  @ListOf(() => CheckInWordsView, 0, 400)
  checks: CheckInWordsView[];
  /** From when the answer is yes if nothing but time changes. */
  @Moment({ nullable: true })
  nextEligibleAt: string | null;
  /** The policy that holds for this handset. */
  @Nullable()
  @Nested(() => PolicyNameView)
  policy: PolicyNameView | null;
  /** What happens next. */
  @Nested(() => NextStepView)
  next: NextStepView;
  /** How the handset is unlocked. */
  @Nullable()
  @OneOf(UNLOCK_METHODS, 'UnlockMethod')
  method: string | null;
  /** Whether there is an unlock code that was not shown yet. */
  @Flag()
  codeWaiting: boolean;
  /** How many codes were shown. */
  @WholeNumber(0, 100)
  codesShown: number;
  /** The tries the handset has left as far as we know. */
  @Nullable()
  @WholeNumber(0, 99)
  attemptsLeft: number | null;
  /** The clocks of the request. */
  @Nested(() => UnlockClockView)
  clock: UnlockClockView;
  /** Until when a denial may be appealed; null when there is nothing to appeal, or it was done. */
  @Moment({ nullable: true })
  appealBy: string | null;
  /** The documents of which one is asked for; empty when none is. */
  @ListOf(() => DocumentAskedView, 0, 20)
  documents: DocumentAskedView[];
  /** What may be done with it now. */
  @ListOfChoices(OWN_ACTS, 'OwnUnlockAct')
  possible: string[];
}

/** A request that was confirmed. */
export class ConfirmedUnlockView {
  /** The number of the request. */
  @Code(NUMBER, 24, '7ZQK-4M0T-9XWA-B3HD-5')
  number: string;
  /** Opens the request from now on, together with its number. Keep it to yourself. */
  @Code(/^[A-Za-z0-9_-]{22,100}$/, 100, 'bXk0mC2S7WQ6m8p0o1oGmA')
  accessToken: string;
  /** How it stands. */
  @Nested(() => UnlockStatusView)
  status: UnlockStatusView;
}
