import { Code, IdentifierText, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Email } from '../../values/email.js';
import { type LockAsRead, LOCKS_AS_READ } from '../requests/unlock-request.lifecycle.js';
import { type Language, LANGUAGES } from '../../values/language.js';

const LOCKS_ASKED = [...LOCKS_AS_READ, 'NOT_READ'] as const;

/** What the customer reads off the handset is asked for before anything is tried: a wrong code costs one of few tries. */
export class CheckBroughtHandsetDto {
  /** The IMEI, as the handset shows it for `*#06#`. */
  @IdentifierText()
  identifier: string;
  /** The lock as the handset shows it; NOT_READ when nobody looked. */
  @OneOf(LOCKS_ASKED, 'LockAsked')
  lock: LockAsRead | 'NOT_READ';
  /** The tries the handset says are left. */
  @Maybe()
  @WholeNumber(0, 99)
  attemptsLeft?: number;
  /** The maker's code of the hardware, as its label or its settings show it: `SQN100-1`. Handsets of one TAC may differ. */
  @Maybe()
  @Text(1, 60)
  makerCode?: string;
  /** The carrier it is locked to, as far as the customer knows. */
  @Maybe()
  @Text(1, 80)
  lockedTo?: string;
  /** The language of the words in the answer; left out, English. */
  @Maybe()
  @OneOf(LANGUAGES, 'Language')
  language?: Language;
}

/** Where no code is held: the customer asks whoever locked it, or we do so at the owner's signed direction. */
export const BROUGHT_WAYS = ['REFERRAL', 'AGENT'] as const;

export class RequestBroughtHandsetDto extends CheckBroughtHandsetDto {
  /** What is to be done when we hold no code; left out, REFERRAL. */
  @Maybe()
  @OneOf(BROUGHT_WAYS, 'BroughtHandsetWish')
  way?: (typeof BROUGHT_WAYS)[number];
  /** Where the customer is told how it went. */
  @Maybe()
  @Email()
  email?: string;
}

export class RecordCodeDto {
  /** Which of the maker's codes it is. */
  @Code(/^[A-Z][A-Z0-9_]{0,29}$/, 30, 'MEP2')
  codeType: string;
  /** The code: digits as they stand, a 0 in front counts. It is sealed at once and is in no answer. */
  @Code(/^\d{6,20}$/, 20, '0123456789012345')
  code: string;
  /** Who gave it and how, for the audit. */
  @Text(3, 500)
  source: string;
}
