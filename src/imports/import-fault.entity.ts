import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('import_fault')
export class ImportFault {
  @ForeignKey('ImportJob', 'id', { name: 'import_fault_job_fk', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'job_id', type: 'uuid', primaryKeyConstraintName: 'import_fault_pk' })
  jobId: string;
  @PrimaryColumn({ name: 'line', type: 'integer', primaryKeyConstraintName: 'import_fault_pk' })
  line: number;
  @PrimaryColumn({ name: 'position', type: 'smallint', primaryKeyConstraintName: 'import_fault_pk' })
  position: number;
  @Column({ name: 'column_name', type: 'text' })
  columnName: string;
  @Column({ name: 'value', type: 'text' })
  value: string;
  @Column({ name: 'code', type: 'text' })
  code: string;
  @Column({ name: 'detail', type: 'text' })
  detail: string;
}
