import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('stock_unit')
export class StockUnit {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'stock_unit_pk' })
  id: string;
  @ForeignKey('DeviceVariant', 'id', { name: 'stock_unit_variant_fk' })
  @Column({ name: 'variant_id', type: 'uuid' })
  variantId: string;
  @Column({ name: 'first_seen_at', type: 'timestamptz', default: () => 'now()' })
  firstSeenAt: Date;
}
