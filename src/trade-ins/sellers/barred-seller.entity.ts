import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('barred_seller')
@Check('barred_seller_lifted_ck', `(lifted_by is null) = (lifted_at is null)`)
@Check('barred_seller_second_person_ck', `lifted_by <> barred_by`)
@Index('barred_seller_live_key', ['sellerId'], { unique: true, where: `lifted_at is null` })
export class BarredSeller {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'barred_seller_pk' })
  id: string;
  @ForeignKey('Seller', 'id', { name: 'barred_seller_seller_fk' })
  @Column({ name: 'seller_id', type: 'uuid' })
  sellerId: string;
  /** The trade-in that gave the reason. */
  @ForeignKey('TradeIn', 'id', { name: 'barred_seller_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid', nullable: true })
  tradeInId: string | null;
  @Column({ name: 'reason', type: 'text' })
  reason: string;
  @Column({ name: 'barred_by', type: 'text' })
  barredBy: string;
  @Column({ name: 'barred_at', type: 'timestamptz', default: () => 'now()' })
  barredAt: Date;
  @Column({ name: 'lifted_by', type: 'text', nullable: true })
  liftedBy: string | null;
  @Column({ name: 'lifted_at', type: 'timestamptz', nullable: true })
  liftedAt: Date | null;
}
