import { LawHolds } from './law-holds.js';
import { PoliceReportsController } from './police-reports.controller.js';
import { PoliceReportsReads } from './police-reports.query.js';
import { EarlyReleases } from './releases.service.js';
import { ReportExport } from './report-export.service.js';
import { ReportLines } from './report-lines.query.js';

export const POLICE_REPORT_PARTS = {
  controllers: [PoliceReportsController],
  providers: [EarlyReleases, LawHolds, PoliceReportsReads, ReportExport, ReportLines],
};
