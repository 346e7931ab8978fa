import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CosmeticGrade, Erasure, LockState } from './unit-condition.js';

@Entity('unit_inspection')
@Index('unit_inspection_unit_ix', ['unitId', 'inspectedAt'])
export class UnitInspection {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unit_inspection_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'unit_inspection_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('StockHolding', 'id', { name: 'unit_inspection_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'inspected_at', type: 'timestamptz', default: () => 'now()' })
  inspectedAt: Date;
  @Column({ name: 'inspected_by', type: 'text' })
  inspectedBy: string;
  @Column({ name: 'cosmetic', type: 'text' })
  cosmetic: CosmeticGrade;
  @Column({ name: 'functional', type: 'smallint' })
  functional: number;
  @Column({ name: 'battery_pct', type: 'smallint', nullable: true })
  batteryPct: number | null;
  @Column({ name: 'lock_state', type: 'text' })
  lockState: LockState;
  @Column({ name: 'liquid_damage', type: 'boolean' })
  liquidDamage: boolean;
  @Column({ name: 'parts_original', type: 'boolean' })
  partsOriginal: boolean;
  @Column({ name: 'erasure', type: 'text' })
  erasure: Erasure;
  @Column({ name: 'erasure_certificate', type: 'text', nullable: true })
  erasureCertificate: string | null;
  @Column({ name: 'retail_grade', type: 'text', nullable: true })
  retailGrade: string | null;
  @Column({ name: 'grade_profile', type: 'text' })
  gradeProfile: string;
}
