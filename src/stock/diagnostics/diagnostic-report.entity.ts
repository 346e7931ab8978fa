import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { TestResult } from '../standards/test-plan.js';

export interface ReportedResult {
  test: string;
  result: TestResult;
  value: string | null;
}

/** What the tests of a handset came to; never changed. */
@Entity('diagnostic_report')
@Check('diagnostic_report_functional_ck', 'functional between 0 and 9')
@Index('diagnostic_report_unit_ix', ['unitId', 'id'])
@Index('diagnostic_report_holding_ix', ['holdingId', 'recordedAt', 'id'])
export class DiagnosticReport {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'diagnostic_report_pk' })
  id: string;
  @ForeignKey('StockUnit', 'id', { name: 'diagnostic_report_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;
  @ForeignKey('StockHolding', 'id', { name: 'diagnostic_report_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid' })
  holdingId: string;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  /** Version of the test plan. */
  @Column({ name: 'plan', type: 'text' })
  plan: string;
  @Column({ name: 'tool', type: 'text' })
  tool: string;
  @Column({ name: 'tool_version', type: 'text' })
  toolVersion: string;
  @Column({ name: 'operator', type: 'text' })
  operator: string;
  @Column({ name: 'station', type: 'text' })
  station: string;
  @Column({ name: 'performed_at', type: 'timestamptz' })
  performedAt: Date;
  @Column({ name: 'results', type: 'jsonb' })
  results: ReportedResult[];
  /** Null while something is untested and no fault was found. */
  @Column({ name: 'functional', type: 'smallint', nullable: true })
  functional: number | null;
  @Column({ name: 'disclose', type: 'text', array: true })
  disclose: string[];
  @Column({ name: 'untested', type: 'text', array: true })
  untested: string[];
  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;
}
