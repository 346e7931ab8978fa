import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { SILENCES, type Silence } from '../rules/terms.words.js';
import { COUNTER_OFFER_STATES, type CounterOfferState } from './inspection.words.js';

@Entity('counter_offer')
@Check('counter_offer_status_ck', oneOf('status', COUNTER_OFFER_STATES))
@Check('counter_offer_silence_ck', oneOf('silence', SILENCES))
@Check('counter_offer_answered_ck', `(status = 'OPEN') = (answered_at is null)`)
@Check('counter_offer_photographs_ck', `cardinality(photograph_ids) between 1 and 20`)
@Check('counter_offer_reasons_ck', `cardinality(reasons) between 1 and 20`)
@Unique('counter_offer_inspection_key', ['inspectionId'])
@Index('counter_offer_open_key', ['tradeInId'], { unique: true, where: `status = 'OPEN'` })
@Index('counter_offer_trade_in_ix', ['tradeInId', 'id'])
export class CounterOffer {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'counter_offer_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'counter_offer_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @ForeignKey('TradeInInspection', 'id', { name: 'counter_offer_inspection_fk' })
  @Column({ name: 'inspection_id', type: 'uuid' })
  inspectionId: string;
  @Column({ name: 'status', type: 'text' })
  status: CounterOfferState;
  @Column({ name: 'market_minor', type: 'bigint' })
  marketMinor: string;
  @Column({ name: 'extra_minor', type: 'bigint' })
  extraMinor: string;
  @Column({ name: 'reasons', type: 'text', array: true })
  reasons: string[];
  @Column({ name: 'comment', type: 'text', nullable: true })
  comment: string | null;
  @Column({ name: 'offered_by', type: 'text' })
  offeredBy: string;
  @Column({ name: 'offered_at', type: 'timestamptz', default: () => 'now()' })
  offeredAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
  @Column({ name: 'silence', type: 'text' })
  silence: Silence;
  @Column({ name: 'answered_by', type: 'text', nullable: true })
  answeredBy: string | null;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt: Date | null;
  @Column({ name: 'photograph_ids', type: 'uuid', array: true })
  photographIds: string[];
}
