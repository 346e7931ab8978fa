import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../platform/one-of.js';
import {
  IMPORT_FORMATS,
  IMPORT_KINDS,
  IMPORT_STATES,
  type ImportFormat,
  type ImportKind,
  type ImportState,
} from './import-job.lifecycle.js';

@Entity('import_job')
@Check('import_job_kind_ck', oneOf('kind', IMPORT_KINDS))
@Check('import_job_format_ck', oneOf('format', IMPORT_FORMATS))
@Check('import_job_state_ck', oneOf('state', IMPORT_STATES))
@Index('import_job_waiting_ix', ['askedAt'], { where: `state in ('WAITING', 'RUNNING')` })
export class ImportJob {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'import_job_pk' })
  id: string;
  @Column({ name: 'kind', type: 'text' })
  kind: ImportKind;
  @Column({ name: 'format', type: 'text' })
  format: ImportFormat;
  @Column({ name: 'state', type: 'text' })
  state: ImportState;
  @Column({ name: 'dry_run', type: 'boolean' })
  dryRun: boolean;
  @Column({ name: 'all_or_nothing', type: 'boolean' })
  allOrNothing: boolean;
  @Column({ name: 'location_id', type: 'uuid', nullable: true })
  locationId: string | null;
  @Column({ name: 'asked_by', type: 'text' })
  askedBy: string;
  @Column({ name: 'asked_at', type: 'timestamptz', default: () => 'now()' })
  askedAt: Date;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
  @Column({ name: 'bytes_total', type: 'bigint' })
  bytesTotal: string;
  @Column({ name: 'bytes_read', type: 'bigint', default: () => '0' })
  bytesRead: string;
  @Column({ name: 'lines_read', type: 'integer', default: () => '0' })
  linesRead: number;
  @Column({ name: 'lines_applied', type: 'integer', default: () => '0' })
  linesApplied: number;
  @Column({ name: 'lines_unchanged', type: 'integer', default: () => '0' })
  linesUnchanged: number;
  @Column({ name: 'lines_failed', type: 'integer', default: () => '0' })
  linesFailed: number;
  @Column({ name: 'failure', type: 'text', nullable: true })
  failure: string | null;
  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;
  /** Names who works on it: each process that takes the job writes its own. */
  @Column({ name: 'lease_id', type: 'uuid', nullable: true })
  leaseId: string | null;
  /** How often it was taken since it last came further. */
  @Column({ name: 'tries', type: 'integer', default: () => '0' })
  tries: number;
}
