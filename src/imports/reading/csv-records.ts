import { parse } from 'csv-parse/sync';
import { lineFault, type LineFault } from '../importer.js';
import { type FileLine, LONGEST_LINE } from './lines.js';

/** One record: its cells, or why it cannot be read. `line` is where it begins. */
export type FileRecord = { line: number; cells: readonly string[] } | { line: number; fault: LineFault };

/** More lines than any address has: a quote that is not closed by then is a slip of one line. */
const MOST_LINES = 20;

type Attempt = { cells: readonly string[] } | 'OPEN' | 'STRAY';

/** Makes records of lines. A record may go over several lines within quotes; a broken one never takes others along. */
export class CsvRecords {
  private open: { number: number; text: string }[] = [];

  /** The records that end with this line. */
  *read({ number, text }: FileLine): Generator<FileRecord> {
    if (text === undefined) {
      yield* this.giveUp();
      yield refused(number, 'LINE_TOO_LONG', `A line has at most ${LONGEST_LINE} characters.`);
      return;
    }
    if (!this.open.length && !text.includes('"')) {
      yield { line: number, cells: text.split(',') };
      return;
    }
    this.open.push({ number, text });
    yield* this.tryOpen(text);
  }

  /** What is still open when the file ends. */
  *end(): Generator<FileRecord> {
    while (this.open.length) yield* this.giveUp();
  }

  private *tryOpen(latest: string): Generator<FileRecord> {
    const attempt = latest.includes('"') ? parsed(this.open.map(({ text }) => text).join('\n')) : 'OPEN';
    if (typeof attempt === 'object') {
      const line = this.open[0]!.number;
      this.open = [];
      yield { line, cells: attempt.cells };
    } else if (attempt === 'STRAY' || this.open.length > MOST_LINES) {
      yield* this.giveUp();
    }
  }

  /** The first open line is at fault; those it had swallowed are read for themselves. */
  private *giveUp(): Generator<FileRecord> {
    const [first, ...swallowed] = this.open;
    this.open = [];
    if (!first) return;
    yield refused(
      first.number,
      'BROKEN_QUOTES',
      'A quote stands where none may, or is not closed; inside quotes write "".',
    );
    for (const line of swallowed) yield* this.read(line);
  }
}

function parsed(text: string): Attempt {
  try {
    const records = parse(text, { relax_column_count: true, skip_empty_lines: false, record_delimiter: '\0' });
    return { cells: records[0] ?? [''] };
  } catch (failed) {
    return (failed as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED' ? 'OPEN' : 'STRAY';
  }
}

/** A record that cannot be read. */
export function refused(line: number, code: string, detail: string): FileRecord {
  return { line, fault: lineFault('', '', code, detail) };
}
