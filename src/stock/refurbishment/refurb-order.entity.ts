import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SKU_GRADES, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { oneOf } from '../../platform/one-of.js';
import {
  DONE_STATES,
  ORDER_OUTCOMES,
  ORDER_STATES,
  type OrderOutcome,
  type OrderState,
} from './refurb-order.lifecycle.js';

@Entity('refurb_order')
@Check('refurb_order_status_ck', oneOf('status', ORDER_STATES))
@Check('refurb_order_held_ck', `(status = 'ON_HOLD') = (held_from is not null)`)
@Check('refurb_order_done_ck', `(closed_at is not null) = (${oneOf('status', DONE_STATES)})`)
@Check(
  'refurb_order_outcome_ck',
  `(outcome is not null) = (closed_at is not null) and ${oneOf('outcome', ORDER_OUTCOMES)}`,
)
@Check('refurb_order_grade_ck', oneOf('grade', SKU_GRADES))
@Check('refurb_order_second_person_ck', 'approved_by <> opened_by')
@Check(
  'refurb_order_money_ck',
  'labour_rate_minor >= 0 and acquisition_minor >= 0 and estimated_minor >= 0 and expected_sale_minor >= 0',
)
@Index('refurb_order_live_key', ['holdingId'], { unique: true, where: 'closed_at is null' })
@Index('refurb_order_holding_ix', ['holdingId'])
@Index('refurb_order_location_ix', ['locationId', 'id'])
@Index('refurb_order_status_ix', ['status', 'id'])
export class RefurbOrder {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'refurb_order_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'refurb_order_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('StockHolding', 'id', { name: 'refurb_order_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @ForeignKey('StockLocation', 'id', { name: 'refurb_order_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'status', type: 'text' })
  status: OrderState;
  /** The state it was held in. */
  @Column({ name: 'held_from', type: 'text', nullable: true })
  heldFrom: OrderState | null;
  @Column({ name: 'hold_reason', type: 'text', nullable: true })
  holdReason: string | null;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  /** An hour of work. */
  @Column({ name: 'labour_rate_minor', type: 'bigint' })
  labourRateMinor: string;
  /** What the handset cost before the order. */
  @Column({ name: 'acquisition_minor', type: 'bigint' })
  acquisitionMinor: string;
  @Column({ name: 'estimated_minor', type: 'bigint' })
  estimatedMinor: string;
  @Column({ name: 'expected_sale_minor', type: 'bigint' })
  expectedSaleMinor: string;
  /** Whether it costs more than it will bring. */
  @Column({ name: 'ber_proposed', type: 'boolean' })
  berProposed: boolean;
  /** Who let it go on nevertheless. */
  @Column({ name: 'approved_by', type: 'text', nullable: true })
  approvedBy: string | null;
  @Column({ name: 'outcome', type: 'text', nullable: true })
  outcome: OrderOutcome | null;
  @Column({ name: 'grade', type: 'text', nullable: true })
  grade: SkuGrade | null;
  @Column({ name: 'opened_by', type: 'text' })
  openedBy: string;
  @Column({ name: 'opened_at', type: 'timestamptz', default: () => 'now()' })
  openedAt: Date;
  /** When work on it began, the last time. */
  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt: Date | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
