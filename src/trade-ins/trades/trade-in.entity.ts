import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { TRADE_IN_CHANNELS, type TradeInChannel } from '../rules/terms.words.js';
import { TRADE_IN_STATES, type TradeInState } from './trade-in.lifecycle.js';

@Entity('trade_in')
@Check('trade_in_status_ck', oneOf('status', TRADE_IN_STATES))
@Check('trade_in_channel_ck', oneOf('channel', TRADE_IN_CHANNELS))
@Check('trade_in_imei_ck', `imei14 ~ '^[0-9]{14}$' and received_imei14 ~ '^[0-9]{14}$'`)
@Check(
  'trade_in_money_ck',
  `quoted_minor between 0 and 100000000000 and agreed_minor between 0 and 100000000000 and agreed_extra_minor between 0 and 100000000000 and (agreed_minor is null) = (agreed_extra_minor is null)`,
)
@Check(
  'trade_in_settling_ck',
  `status not in ('VALIDATED', 'SETTLING', 'PAYOUT_FAILED', 'SETTLED') or agreed_minor is not null`,
)
@Check('trade_in_waiting_ck', `status not in ('SUSPENDED', 'COUNTER_OFFERED') or waits_until is not null`)
@Check('trade_in_suspended_ck', `(status = 'SUSPENDED') = (suspended_for is not null)`)
@Check('trade_in_second_person_ck', `reviewed_by <> accepted_by`)
@Unique('trade_in_number_key', ['number'])
@Unique('trade_in_quote_key', ['quoteId'])
@Index('trade_in_open_key', ['imei14'], {
  unique: true,
  where: `status in ( 'ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT', 'RECEIVED', 'INSPECTING', 'SUSPENDED', 'COUNTER_OFFERED', 'VALIDATED', 'REJECTED', 'RETURN_PENDING', 'SETTLING', 'PAYOUT_FAILED')`,
})
@Index('trade_in_queue_ix', ['locationId', 'status', 'id'])
@Index('trade_in_status_ix', ['status', 'id'])
@Index('trade_in_imei_ix', ['imei14', 'id'])
@Index('trade_in_received_ix', ['receivedImei14'], { where: `received_imei14 is not null` })
@Index('trade_in_seller_ix', ['sellerId', 'acceptedAt'])
@Index('trade_in_unit_ix', ['unitId'], { where: `unit_id is not null` })
@Index('trade_in_seller_until_ix', ['sellerUntil'], { where: `seller_sealed is not null` })
@Index('trade_in_subject_ix', ['subject', 'id'], { where: `subject is not null` })
@Index('trade_in_account_ix', ['accountId', 'acceptedAt'], { where: `account_id is not null` })
@Index('trade_in_employee_ix', ['acceptedBy', 'acceptedAt'])
@Index('trade_in_line_ix', ['priceVersionId', 'lineKey'], { where: `line_key is not null` })
@Index('trade_in_due_ix', ['deadlineAt'], { where: `status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT')` })
@Index('trade_in_recheck_ix', ['recheckAt'], { where: `status = 'SETTLED' and recheck_at is not null` })
@Index('trade_in_listed_ix', ['id'], { where: `status = 'SETTLED' and listed_at is not null` })
@Index('trade_in_untold_ix', ['id'], { where: `told_status is distinct from status` })
@Index('trade_in_waits_ix', ['waitsUntil'], { where: `status in ('SUSPENDED', 'COUNTER_OFFERED')` })
export class TradeIn {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @ForeignKey('TradeInQuote', 'id', { name: 'trade_in_quote_fk' })
  @Column({ name: 'quote_id', type: 'uuid' })
  quoteId: string;
  @Column({ name: 'status', type: 'text' })
  status: TradeInState;
  @Column({ name: 'channel', type: 'text' })
  channel: TradeInChannel;
  @ForeignKey('StockLocation', 'id', { name: 'trade_in_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'imei14', type: 'text' })
  imei14: string;
  @Column({ name: 'received_imei14', type: 'text', nullable: true })
  receivedImei14: string | null;
  @ForeignKey('DeviceVariant', 'id', { name: 'trade_in_variant_fk' })
  @Column({ name: 'variant_id', type: 'uuid' })
  variantId: string;
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'subject', type: 'text', nullable: true })
  subject: string | null;
  @ForeignKey('Seller', 'id', { name: 'trade_in_seller_fk' })
  @Column({ name: 'seller_id', type: 'uuid' })
  sellerId: string;
  /** Who sold, as their paper showed then; gone when its time is over. */
  @Column({ name: 'seller_sealed', type: 'bytea', nullable: true })
  sellerSealed: Buffer | null;
  @Column({ name: 'seller_until', type: 'timestamptz' })
  sellerUntil: Date;
  @ForeignKey('TradeInRule', 'id', { name: 'trade_in_jurisdiction_fk' })
  @Column({ name: 'jurisdiction_id', type: 'uuid' })
  jurisdictionId: string;
  @ForeignKey('TradeInRule', 'id', { name: 'trade_in_terms_fk' })
  @Column({ name: 'terms_id', type: 'uuid' })
  termsId: string;
  @Column({ name: 'plan_code', type: 'text' })
  planCode: string;
  @Column({ name: 'quoted_minor', type: 'bigint' })
  quotedMinor: string;
  @Column({ name: 'agreed_minor', type: 'bigint', nullable: true })
  agreedMinor: string | null;
  @Column({ name: 'agreed_extra_minor', type: 'bigint', nullable: true })
  agreedExtraMinor: string | null;
  @Column({ name: 'price_version_id', type: 'uuid', nullable: true })
  priceVersionId: string | null;
  @Column({ name: 'line_key', type: 'text', nullable: true })
  lineKey: string | null;
  @Column({ name: 'review', type: 'text', array: true, default: () => "'{}'" })
  review: string[];
  @Column({ name: 'reviewed_by', type: 'text', nullable: true })
  reviewedBy: string | null;
  @Column({ name: 'accepted_by', type: 'text' })
  acceptedBy: string;
  @Column({ name: 'accepted_at', type: 'timestamptz', default: () => 'now()' })
  acceptedAt: Date;
  @Column({ name: 'deadline_at', type: 'timestamptz', nullable: true })
  deadlineAt: Date | null;
  @Column({ name: 'tracking_in', type: 'text', nullable: true })
  trackingIn: string | null;
  @Column({ name: 'tracking_out', type: 'text', nullable: true })
  trackingOut: string | null;
  @Column({ name: 'sealed_bag', type: 'text', nullable: true })
  sealedBag: string | null;
  @ForeignKey('StockUnit', 'id', { name: 'trade_in_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid', nullable: true })
  unitId: string | null;
  @Column({ name: 'received_at', type: 'timestamptz', nullable: true })
  receivedAt: Date | null;
  @Column({ name: 'inspected_by', type: 'text', nullable: true })
  inspectedBy: string | null;
  @Column({ name: 'waits_until', type: 'timestamptz', nullable: true })
  waitsUntil: Date | null;
  @Column({ name: 'suspended_for', type: 'text', nullable: true })
  suspendedFor: string | null;
  @Column({ name: 'close_reason', type: 'text', nullable: true })
  closeReason: string | null;
  @Column({ name: 'payout_tries', type: 'smallint', default: () => '0' })
  payoutTries: number;
  @Column({ name: 'settled_by', type: 'text', nullable: true })
  settledBy: string | null;
  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true })
  settledAt: Date | null;
  /** When the block lists are looked at again for it. */
  @Column({ name: 'recheck_at', type: 'timestamptz', nullable: true })
  recheckAt: Date | null;
  /** When it was found on one after it had been paid. */
  @Column({ name: 'listed_at', type: 'timestamptz', nullable: true })
  listedAt: Date | null;
  /** The state that its seller was last written about. */
  @Column({ name: 'told_status', type: 'text', nullable: true })
  toldStatus: TradeInState | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
