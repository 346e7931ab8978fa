import type { ImportFormat } from '../import-job.lifecycle.js';
import { type Importer, type LineFault, lineFault } from '../importer.js';
import { type Column, ColumnFault } from './columns.js';
import { CsvRecords, type FileRecord } from './csv-records.js';
import { FileMemory } from './file-memory.js';
import { FileRefused, placesOf } from './header.js';
import { JsonRecords } from './json-records.js';
import { type FileLine, Lines } from './lines.js';

/** A line of the file as it came out of reading: a row, or what is wrong with it. */
export type ReadLine<Row> = { line: number; row: Row } | { line: number; faults: readonly LineFault[] };

/** NUL and halves of characters cannot be stored; U+FFFD stands where the file was not UTF-8. */
const UNSTORABLE = /[\0\ufffd]|\p{Surrogate}/u;

/** Turns the bytes of a file into the rows of its kind, one line at a time. */
export class Rows<Row extends object> {
  private readonly lines = new Lines();
  private readonly memory = new FileMemory();
  private readonly records: CsvRecords | JsonRecords;
  private readonly columns: readonly [name: string, column: Column<unknown>][];
  private places: readonly number[] | undefined;
  private width = 0;

  constructor(
    private readonly importer: Importer<Row>,
    format: ImportFormat,
  ) {
    this.columns = Object.entries(importer.columns as Readonly<Record<string, Column<unknown>>>);
    const names = this.columns.map(([name]) => name);
    this.records = format === 'CSV' ? new CsvRecords() : new JsonRecords(names);
    if (format === 'CSV') return;
    this.places = names.map((_, place) => place);
    this.width = names.length;
  }

  /** The lines that end in this piece of the file. @throws FileRefused */
  *in(piece: Uint8Array): Generator<ReadLine<Row>> {
    for (const line of this.lines.in(piece)) yield* this.read(line);
  }

  /** What is left when the file has ended. @throws FileRefused for a file without a header. */
  *end(): Generator<ReadLine<Row>> {
    for (const line of this.lines.end()) yield* this.read(line);
    for (const record of this.records.end()) yield* this.accept(record);
    if (!this.places) throw new FileRefused([lineFault('', '', 'EMPTY_FILE', 'The file has no header line.')]);
  }

  private *read(line: FileLine): Generator<ReadLine<Row>> {
    for (const record of this.records.read(line)) yield* this.accept(record);
  }

  private *accept(record: FileRecord): Generator<ReadLine<Row>> {
    if ('fault' in record) {
      if (!this.places) throw new FileRefused([record.fault]);
      yield { line: record.line, faults: [record.fault] };
    } else if (!this.places) {
      this.places = placesOf(record.cells, this.importer.columns as never);
      this.width = record.cells.length;
    } else if (record.cells.some((cell) => cell !== '')) {
      yield this.row(record.line, record.cells, this.places);
    }
  }

  private row(line: number, cells: readonly string[], places: readonly number[]): ReadLine<Row> {
    if (cells.length !== this.width) {
      const detail = `The line has ${cells.length} columns, the header ${this.width}; a comma inside a value needs quotes.`;
      return { line, faults: [lineFault('', '', 'COLUMN_COUNT', detail)] };
    }
    const row: Record<string, unknown> = {};
    const faults: LineFault[] = [];
    this.columns.forEach(([name, column], at) => {
      const text = places[at] === -1 ? '' : cells[places[at]!]!.trim();
      const value = read(column, text);
      if (value instanceof ColumnFault) faults.push(lineFault(name, text, value.code, value.detail));
      else row[name] = value;
    });
    if (faults.length) return { line, faults };
    const wrong = this.importer.check?.(row as Row, line, this.memory) ?? [];
    return wrong.length ? { line, faults: wrong } : { line, row: row as Row };
  }
}

function read(column: Column<unknown>, text: string): unknown {
  if (text === '') return column.required ? new ColumnFault('REQUIRED', 'Must not be empty.') : column.absent;
  if (UNSTORABLE.test(text)) {
    return new ColumnFault('BROKEN_TEXT', 'Holds NUL or is not UTF-8; save the file as UTF-8.');
  }
  return column.read(text);
}
