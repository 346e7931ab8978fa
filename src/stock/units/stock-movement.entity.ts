import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { HoldingDisposition } from './stock-holding.lifecycle.js';
import { MOVEMENT_KINDS, type MovementKind } from './stock-movement.kinds.js';

@Entity('stock_movement')
@Check('stock_movement_kind_ck', oneOf('kind', MOVEMENT_KINDS))
@Check('stock_movement_unit_ck', 'unit_id is null or (on_hand between -1 and 1 and free between -1 and 1)')
@Index('stock_movement_ledger_ix', { synchronize: false })
@Index('stock_movement_location_ix', ['locationId', 'occurredAt', 'id'])
@Index('stock_movement_unit_ix', ['unitId', 'occurredAt'], { where: 'unit_id is not null' })
export class StockMovement {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'stock_movement_pk' })
  id: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'now()' })
  occurredAt: Date;
  @ForeignKey('StockLocation', 'id', { name: 'stock_movement_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @ForeignKey('Sku', 'id', { name: 'stock_movement_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true })
  unitId: string | null;
  @Column({ name: 'holding_id', type: 'uuid', nullable: true })
  holdingId: string | null;
  @Column({ name: 'kind', type: 'text' })
  kind: MovementKind;
  @Column({ name: 'on_hand', type: 'integer' })
  onHand: number;
  @Column({ name: 'free', type: 'integer' })
  free: number;
  @Column({ name: 'from_disposition', type: 'text', nullable: true })
  fromDisposition: HoldingDisposition | null;
  @Column({ name: 'to_disposition', type: 'text', nullable: true })
  toDisposition: HoldingDisposition | null;
  @Column({ name: 'reason', type: 'text', nullable: true })
  reason: string | null;
  @Column({ name: 'document_id', type: 'uuid', nullable: true })
  documentId: string | null;
  @Column({ name: 'actor', type: 'text' })
  actor: string;
  @Column({ name: 'correlation_id', type: 'text' })
  correlationId: string;
}
