import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('receipt')
@Index('receipt_location_ix', ['locationId', 'id'])
export class Receipt {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'receipt_pk' })
  id: string;
  @ForeignKey('StockLocation', 'id', { name: 'receipt_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'reference', type: 'text' })
  reference: string;
  @Column({ name: 'supplier', type: 'text' })
  supplier: string;
  @Column({ name: 'received_by', type: 'text' })
  receivedBy: string;
  @Column({ name: 'received_at', type: 'timestamptz', default: () => 'now()' })
  receivedAt: Date;
  @Column({ name: 'units', type: 'integer' })
  units: number;
  @Column({ name: 'pieces', type: 'integer' })
  pieces: number;
}
