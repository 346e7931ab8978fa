import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('reservation_line')
@Check('reservation_line_quantity_ck', 'quantity between 1 and 10000')
@Check('reservation_line_unit_ck', '(unit_id is null) = (holding_id is null) and (unit_id is null or quantity = 1)')
@Index('reservation_line_active_key', ['unitId'], { unique: true, where: 'active' })
export class ReservationLine {
  @ForeignKey('Reservation', 'id', { name: 'reservation_line_reservation_fk' })
  @PrimaryColumn({ name: 'reservation_id', type: 'uuid', primaryKeyConstraintName: 'reservation_line_pk' })
  reservationId: string;
  @PrimaryColumn({ name: 'line_no', type: 'smallint', primaryKeyConstraintName: 'reservation_line_pk' })
  lineNo: number;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @ForeignKey('Sku', 'id', { name: 'reservation_line_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true })
  unitId: string | null;
  @ForeignKey('StockHolding', 'id', { name: 'reservation_line_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid', nullable: true })
  holdingId: string | null;
  @Column({ name: 'quantity', type: 'integer' })
  quantity: number;
  @Column({ name: 'active', type: 'boolean', default: () => 'true' })
  active: boolean;
}
