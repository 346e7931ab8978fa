import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { PART_STATES, type PartState } from './refurb-order.lifecycle.js';

/** Pieces of the bulk stock that an order needs: held for it, used, or given back. */
@Entity('refurb_part')
@Check('refurb_part_status_ck', oneOf('status', PART_STATES))
@Check('refurb_part_quantity_ck', 'quantity between 1 and 100')
@Check('refurb_part_cost_ck', 'unit_cost_minor between 0 and 100000000000')
@Check('refurb_part_settled_ck', `(status = 'RESERVED') = (settled_at is null)`)
@Index('refurb_part_order_ix', ['orderId', 'id'])
@Index('refurb_part_reserved_ix', ['locationId', 'skuId'], { where: `status = 'RESERVED'` })
export class RefurbPart {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'refurb_part_pk' })
  id: string;
  @ForeignKey('RefurbOrder', 'id', { name: 'refurb_part_order_fk' })
  @Column({ name: 'order_id', type: 'uuid' })
  orderId: string;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @ForeignKey('Sku', 'id', { name: 'refurb_part_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @Column({ name: 'quantity', type: 'integer' })
  quantity: number;
  @Column({ name: 'unit_cost_minor', type: 'bigint' })
  unitCostMinor: string;
  @Column({ name: 'status', type: 'text' })
  status: PartState;
  @Column({ name: 'reserved_by', type: 'text' })
  reservedBy: string;
  @Column({ name: 'reserved_at', type: 'timestamptz', default: () => 'now()' })
  reservedAt: Date;
  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true })
  settledAt: Date | null;
}
