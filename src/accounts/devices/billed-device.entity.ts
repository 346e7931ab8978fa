import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { type Segment, SEGMENTS } from '../billing-facts.js';

/** What billing knows of one device; what it does not know is null. */
@Entity('device_record')
@Unique('device_record_id_key', ['id'])
@Check('device_record_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('device_record_segment_ck', oneOf('segment', SEGMENTS))
@Check('device_record_jurisdiction_ck', `jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'`)
@Check('device_record_balance_ck', 'balance_minor between 0 and 100000000000')
@Check('device_record_currency_ck', `currency ~ '^[A-Z]{3}$'`)
@Check('device_record_financing_ck', '(balance_minor is null) = (currency is null)')
@Check('device_record_paid_ck', 'paid_off_at is null or coalesce(balance_minor = 0, false)')
@Check(
  'device_record_payoff_ck',
  'paid_off_at is not null or (payoff_channel is null and not paid_off_early and bill_closes_on is null)',
)
@Index('device_record_account_ix', ['accountId', 'currency', 'balanceMinor'], { where: 'account_id is not null' })
export class BilledDevice {
  @PrimaryColumn({ name: 'imei14', type: 'text', primaryKeyConstraintName: 'device_record_pk' })
  imei14: string;
  /** Names the record in histories and events, where no IMEI may stand. */
  @Column({ name: 'id', type: 'uuid' })
  id: string;
  /** The account of its last activity. */
  @ForeignKey('BillingAccount', 'id', { name: 'device_record_account_fk' })
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'sold_by_us', type: 'boolean', nullable: true })
  soldByUs: boolean | null;
  @Column({ name: 'brand', type: 'text', nullable: true })
  brand: string | null;
  @Column({ name: 'segment', type: 'text', nullable: true })
  segment: Segment | null;
  @Column({ name: 'jurisdiction', type: 'text', nullable: true })
  jurisdiction: string | null;
  @Column({ name: 'purchased_on', type: 'date', nullable: true })
  purchasedOn: string | null;
  @Column({ name: 'activated_on', type: 'date', nullable: true })
  activatedOn: string | null;
  @Column({ name: 'fraud_flag', type: 'boolean', nullable: true })
  fraudFlag: boolean | null;
  @Column({ name: 'balance_minor', type: 'bigint', nullable: true })
  balanceMinor: string | null;
  @Column({ name: 'currency', type: 'text', nullable: true })
  currency: string | null;
  @Column({ name: 'paid_off_at', type: 'timestamptz', nullable: true })
  paidOffAt: Date | null;
  @Column({ name: 'payoff_channel', type: 'text', nullable: true })
  payoffChannel: string | null;
  @Column({ name: 'paid_off_early', type: 'boolean', default: () => 'false' })
  paidOffEarly: boolean;
  @Column({ name: 'bill_closes_on', type: 'date', nullable: true })
  billClosesOn: string | null;
  @Column({ name: 'contract_ends_on', type: 'date', nullable: true })
  contractEndsOn: string | null;
  @Column({ name: 'upgraded_on', type: 'date', nullable: true })
  upgradedOn: string | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
