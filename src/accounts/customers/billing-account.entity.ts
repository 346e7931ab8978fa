import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { ACCOUNT_STATES, type AccountState } from '../billing-facts.js';

@Entity('billing_account')
@Unique('billing_account_number_key', ['number'])
@Check('billing_account_number_ck', `number ~ '^[A-Z][A-Z0-9-]{1,31}$'`)
@Check('billing_account_state_ck', oneOf('state', ACCOUNT_STATES))
@Check('billing_account_past_due_ck', 'past_due_minor between 0 and 100000000000')
@Check('billing_account_currency_ck', `currency ~ '^[A-Z]{3}$'`)
@Check('billing_account_company_ck', 'company or company_authorised is null')
@Check('billing_account_contact_ck', 'octet_length(contact_index) = 16')
@Index('billing_account_subject_ix', ['customerSubject'], { where: 'customer_subject is not null' })
export class BillingAccount {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'billing_account_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @Column({ name: 'state', type: 'text' })
  state: AccountState;
  @Column({ name: 'good_standing', type: 'boolean', nullable: true })
  goodStanding: boolean | null;
  @Column({ name: 'past_due_minor', type: 'bigint', nullable: true })
  pastDueMinor: string | null;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'company', type: 'boolean' })
  company: boolean;
  @Column({ name: 'company_authorised', type: 'boolean', nullable: true })
  companyAuthorised: boolean | null;
  @Column({ name: 'customer_since', type: 'date' })
  customerSince: string;
  /** The `sub` of the customer's token, when the customer has one. */
  @Column({ name: 'customer_subject', type: 'text', nullable: true })
  customerSubject: string | null;
  /** A keyed hash of the customer's contact, never the contact. */
  @Column({ name: 'contact_index', type: 'bytea', nullable: true })
  contactIndex: Buffer | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
