import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, Id, Maybe, OneOf, QueryFlag, Text } from '../../values/fields.js';
import { RULE_WORD, RULE_WORD_LONGEST } from '../rules/words.dto.js';
import { REPORT_FORMATS, REPORT_STATES, type ReportFormat, type ReportState } from './police-report.words.js';

export class PoliceReportParams {
  /** The report. */
  @Id()
  id: string;
}

export class PoliceReportBatchParams {
  /** The batch. */
  @Id()
  id: string;
}

export class PoliceReportsQuery extends PageQuery {
  /** Only reports to this register. */
  @Maybe()
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'CAPSS')
  register?: string;
  /** Only reports that wait, or only those that were given. */
  @Maybe()
  @OneOf(REPORT_STATES, 'PoliceReportState')
  status?: ReportState;
  /** Only reports that wait and should have been given by now. */
  @Maybe()
  @QueryFlag()
  overdue?: boolean;
}

export class ExportReportsDto {
  /** The register that is told. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'CAPSS')
  register: string;
  /** How it wants its file. */
  @OneOf(REPORT_FORMATS, 'PoliceReportFormat')
  format: ReportFormat;
}

export class ReleaseReportDto {
  /** Who lets the handset go: authority, officer, and on what paper. */
  @Text(3, 500)
  authority: string;
}
