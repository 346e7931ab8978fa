import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('line_activity')
@Check('line_activity_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('line_activity_period_ck', 'active_to >= active_from')
export class LineActivityRow {
  @PrimaryColumn({ name: 'imei14', type: 'text', primaryKeyConstraintName: 'line_activity_pk' })
  imei14: string;
  @ForeignKey('AccountLine', 'id', { name: 'line_activity_line_fk' })
  @PrimaryColumn({ name: 'line_id', type: 'uuid', primaryKeyConstraintName: 'line_activity_pk' })
  lineId: string;
  @PrimaryColumn({ name: 'active_from', type: 'date', primaryKeyConstraintName: 'line_activity_pk' })
  activeFrom: string;
  @Column({ name: 'active_to', type: 'date', nullable: true })
  activeTo: string | null;
}
