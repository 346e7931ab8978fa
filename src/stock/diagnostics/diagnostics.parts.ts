import { DiagnosticReportsController } from './diagnostic-reports.controller.js';
import { DiagnosticReportsQuery } from './diagnostic-reports.query.js';
import { DiagnosticReports } from './diagnostic-reports.service.js';

export const DIAGNOSTIC_PARTS = {
  controllers: [DiagnosticReportsController],
  providers: [DiagnosticReports, DiagnosticReportsQuery],
};
