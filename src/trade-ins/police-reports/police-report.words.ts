export const REPORT_STATES = ['QUEUED', 'SENT'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** How a register wants its files. */
export const REPORT_FORMATS = ['CSV', 'XML'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
