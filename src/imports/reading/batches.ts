import type { ImportFormat } from '../import-job.lifecycle.js';
import type { Importer, LineFault } from '../importer.js';
import { type ReadLine, Rows } from './rows.js';

/** Enough that a round trip costs little a row, few enough that a batch is a matter of a tenth of a second. */
export const ROWS_A_BATCH = 1000;

/** The next lines of a file: rows to be stored, and lines that are refused already. */
export interface Batch<Row> {
  /** Lines before this batch, not counting the header and blank ones. */
  before: number;
  /** Bytes of the file fetched so far. */
  bytes: number;
  rows: Row[];
  /** The line of each row. */
  lines: number[];
  refused: { line: number; faults: readonly LineFault[] }[];
}

const emptyBatch = <Row>(before: number): Batch<Row> => ({ before, bytes: 0, rows: [], lines: [], refused: [] });

/** How many lines a batch is about. */
export const linesIn = <Row>(batch: Batch<Row>): number => batch.rows.length + batch.refused.length;

/**
 * Reads a file in batches. Lines up to `done` were dealt with before: they are read again, so that what they say of
 * later ones is known, and not handed out.
 */
export async function* batchesOf<Row extends object>(
  pieces: AsyncIterable<Uint8Array>,
  { importer, format, done }: { importer: Importer<Row>; format: ImportFormat; done: number },
): AsyncGenerator<Batch<Row>> {
  const rows = new Rows(importer, format);
  let batch = emptyBatch<Row>(0);
  const take = (line: ReadLine<Row>): Batch<Row> | undefined => {
    put(batch, line);
    const at = batch.before + linesIn(batch);
    if (linesIn(batch) < ROWS_A_BATCH && at !== done) return undefined;
    const full = batch;
    batch = emptyBatch(at);
    return full;
  };
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    for (const line of rows.in(piece)) {
      const full = take(line);
      if (full && full.before >= done) yield Object.assign(full, { bytes });
    }
  }
  for (const line of rows.end()) {
    const full = take(line);
    if (full && full.before >= done) yield Object.assign(full, { bytes });
  }
  if (linesIn(batch)) yield Object.assign(batch, { bytes });
}

function put<Row>(batch: Batch<Row>, line: ReadLine<Row>): void {
  if ('row' in line) {
    batch.rows.push(line.row);
    batch.lines.push(line.line);
  } else {
    batch.refused.push(line);
  }
}
