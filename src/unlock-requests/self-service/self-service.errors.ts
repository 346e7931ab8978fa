import { refusal } from '../../platform/problem.js';

export class ConfirmationUsed extends refusal(409, 'CONFIRMATION_USED', 'This link was used before') {}
export class ConfirmationExpired extends refusal(409, 'CONFIRMATION_EXPIRED', 'This link has expired') {}
export class SourceSuspended extends refusal(429, 'SOURCE_SUSPENDED', 'Too many requests for the same handsets') {}
export class OneTimeCodeWrong extends refusal(409, 'ONE_TIME_CODE_WRONG', 'The code from the mail is not right') {}
export class NothingToShow extends refusal(409, 'NO_CODE_TO_SHOW', 'There is no unlock code to show now') {}
