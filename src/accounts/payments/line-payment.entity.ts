import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { PAYMENT_KINDS, type PaymentKind } from '../accounts.words.js';

@Entity('line_payment')
@Unique('line_payment_reference_key', ['externalReference'])
@Check('line_payment_amount_ck', 'amount_minor between 1 and 100000000000')
@Check('line_payment_currency_ck', `currency ~ '^[A-Z]{3}$'`)
@Check('line_payment_kind_ck', oneOf('kind', PAYMENT_KINDS))
@Check('line_payment_refill_ck', `kind <> 'REFILL' or line_id is not null`)
@Index('line_payment_refill_ix', ['lineId', 'currency', 'amountMinor'], { where: `kind = 'REFILL'` })
@Index('line_payment_monthly_ix', ['accountId'], { where: `kind = 'MONTHLY'` })
export class LinePayment {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'line_payment_pk' })
  id: string;
  @ForeignKey('BillingAccount', 'id', { name: 'line_payment_account_fk' })
  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;
  /** Null when it was made for the account as a whole. */
  @ForeignKey('AccountLine', 'id', { name: 'line_payment_line_fk' })
  @Column({ name: 'line_id', type: 'uuid', nullable: true })
  lineId: string | null;
  @Column({ name: 'paid_on', type: 'date' })
  paidOn: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'kind', type: 'text' })
  kind: PaymentKind;
  @Column({ name: 'channel', type: 'text', nullable: true })
  channel: string | null;
  @Column({ name: 'external_reference', type: 'text' })
  externalReference: string;
}
