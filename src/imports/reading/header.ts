import { type LineFault, lineFault } from '../importer.js';
import type { Column } from './columns.js';

/** The file cannot be read as what it is said to be: nothing of it is. */
export class FileRefused extends Error {
  constructor(readonly faults: readonly LineFault[]) {
    super(
      faults
        .map(({ column, detail }) => (column ? `${column}: ${detail}` : detail))
        .join(' ')
        .slice(0, 500),
    );
  }
}

/**
 * Where each column stands in the file, from its header; -1 for one that is left out.
 * @throws FileRefused when columns are missing, unknown or there twice.
 */
export function placesOf(cells: readonly string[], columns: Readonly<Record<string, Column<unknown>>>): number[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (names.length === 1 && /[;\t]/.test(names[0]!)) {
    throw new FileRefused([
      lineFault('', '', 'NOT_COMMAS', 'Columns are separated by commas; export as CSV with commas.'),
    ]);
  }
  const known = Object.keys(columns);
  const faults = [
    ...names.flatMap((name, place) =>
      known.includes(name) ? [] : [at(place, 'UNKNOWN_COLUMN', 'This kind of file has no such column.')],
    ),
    ...names.flatMap((name, place) =>
      names.indexOf(name) === place ? [] : [at(place, 'COLUMN_TWICE', 'The column stands in the header twice.')],
    ),
    ...known
      .filter((name) => columns[name]!.required && !names.includes(name))
      .map((name) => lineFault(name, '', 'MISSING_COLUMN', 'The header does not have this column.')),
  ];
  if (faults.length) throw new FileRefused(faults.slice(0, 100));
  return known.map((name) => names.indexOf(name));
}

/** By its place: a file without a header has a code or an IMEI where the name should be, which nobody must read here. */
const at = (place: number, code: string, detail: string): LineFault =>
  lineFault(`column ${place + 1}`, '', code, detail);
