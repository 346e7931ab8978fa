import { Cents, CurrencyCode, DateOnly, Id, Nullable, OneOf, Text } from '../../values/fields.js';
import { PAYMENT_KINDS, type PaymentKind } from '../accounts.words.js';

/** A payment as billing has it; once recorded it never changes. */
export class LinePaymentView {
  /** Id of the payment. */
  @Id()
  id: string;
  /** The account it was made for. */
  @Id()
  accountId: string;
  /** The line it was made for; null when for the account as a whole. */
  @Nullable()
  @Id()
  lineId: string | null;
  /** What it was for. */
  @OneOf(PAYMENT_KINDS, 'PaymentKind')
  kind: PaymentKind;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** Its currency. */
  @CurrencyCode()
  currency: string;
  /** When it was paid. */
  @DateOnly()
  paidOn: string;
  /** How it was paid; null when not known. */
  @Nullable()
  @Text(1, 40)
  channel: string | null;
  /** The reference billing knows it by. */
  @Text(1, 64)
  externalReference: string;
}
