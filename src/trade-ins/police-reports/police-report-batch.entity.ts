import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { REPORT_FORMATS, type ReportFormat } from './police-report.words.js';

/** A file of reports as it was given to a register; it lies sealed, and goes when the identities in it do. */
@Entity('police_report_batch')
@Check('police_report_batch_format_ck', oneOf('format', REPORT_FORMATS))
@Check('police_report_batch_digest_ck', `octet_length(digest) = 32`)
@Check('police_report_batch_reports_ck', `reports > 0`)
@Index('police_report_batch_until_ix', ['contentUntil'], { where: `content_sealed is not null` })
export class PoliceReportBatch {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'police_report_batch_pk' })
  id: string;
  @Column({ name: 'register', type: 'text' })
  register: string;
  @Column({ name: 'format', type: 'text' })
  format: ReportFormat;
  @Column({ name: 'reports', type: 'integer' })
  reports: number;
  @Column({ name: 'digest', type: 'bytea' })
  digest: Buffer;
  @Column({ name: 'bytes', type: 'integer' })
  bytes: number;
  @Column({ name: 'content_sealed', type: 'bytea', nullable: true })
  contentSealed: Buffer | null;
  @Column({ name: 'content_until', type: 'timestamptz' })
  contentUntil: Date;
  @Column({ name: 'made_by', type: 'text' })
  madeBy: string;
  @Column({ name: 'made_at', type: 'timestamptz', default: () => 'now()' })
  madeAt: Date;
}
