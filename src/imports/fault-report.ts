import { csvCell } from '../values/csv.js';
import type { ImportFault } from './import-fault.entity.js';

/** The faults of an import as a CSV file. */
export function faultReport(faults: readonly ImportFault[]): string {
  const lines = faults.map(({ line, columnName, value, code, detail }) =>
    [line, columnName, value, code, detail].map(csvCell).join(','),
  );
  return ['line,column,value,code,detail', ...lines, ''].join('\r\n');
}
