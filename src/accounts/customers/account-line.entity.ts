import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('account_line')
@Unique('account_line_number_key', ['number'])
@Check('account_line_number_ck', `number ~ '^[A-Z][A-Z0-9-]{1,31}$'`)
@Index('account_line_account_ix', ['accountId', 'number'])
export class AccountLine {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'account_line_pk' })
  id: string;
  @ForeignKey('BillingAccount', 'id', { name: 'account_line_account_fk' })
  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;
  /** The carrier's own number of the line; a phone number is kept nowhere here. */
  @Column({ name: 'number', type: 'text' })
  number: string;
  @Column({ name: 'activated_on', type: 'date' })
  activatedOn: string;
}
