import { REASON_CODES } from '../eligibility/reasons.js';
import { Code, Decimal, ListOf, Nested, Nullable, OneOf, WholeNumber } from '../../values/fields.js';
import { TimeZone } from '../../values/time-zone.js';
import { UNLOCK_STATES } from '../requests/unlock-request.lifecycle.js';
import { REPORT_MONTH } from './reports.dto.js';

const MOST = 1_000_000_000;
const MOST_HOURS = 1_000_000;

/** How many requests of the month are in a state now. */
export class UnlockOutcomeCountView {
  /** The state. */
  @OneOf(UNLOCK_STATES, 'UnlockState')
  status: string;
  /** How many. */
  @WholeNumber(0, MOST)
  count: number;
}

/** How many denials of the month give a reason; one denial may give several. */
export class UnlockReasonCountView {
  /** The reason. */
  @OneOf(REASON_CODES, 'UnlockReason')
  reason: string;
  /** How many. */
  @WholeNumber(0, MOST)
  count: number;
}

/** How long customers waited for an answer, in hours to one decimal. */
export class UnlockAnswerTimeView {
  /** Half of them waited no longer; null when none was answered. */
  @Nullable()
  @Decimal(-MOST_HOURS, MOST_HOURS)
  medianHours: number | null;
  /** Nine of ten waited no longer; null when none was answered. */
  @Nullable()
  @Decimal(-MOST_HOURS, MOST_HOURS)
  p90Hours: number | null;
}

/** How the requests fared that were received in one month. */
export class UnlockReportView {
  /** The month. */
  @Code(REPORT_MONTH, 7, '2026-11')
  month: string;
  /** The zone whose month it is: that of the calendar that counts where a policy names no other. */
  @TimeZone()
  timeZone: string;
  /** How many were received. */
  @WholeNumber(0, MOST)
  received: number;
  /** How many were answered, in time or not. */
  @WholeNumber(0, MOST)
  answered: number;
  /** How many were answered in time. */
  @WholeNumber(0, MOST)
  answeredInTime: number;
  /** The share answered in time, of those answered or overdue, to one decimal; null when there are none. */
  @Nullable()
  @Decimal(0, 100)
  inTimePercent: number | null;
  /** How many are in which state now, the most first. */
  @ListOf(() => UnlockOutcomeCountView, 0, UNLOCK_STATES.length)
  byOutcome: UnlockOutcomeCountView[];
  /** Why requests stand denied, the most frequent first. */
  @ListOf(() => UnlockReasonCountView, 0, REASON_CODES.length)
  byReason: UnlockReasonCountView[];
  /** From receipt, when the clock starts, to the answer. */
  @Nested(() => UnlockAnswerTimeView)
  fromReceipt: UnlockAnswerTimeView;
  /** From when the customer sent it, confirmed or not, to the answer. */
  @Nested(() => UnlockAnswerTimeView)
  fromSubmission: UnlockAnswerTimeView;
  /** How often more time was taken. */
  @WholeNumber(0, MOST)
  extensions: number;
  /** How many were not answered in time. */
  @WholeNumber(0, MOST)
  responseBreaches: number;
  /** How many were not settled in time. */
  @WholeNumber(0, MOST)
  resolutionBreaches: number;
  /** How many are still under way. */
  @WholeNumber(0, MOST)
  open: number;
}
