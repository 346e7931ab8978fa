import type { ImportFault } from './import-fault.entity.js';

/** What a spreadsheet would take for a formula when it opens the report. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell of a CSV file that people open in a spreadsheet: a formula is shown, never run. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const shown = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** The faults of an import as a CSV file. */
export function faultReport(faults: readonly ImportFault[]): string {
  const lines = faults.map(({ line, columnName, value, code, detail }) =>
    [line, columnName, value, code, detail].map(csvCell).join(','),
  );
  return ['line,column,value,code,detail', ...lines, ''].join('\r\n');
}
