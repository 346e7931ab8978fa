import type { EntityManager } from 'typeorm';
import type { Right } from '../access/rights.js';
import type { ImportKind } from './import-job.lifecycle.js';
import type { Column } from './reading/columns.js';
import type { FileMemory } from './reading/file-memory.js';

/** One thing wrong with one line of a file. `column` is empty when it is the line as a whole. */
export interface LineFault {
  column: string;
  value: string;
  code: string;
  detail: string;
}

/** What became of a line: its facts are stored now, were stored before, or are refused. */
export type Outcome = 'applied' | 'unchanged' | readonly LineFault[];

/** The columns of a kind of file: their names are the fields of its rows. */
export type Columns<Row> = { readonly [Name in keyof Row]: Column<Row[Name]> };

/** For whom rows are stored: stands in ledgers and histories. */
export interface ImportContext {
  jobId: string;
  actor: string;
}

/** Stores a batch with a fixed number of statements, in the transaction given; one outcome a row, in the rows' order. */
export type ApplyBatch<Row> = (tx: EntityManager, rows: readonly Row[]) => Promise<Outcome[]>;

/** What a room knows about one kind of file. It registers with `Importers`; the engine does the rest. */
export interface Importer<Row extends object> {
  readonly kind: ImportKind;
  readonly columns: Columns<Row>;
  /**
   * Whether the rows of a file never wait for each other in the database, so that two batches may be under way at once.
   * `check` must then refuse every row that shares a unique key with an earlier line.
   */
  readonly overlapping?: boolean;
  /** Columns that hold secrets, true for all: such a file lies sealed until it has been read, and no fault repeats them. */
  readonly secret?: true | readonly string[];
  /** The right that handing in such a file needs, besides that of importing. */
  readonly right?: Right;
  /** What is wrong with a row as a whole, or in the light of the lines before it. */
  check?(row: Row, line: number, file: FileMemory): readonly LineFault[];
  /** What takes a connection of its own: done before the transaction of the batch, which must not sit idle meanwhile. */
  beforehand?(rows: readonly Row[]): Promise<void>;
  /** Begins a job; what the function given back remembers lives as long as the job. */
  begin(context: ImportContext): ApplyBatch<Row>;
}

const LONGEST_VALUE = 200;

/** The database stores no NUL, not even to say that there was one. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd');

/** A fault of a line, with the value cut to what a report needs. */
export function lineFault(column: string, value: string | number | null, code: string, detail: string): LineFault {
  return { column: storable(column), value: storable(String(value ?? '')).slice(0, LONGEST_VALUE), code, detail };
}

/** A fault as it may be told: what is wrong with a secret is told without the secret. */
export const toldWithout =
  (secret: true | readonly string[] | undefined) =>
  <Fault extends LineFault>(fault: Fault): Fault =>
    secret === true || secret?.includes(fault.column) ? { ...fault, value: '' } : fault;
