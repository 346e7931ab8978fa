import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, Id, IdentifierText, Maybe, OneOf, QueryFlag, Text, WholeNumber } from '../../values/fields.js';
import { UNLOCK_CHANNELS, type UnlockChannel } from '../eligibility/facts.js';
import { RULE_NAME } from '../policies/unlock-rule.dto.js';
import { Email } from '../../values/email.js';
import { UNLOCK_SCOPES, UNLOCK_STATES, type UnlockScope, type UnlockState } from './unlock-request.lifecycle.js';
import { type Language, LANGUAGES } from '../../values/language.js';

/** The channels that staff may say a request came through. */
const STAFF_CHANNELS = UNLOCK_CHANNELS.filter((channel) => !['WEB', 'BULK', 'AUTO'].includes(channel));

export class AskUnlockDto {
  /** The IMEI, as the handset shows it for `*#06#`. */
  @IdentifierText()
  identifier: string;
  /** The line that asks; left out, the one that has the handset now or had it last. */
  @Maybe()
  @Id()
  lineId?: string;
  /** For good, or for a while where the policy offers that; left out, for good. */
  @Maybe()
  @OneOf(UNLOCK_SCOPES, 'UnlockScope')
  scope?: UnlockScope;
  /** Another way to the unlock that the policy offers, such as `INTERNATIONAL_TRAVEL`. */
  @Maybe()
  @Code(RULE_NAME, 40, 'INTERNATIONAL_TRAVEL')
  alternative?: string;
  /** An exemption that is claimed, such as `MILITARY_DEPLOYED`; documents follow. */
  @Maybe()
  @Code(RULE_NAME, 40, 'MILITARY_DEPLOYED')
  exemption?: string;
  /** How it came in; left out, STORE for a till, CARE for the back office, WEB for a customer. */
  @Maybe()
  @OneOf(STAFF_CHANNELS, 'StaffChannel')
  channel?: UnlockChannel;
}

export class RequestUnlockDto extends AskUnlockDto {
  /** Where the customer is told how it went. */
  @Maybe()
  @Email()
  email?: string;
  /** The language the customer is told in; left out, English. */
  @Maybe()
  @OneOf(LANGUAGES, 'Language')
  language?: Language;
}

export class UnlockRequestParams {
  /** The request. */
  @Id()
  id: string;
}

/** The queues the back office works. */
export const UNLOCK_QUEUES = [
  'AWAITING_DOCUMENTS',
  'UNDER_REVIEW',
  'AWAITING_CODE',
  'FAILED',
  'WAITING_FOR_FACTS',
  'NEAR_DEADLINE',
] as const;
export type UnlockQueue = (typeof UNLOCK_QUEUES)[number];

export class UnlockRequestsQuery extends PageQuery {
  /** Only requests of this state. */
  @Maybe()
  @OneOf(UNLOCK_STATES, 'UnlockState')
  status?: UnlockState;
  /** Only requests that wait in this queue; NEAR_DEADLINE holds those not answered that are due within a day. */
  @Maybe()
  @OneOf(UNLOCK_QUEUES, 'UnlockQueue')
  queue?: UnlockQueue;
  /** Only requests made at this store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Whether to leave out those that are closed. */
  @Maybe()
  @QueryFlag()
  open?: boolean;
}

export class FindUnlockRequestsDto {
  /** The handset's identifier. */
  @IdentifierText()
  identifier: string;
}

export class ReasonDto {
  /** Why, for the history. */
  @Text(3, 500)
  reason: string;
}

export class ReportUnlockDto {
  /** Whether the handset took the unlock. */
  @OneOf(['WORKED', 'FAILED'], 'UnlockReport')
  outcome: 'WORKED' | 'FAILED';
  /** The tries the handset says are left. */
  @Maybe()
  @WholeNumber(0, 99)
  attemptsLeft?: number;
}

export class NoteAttemptsDto {
  /** The tries the handset says are left. */
  @WholeNumber(0, 99)
  attemptsLeft: number;
}
