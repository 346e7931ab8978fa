import { NextCursor } from '../../platform/http/page.js';
import { Flag, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { RULE_WORD_LONGEST } from '../rules/words.dto.js';
import { REPORT_FORMATS, REPORT_STATES, type ReportFormat, type ReportState } from './police-report.words.js';

/** A purchase that is told to the police, without who sold and what. */
export class PoliceReportView {
  /** Its id. */
  @Id()
  id: string;
  /** The trade-in it tells of. */
  @Id()
  tradeInId: string;
  /** Where the handset came in. */
  @Id()
  locationId: string;
  /** The register that is told. */
  @Text(1, RULE_WORD_LONGEST)
  register: string;
  /** Whether it waits. */
  @OneOf(REPORT_STATES, 'PoliceReportState')
  status: ReportState;
  /** When the handset came in. */
  @Moment()
  receivedAt: string;
  /** By when the law wants it told. */
  @Moment()
  dueAt: string;
  /** Whether it waits longer than that. */
  @Flag()
  overdue: boolean;
  /** The file it went out in; null when it has not. */
  @Nullable()
  @Id()
  batchId: string | null;
  /** When it went out. */
  @Moment({ nullable: true })
  sentAt: string | null;
  /** When the authority let the handset go before the days were over; null when it did not. */
  @Moment({ nullable: true })
  releasedAt: string | null;
}

export class PoliceReportPageView {
  /** The reports, the latest first. */
  @ListOf(() => PoliceReportView, 0, 200)
  items: PoliceReportView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A file of reports, without what is in it. */
export class PoliceReportBatchView {
  /** Its id. */
  @Id()
  id: string;
  /** The register it is for. */
  @Text(1, RULE_WORD_LONGEST)
  register: string;
  /** Its format. */
  @OneOf(REPORT_FORMATS, 'PoliceReportFormat')
  format: ReportFormat;
  /** How many reports it holds. */
  @WholeNumber(1, 2_147_483_647)
  reports: number;
  /** SHA-256 of it, in hexadecimal: it is the same however often it is given. */
  @Text(64, 64)
  sha256: string;
  /** How large it is. */
  @WholeNumber(1, 2_147_483_647)
  bytes: number;
  /** Who made it. */
  @Text(1, 200)
  madeBy: string;
  /** When it was made. */
  @Moment()
  madeAt: string;
  /** Whether its content is gone, as who sold is kept no longer. */
  @Flag()
  erased: boolean;
}

export class PoliceReportBatchPageView {
  /** The files, the latest first. */
  @ListOf(() => PoliceReportBatchView, 0, 200)
  items: PoliceReportBatchView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
