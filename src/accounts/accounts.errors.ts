import { constraintMeans } from '../platform/http/constraint-refusals.js';
import { refusal } from '../platform/problem.js';
import { NotFound } from '../platform/problems.js';

export class AccountNumberTaken extends refusal(409, 'ACCOUNT_NUMBER_TAKEN', 'Another account has this number') {}
export class LineNumberTaken extends refusal(409, 'LINE_NUMBER_TAKEN', 'Another line has this number') {}
export class PaymentReferenceTaken extends refusal(
  409,
  'PAYMENT_REFERENCE_TAKEN',
  'Another payment was recorded under this reference',
) {}

const MEANINGS = {
  billing_account_number_key: () => new AccountNumberTaken('Choose another number; numbers are never used again.'),
  account_line_number_key: () => new LineNumberTaken('Choose another number; numbers are never used again.'),
  account_line_account_fk: () => new NotFound('No such account.'),
  device_record_account_fk: () => new NotFound('No such account.'),
};

/** What a violated constraint of this room means to the caller whose act lost the race. */
export function explainConstraints(): void {
  for (const [constraint, refuse] of Object.entries(MEANINGS)) constraintMeans(constraint, refuse);
}
