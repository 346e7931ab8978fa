import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { CLOSED_DISPOSITIONS, HOLDING_DISPOSITIONS, type HoldingDisposition } from './stock-holding.lifecycle.js';
import {
  COSMETIC_GRADES,
  type CosmeticGrade,
  type Erasure,
  ERASURES,
  LOCK_STATES,
  type LockState,
  type Provenance,
  PROVENANCES,
} from './unit-condition.js';

@Entity('stock_holding')
@Check('stock_holding_disposition_ck', oneOf('disposition', HOLDING_DISPOSITIONS))
@Check('stock_holding_provenance_ck', oneOf('provenance', PROVENANCES))
@Check('stock_holding_closed_ck', `(closed_at is not null) = (${oneOf('disposition', CLOSED_DISPOSITIONS)})`)
@Check('stock_holding_reserved_ck', `(disposition = 'RESERVED') = (reserved_until is not null)`)
@Check('stock_holding_cosmetic_ck', oneOf('cosmetic', COSMETIC_GRADES))
@Check('stock_holding_functional_ck', 'functional between 0 and 9')
@Check('stock_holding_battery_ck', 'battery_pct between 0 and 100')
@Check('stock_holding_lock_ck', oneOf('lock_state', LOCK_STATES))
@Check('stock_holding_erasure_ck', oneOf('erasure', ERASURES))
@Check('stock_holding_cost_ck', 'cost_minor between 0 and 100000000000')
@Check('stock_holding_warranty_ck', 'warranty_days between 0 and 3650')
@Check(
  'stock_holding_available_ck',
  `disposition <> 'AVAILABLE' or coalesce(
    functional <= 2 and lock_state = 'UNLOCKED' and erasure in ('PASS', 'NOT_NEEDED')
    and cost_minor is not null and kit_complete and not encumbered, false)`,
)
@Index('stock_holding_open_key', ['unitId'], { unique: true, where: 'closed_at is null' })
@Index('stock_holding_free_ix', ['locationId', 'skuId', 'pickKey'], { where: `disposition = 'AVAILABLE'` })
@Index('stock_holding_lapsing_ix', ['locationId', 'skuId', 'reservedUntil'], { where: `disposition = 'RESERVED'` })
@Index('stock_holding_open_ix', ['locationId', 'id'], { where: 'closed_at is null' })
@Index('stock_holding_unit_ix', ['unitId', 'receivedAt'])
export class StockHolding {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'stock_holding_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'stock_holding_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('Sku', 'id', { name: 'stock_holding_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @ForeignKey('StockLocation', 'id', { name: 'stock_holding_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'disposition', type: 'text' })
  disposition: HoldingDisposition;
  @Column({ name: 'provenance', type: 'text' })
  provenance: Provenance;
  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt: Date;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
  @Column({ name: 'cost_minor', type: 'bigint', nullable: true })
  costMinor: string | null;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'cosmetic', type: 'text', nullable: true })
  cosmetic: CosmeticGrade | null;
  @Column({ name: 'functional', type: 'smallint', nullable: true })
  functional: number | null;
  @Column({ name: 'battery_pct', type: 'smallint', nullable: true })
  batteryPct: number | null;
  @Column({ name: 'lock_state', type: 'text' })
  lockState: LockState;
  @Column({ name: 'erasure', type: 'text' })
  erasure: Erasure;
  @Column({ name: 'kit_complete', type: 'boolean' })
  kitComplete: boolean;
  @Column({ name: 'warranty_days', type: 'smallint', nullable: true })
  warrantyDays: number | null;
  @Column({ name: 'grade_profile', type: 'text', nullable: true })
  gradeProfile: string | null;
  /** What the buyer is told of a minor fault. */
  @Column({ name: 'disclosure', type: 'text', nullable: true })
  disclosure: string | null;
  /** Number of the bag the handset was sealed into before the one who handed it in. */
  @Column({ name: 'sealed_bag', type: 'text', nullable: true })
  sealedBag: string | null;
  @Column({ name: 'encumbered', type: 'boolean', default: () => 'false' })
  encumbered: boolean;
  @Column({ name: 'reserved_until', type: 'timestamptz', nullable: true })
  reservedUntil: Date | null;
  @Column({ name: 'pick_key', type: 'integer' })
  pickKey: number;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
