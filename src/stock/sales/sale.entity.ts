import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { SALE_STATES, type SaleState } from './sale.lifecycle.js';

@Entity('sale')
@Unique('sale_number_key', ['number'])
@Check('sale_status_ck', oneOf('status', SALE_STATES))
@Check('sale_handed_over_ck', `(status = 'SOLD') = (handed_over_at is null)`)
@Index('sale_location_ix', ['locationId', 'id'])
@Index('sale_reservation_key', ['reservationId'], { unique: true, where: 'reservation_id is not null' })
export class Sale {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'sale_pk' })
  id: string;
  @Column({ name: 'number', type: 'text' })
  number: string;
  @ForeignKey('StockLocation', 'id', { name: 'sale_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'status', type: 'text' })
  status: SaleState;
  @ForeignKey('Reservation', 'id', { name: 'sale_reservation_fk' })
  @Column({ name: 'reservation_id', type: 'uuid', nullable: true })
  reservationId: string | null;
  @Column({ name: 'customer_reference', type: 'text', nullable: true })
  customerReference: string | null;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'total_minor', type: 'bigint' })
  totalMinor: string;
  @Column({ name: 'sold_by', type: 'text' })
  soldBy: string;
  @Column({ name: 'sold_at', type: 'timestamptz', default: () => 'now()' })
  soldAt: Date;
  @Column({ name: 'handed_over_at', type: 'timestamptz', nullable: true })
  handedOverAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
