import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { ENCUMBRANCE_KINDS, type EncumbranceKind } from './unit-encumbrance.lifecycle.js';

@Entity('unit_encumbrance')
@Check('unit_encumbrance_kind_ck', oneOf('kind', ENCUMBRANCE_KINDS))
@Check('unit_encumbrance_lifted_ck', '(lifted_at is null) = (lifted_by is null)')
@Index('unit_encumbrance_live_key', ['unitId', 'kind'], { unique: true, where: 'lifted_at is null' })
export class UnitEncumbrance {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unit_encumbrance_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'unit_encumbrance_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @Column({ name: 'kind', type: 'text' })
  kind: EncumbranceKind;
  @Column({ name: 'reason', type: 'text' })
  reason: string;
  @Column({ name: 'placed_at', type: 'timestamptz', default: () => 'now()' })
  placedAt: Date;
  @Column({ name: 'placed_by', type: 'text' })
  placedBy: string;
  @Column({ name: 'lifted_at', type: 'timestamptz', nullable: true })
  liftedAt: Date | null;
  @Column({ name: 'lifted_by', type: 'text', nullable: true })
  liftedBy: string | null;
  @Column({ name: 'lifted_reason', type: 'text', nullable: true })
  liftedReason: string | null;
}
