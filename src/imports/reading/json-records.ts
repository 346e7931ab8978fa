import { refuseDeepJson } from '../../platform/http/wholesome.js';
import { lineFault, type LineFault } from '../importer.js';
import { type FileRecord, refused } from './csv-records.js';
import { type FileLine, LONGEST_LINE } from './lines.js';

/** Makes records of lines that are a JSON object each; the cells stand in the order of the columns. */
export class JsonRecords {
  private readonly places: ReadonlyMap<string, number>;

  constructor(private readonly columns: readonly string[]) {
    this.places = new Map(columns.map((name, place) => [name, place]));
  }

  *read({ number, text }: FileLine): Generator<FileRecord> {
    if (text === undefined) {
      yield refused(number, 'LINE_TOO_LONG', `A line has at most ${LONGEST_LINE} characters.`);
    } else if (text.trim() !== '') {
      yield this.record(number, text);
    }
  }

  *end(): Generator<FileRecord> {}

  private record(line: number, text: string): FileRecord {
    let thing: unknown;
    try {
      refuseDeepJson(text);
      thing = JSON.parse(text);
    } catch {
      return refused(line, 'BROKEN_JSON', 'The line is not valid JSON, or is nested too deep.');
    }
    if (typeof thing !== 'object' || thing === null || Array.isArray(thing)) {
      return refused(line, 'NOT_AN_OBJECT', 'Every line is one JSON object.');
    }
    return this.cells(line, thing);
  }

  private cells(line: number, thing: object): FileRecord {
    const cells = new Array<string>(this.columns.length).fill('');
    for (const [name, value] of Object.entries(thing)) {
      const place = this.places.get(name);
      if (place === undefined) return { line, fault: unknownField(name) };
      const cell = cellOf(value);
      if (cell === undefined) return { line, fault: notFlat(name) };
      cells[place] = cell;
    }
    return { line, cells };
  }
}

function cellOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (Array.isArray(value)) {
    const parts = value.map((part) => (Array.isArray(part) ? undefined : cellOf(part)));
    return parts.some((part) => part === undefined || part.includes('|')) ? undefined : parts.join('|');
  }
  return typeof value === 'object' ? undefined : String(value);
}

const unknownField = (name: string): LineFault =>
  lineFault(name.slice(0, 100), '', 'UNKNOWN_COLUMN', 'This kind of file has no such field.');

const notFlat = (name: string): LineFault =>
  lineFault(name, '', 'NOT_FLAT', 'A field holds a text, a number, true, false, null or a list of these.');
