import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { COST_KINDS, type CostKind } from './refurb-order.lifecycle.js';

/** Something that was put on the cost of a handset; never changed, and a part only once. */
@Entity('refurb_cost')
@Check('refurb_cost_kind_ck', oneOf('kind', COST_KINDS))
@Check('refurb_cost_part_ck', `(kind = 'PART') = (part_id is not null) and (kind = 'LABOUR') = (minutes is not null)`)
@Check('refurb_cost_amount_ck', 'amount_minor >= 0')
@Index('refurb_cost_part_key', ['partId'], { unique: true, where: 'part_id is not null' })
@Index('refurb_cost_order_ix', ['orderId', 'id'])
export class RefurbCost {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'refurb_cost_pk' })
  id: string;
  @ForeignKey('RefurbOrder', 'id', { name: 'refurb_cost_order_fk' })
  @Column({ name: 'order_id', type: 'uuid' })
  orderId: string;
  @ForeignKey('StockHolding', 'id', { name: 'refurb_cost_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'kind', type: 'text' })
  kind: CostKind;
  @ForeignKey('RefurbPart', 'id', { name: 'refurb_cost_part_fk' })
  @Column({ name: 'part_id', type: 'uuid', nullable: true })
  partId: string | null;
  @Column({ name: 'minutes', type: 'integer', nullable: true })
  minutes: number | null;
  @Column({ name: 'work', type: 'text', nullable: true })
  work: string | null;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;
}
