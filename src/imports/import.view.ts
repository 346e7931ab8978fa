import { ApiProperty } from '@nestjs/swagger';
import { type Page, NextCursor } from '../platform/http/page.js';
import type { ImportFault } from './import-fault.entity.js';
import type { ImportJob } from './import-job.entity.js';
import { IMPORT_FORMATS, IMPORT_KINDS, IMPORT_STATES } from './import-job.lifecycle.js';

const count = { type: 'integer', minimum: 0, maximum: 2_147_483_647 } as const;

/** A file handed in, and how far it is. */
export class ImportJobView {
  /** Id of the import. */
  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  id: string;
  /** What the lines of the file are. */
  @ApiProperty({ enum: IMPORT_KINDS, enumName: 'ImportKind' })
  kind: string;
  /** How the file is written. */
  @ApiProperty({ enum: IMPORT_FORMATS, enumName: 'ImportFormat' })
  format: string;
  /** FAILED: the file as a whole was refused, or all of it for the sake of a faulty line. */
  @ApiProperty({ enum: IMPORT_STATES, enumName: 'ImportState' })
  state: string;
  /** Whether it only tries. */
  dryRun: boolean;
  /** Whether one faulty line keeps all others from being stored. */
  allOrNothing: boolean;
  /** Who handed it in. */
  @ApiProperty({ maxLength: 200 })
  askedBy: string;
  /** When the file was handed in. */
  @ApiProperty({ format: 'date-time', maxLength: 40 })
  askedAt: string;
  /** When it was done; null until then. */
  @ApiProperty({ type: 'string', format: 'date-time', maxLength: 40, nullable: true })
  finishedAt: string | null;
  /** How much of the file has been read. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  percent: number;
  /** Lines read so far, without the header and blank ones. */
  @ApiProperty(count)
  linesRead: number;
  /** Lines whose facts are stored now; in a trial run: would be. */
  @ApiProperty(count)
  linesApplied: number;
  /** Lines whose facts were stored already. */
  @ApiProperty(count)
  linesUnchanged: number;
  /** Lines that were refused; each stands in the list of faults, up to 10,000 of them. */
  @ApiProperty(count)
  linesFailed: number;
  /** Why it failed as a whole. */
  @ApiProperty({ type: 'string', maxLength: 500, nullable: true })
  failure: string | null;

  static of(job: ImportJob): ImportJobView {
    return {
      id: job.id,
      kind: job.kind,
      format: job.format,
      state: job.state,
      dryRun: job.dryRun,
      allOrNothing: job.allOrNothing,
      askedBy: job.askedBy,
      askedAt: job.askedAt.toISOString(),
      finishedAt: job.finishedAt?.toISOString() ?? null,
      percent: percentOf(job),
      linesRead: job.linesRead,
      linesApplied: job.linesApplied,
      linesUnchanged: job.linesUnchanged,
      linesFailed: job.linesFailed,
      failure: job.failure,
    };
  }
}

function percentOf({ bytesRead, bytesTotal, finishedAt }: ImportJob): number {
  if (finishedAt) return 100;
  return Math.min(99, Math.floor((100 * Number(bytesRead)) / Math.max(1, Number(bytesTotal))));
}

/** A page of imports, the latest first. */
export class ImportJobPageView implements Page<ImportJobView> {
  /** What stands on this page. */
  @ApiProperty({ type: [ImportJobView], maxItems: 200 })
  items: ImportJobView[];
  /** Where the next page begins; null on the last. */
  @NextCursor()
  nextCursor: string | null;
}

/** One thing wrong with one line of a file. */
export class ImportFaultView {
  /** The line as an editor numbers it; 1 is the header of a CSV file. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 2_147_483_647 })
  line: number;
  /** The column; empty when the line as a whole is meant. */
  @ApiProperty({ maxLength: 100 })
  column: string;
  /** What stood there, cut to 200 characters. */
  @ApiProperty({ maxLength: 200 })
  value: string;
  /** What is wrong, for programs. */
  @ApiProperty({ maxLength: 100, pattern: '^[A-Z0-9_]+$' })
  code: string;
  /** What is wrong, for people. */
  @ApiProperty({ maxLength: 500 })
  detail: string;

  static of({ line, columnName, value, code, detail }: ImportFault): ImportFaultView {
    return { line, column: columnName, value, code, detail };
  }
}

/** A page of faults, in the order of the file. */
export class ImportFaultPageView implements Page<ImportFaultView> {
  /** What stands on this page. */
  @ApiProperty({ type: [ImportFaultView], maxItems: 200 })
  items: ImportFaultView[];
  /** Where the next page begins; null on the last. */
  @NextCursor()
  nextCursor: string | null;
}
