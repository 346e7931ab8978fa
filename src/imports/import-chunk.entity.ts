import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('import_chunk')
export class ImportChunk {
  @ForeignKey('ImportJob', 'id', { name: 'import_chunk_job_fk', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'job_id', type: 'uuid', primaryKeyConstraintName: 'import_chunk_pk' })
  jobId: string;
  @PrimaryColumn({ name: 'seq', type: 'integer', primaryKeyConstraintName: 'import_chunk_pk' })
  seq: number;
  @Column({ name: 'bytes', type: 'bytea' })
  bytes: Buffer;
}
