import { Code, IdentifierText, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { RULE_NAME } from '../policies/unlock-rule.dto.js';
import { Email } from '../../values/email.js';
import { UNLOCK_SCOPES, type UnlockScope } from '../requests/unlock-request.lifecycle.js';
import { type Language, LANGUAGES } from '../../values/language.js';

const TOKEN = /^[A-Za-z0-9_-]{1,100}$/;

export class SubmitUnlockDto {
  /** The IMEI, as the handset shows it for `*#06#`. */
  @IdentifierText()
  identifier: string;
  /** Where the link to confirm is sent, and where it is told how the request went. */
  @Email()
  email: string;
  /** The language of mails and answers; left out, English. */
  @Maybe()
  @OneOf(LANGUAGES, 'Language')
  language?: Language;
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
}

export class ConfirmUnlockDto {
  /** The part of the mailed link after `#confirm=`. */
  @Code(TOKEN, 100, 'q2E3mE1s0Q7WQ6m8p0o1oGmWn5d8g3kqYF3b8lJt0aU')
  token: string;
}

export class ResendUnlockDto {
  /** The number of the request. */
  @Text(1, 64)
  number: string;
  /** The address it was made with. */
  @Email()
  email: string;
}

/** A request, and the proof that whoever asks about it is the one who confirmed it. */
export class OwnUnlockDto {
  /** The number of the request, as it was given or as people write it. */
  @Text(1, 64)
  number: string;
  /** What was given when the request was confirmed. */
  @Code(TOKEN, 100, 'bXk0mC2S7WQ6m8p0o1oGmA')
  accessToken: string;
}

export class RevealOwnCodeDto extends OwnUnlockDto {
  /** The six digits from the mail. */
  @Code(/^\d{6}$/, 6, '042917')
  oneTimeCode: string;
}

export class ReportOwnUnlockDto extends OwnUnlockDto {
  /** Whether the handset took the unlock. */
  @OneOf(['WORKED', 'FAILED'], 'UnlockReport')
  outcome: 'WORKED' | 'FAILED';
  /** The tries the handset says are left. */
  @Maybe()
  @WholeNumber(0, 99)
  attemptsLeft?: number;
}

export class NoteOwnAttemptsDto extends OwnUnlockDto {
  /** The tries the handset says are left. */
  @WholeNumber(0, 99)
  attemptsLeft: number;
}

export class ReasonedOwnUnlockDto extends OwnUnlockDto {
  /** Why. */
  @Text(3, 500)
  reason: string;
}
