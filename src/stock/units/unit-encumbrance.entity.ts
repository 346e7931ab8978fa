import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { ENCUMBRANCE_KINDS, type EncumbranceKind } from './unit-encumbrance.lifecycle.js';

@Entity('unit_encumbrance')
@Check('unit_encumbrance_kind_ck', oneOf('kind', ENCUMBRANCE_KINDS))
@Check('unit_encumbrance_lifted_ck', '(lifted_at is null) = (lifted_by is null)')
@Check('unit_encumbrance_until_ck', `until is null or kind = 'LEGAL_HOLD'`)
@Index('unit_encumbrance_live_key', ['unitId', 'kind'], { unique: true, where: 'lifted_at is null' })
@Index('unit_encumbrance_ending_ix', ['until'], { where: 'lifted_at is null and until is not null' })
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
  /** When a hold ends by itself; null for one that ends when it is lifted. */
  @Column({ name: 'until', type: 'timestamptz', nullable: true })
  until: Date | null;
  /** The trade-in or the request that it was placed for. */
  @Column({ name: 'document_id', type: 'uuid', nullable: true })
  documentId: string | null;
  @Column({ name: 'lifted_at', type: 'timestamptz', nullable: true })
  liftedAt: Date | null;
  @Column({ name: 'lifted_by', type: 'text', nullable: true })
  liftedBy: string | null;
  @Column({ name: 'lifted_reason', type: 'text', nullable: true })
  liftedReason: string | null;
}
