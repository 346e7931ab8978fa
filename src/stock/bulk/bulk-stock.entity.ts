import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('bulk_stock')
@Index('bulk_stock_sku_ix', ['skuId', 'locationId'])
@Check('bulk_stock_count_ck', 'reserved between 0 and on_hand')
export class BulkStock {
  @ForeignKey('StockLocation', 'id', { name: 'bulk_stock_location_fk' })
  @PrimaryColumn({ name: 'location_id', type: 'uuid', primaryKeyConstraintName: 'bulk_stock_pk' })
  locationId: string;
  @ForeignKey('Sku', 'id', { name: 'bulk_stock_sku_fk' })
  @PrimaryColumn({ name: 'sku_id', type: 'uuid', primaryKeyConstraintName: 'bulk_stock_pk' })
  skuId: string;
  @Column({ name: 'on_hand', type: 'integer' })
  onHand: number;
  @Column({ name: 'reserved', type: 'integer', default: () => '0' })
  reserved: number;
}
