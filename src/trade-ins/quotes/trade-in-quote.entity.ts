import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { TRADE_IN_CHANNELS, type TradeInChannel } from '../rules/terms.words.js';
import { QUOTE_OUTCOMES, QUOTE_STATES, type QuoteOutcome, type QuoteState } from './trade-in-quote.lifecycle.js';

@Entity('trade_in_quote')
@Check('trade_in_quote_status_ck', oneOf('status', QUOTE_STATES))
@Check('trade_in_quote_outcome_ck', oneOf('outcome', QUOTE_OUTCOMES))
@Check('trade_in_quote_channel_ck', oneOf('channel', TRADE_IN_CHANNELS))
@Check('trade_in_quote_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check(
  'trade_in_quote_market_ck',
  `(outcome = 'BOUGHT') = (market_minor is not null) and market_minor between 1 and 100000000000`,
)
@Check('trade_in_quote_promotion_ck', `promotion_minor between 0 and 100000000000`)
@Check('trade_in_quote_expires_ck', `expires_at > offered_at`)
@Unique('trade_in_quote_number_key', ['number'])
@Index('trade_in_quote_imei_ix', ['imei14', 'id'])
@Index('trade_in_quote_open_ix', ['expiresAt', 'id'], { where: `status = 'OFFERED'` })
@Index('trade_in_quote_page_ix', ['locationId', 'id'])
@Index('trade_in_quote_subject_ix', ['subject', 'id'], { where: `subject is not null` })
export class TradeInQuote {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_quote_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @Column({ name: 'status', type: 'text' })
  status: QuoteState;
  @Column({ name: 'outcome', type: 'text' })
  outcome: QuoteOutcome;
  @Column({ name: 'channel', type: 'text' })
  channel: TradeInChannel;
  @ForeignKey('StockLocation', 'id', { name: 'trade_in_quote_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'imei14', type: 'text' })
  imei14: string;
  @ForeignKey('DeviceVariant', 'id', { name: 'trade_in_quote_variant_fk' })
  @Column({ name: 'variant_id', type: 'uuid' })
  variantId: string;
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'subject', type: 'text', nullable: true })
  subject: string | null;
  @Column({ name: 'quoted_by', type: 'text' })
  quotedBy: string;
  @Column({ name: 'market_minor', type: 'bigint', nullable: true })
  marketMinor: string | null;
  @Column({ name: 'promotion_minor', type: 'bigint' })
  promotionMinor: string;
  @Column({ name: 'price_version_id', type: 'uuid', nullable: true })
  priceVersionId: string | null;
  @Column({ name: 'line_key', type: 'text', nullable: true })
  lineKey: string | null;
  @Column({ name: 'snapshot', type: 'jsonb' })
  snapshot: object;
  @Column({ name: 'snapshot_hash', type: 'bytea' })
  snapshotHash: Buffer;
  @Column({ name: 'offered_at', type: 'timestamptz', default: () => 'now()' })
  offeredAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
