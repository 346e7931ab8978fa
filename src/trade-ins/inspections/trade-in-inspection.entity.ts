import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { INSPECTION_VERDICTS, type InspectionVerdict } from './inspection.words.js';

@Entity('trade_in_inspection')
@Check('trade_in_inspection_verdict_ck', oneOf('verdict', INSPECTION_VERDICTS))
@Check(
  'trade_in_inspection_market_ck',
  `(verdict = 'NOT_BOUGHT') = (market_minor is null) and market_minor between 0 and 100000000000`,
)
@Index('trade_in_inspection_trade_in_ix', ['tradeInId', 'id'])
export class TradeInInspection {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_inspection_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'trade_in_inspection_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'inspected_by', type: 'text' })
  inspectedBy: string;
  @Column({ name: 'inspected_at', type: 'timestamptz', default: () => 'now()' })
  inspectedAt: Date;
  @Column({ name: 'received_imei14', type: 'text' })
  receivedImei14: string;
  @ForeignKey('DeviceVariant', 'id', { name: 'trade_in_inspection_variant_fk' })
  @Column({ name: 'variant_id', type: 'uuid' })
  variantId: string;
  @Column({ name: 'answers', type: 'jsonb' })
  answers: object;
  @Column({ name: 'valuation', type: 'jsonb' })
  valuation: object;
  @Column({ name: 'market_minor', type: 'bigint', nullable: true })
  marketMinor: string | null;
  @Column({ name: 'extra_minor', type: 'bigint' })
  extraMinor: string;
  @Column({ name: 'differs', type: 'text', array: true })
  differs: string[];
  @Column({ name: 'verdict', type: 'text' })
  verdict: InspectionVerdict;
}
