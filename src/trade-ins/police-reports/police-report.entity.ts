import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { REPORT_STATES, type ReportState } from './police-report.words.js';

/** A purchase that the law of the place wants told to the police. */
@Entity('police_report')
@Check('police_report_status_ck', oneOf('status', REPORT_STATES))
@Check('police_report_sent_ck', `(status = 'SENT') = (batch_id is not null) and (batch_id is null) = (sent_at is null)`)
@Check(
  'police_report_released_ck',
  `(released_at is null) = (released_by is null) and (released_at is null) = (release_authority is null)`,
)
@Unique('police_report_trade_in_key', ['tradeInId'])
@Index('police_report_queue_ix', ['register', 'dueAt', 'id'], { where: `status = 'QUEUED'` })
@Index('police_report_page_ix', ['register', 'id'])
@Index('police_report_batch_ix', ['batchId'], { where: `batch_id is not null` })
export class PoliceReport {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'police_report_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'police_report_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @ForeignKey('StockLocation', 'id', { name: 'police_report_location_fk' })
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'register', type: 'text' })
  register: string;
  @Column({ name: 'status', type: 'text', default: () => "'QUEUED'" })
  status: ReportState;
  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt: Date;
  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;
  @ForeignKey('PoliceReportBatch', 'id', { name: 'police_report_batch_fk' })
  @Column({ name: 'batch_id', type: 'uuid', nullable: true })
  batchId: string | null;
  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;
  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt: Date | null;
  @Column({ name: 'released_by', type: 'text', nullable: true })
  releasedBy: string | null;
  @Column({ name: 'release_authority', type: 'text', nullable: true })
  releaseAuthority: string | null;
}
