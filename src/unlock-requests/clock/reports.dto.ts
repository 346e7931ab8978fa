import { Code } from '../../values/fields.js';

/** A month from 1970 to 2099. */
export const REPORT_MONTH = /^(19[7-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])$/;

export class UnlockReportParams {
  /** The month in which requests were received. */
  @Code(REPORT_MONTH, 7, '2026-11')
  month: string;
}
