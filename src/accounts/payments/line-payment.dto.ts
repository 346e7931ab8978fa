import { Cents, Code, CurrencyCode, DateOnly, Id, Maybe, Nullable, OneOf, Text } from '../../values/fields.js';
import { PAYMENT_KINDS, PAYMENT_REFERENCE, type PaymentKind } from '../accounts.words.js';

export class LineParams {
  /** Id of the line. */
  @Id()
  id: string;
}

export class RecordLinePaymentDto {
  /** What it was for: prepaid credit, a month of service, or a part of a device's price. */
  @OneOf(PAYMENT_KINDS, 'PaymentKind')
  kind: PaymentKind;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** Its currency: that of the account. */
  @CurrencyCode()
  currency: string;
  /** When it was paid. */
  @DateOnly()
  paidOn: string;
  /** How it was paid, such as CARD, CASH or BANK. */
  @Maybe()
  @Nullable()
  @Text(1, 40)
  channel?: string | null;
  /** The reference billing knows it by; the same payment is recorded once. */
  @Code(PAYMENT_REFERENCE, 64, 'PAY-2014-02-0001')
  externalReference: string;
}
