import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type ApplyBatch,
  type Columns,
  type ImportContext,
  type Importer,
  type LineFault,
  lineFault,
  type Outcome,
} from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { choice, code, day, type Reader, required, usually } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { networkImei } from '../../imports/reading/imei-column.js';
import { storeRows } from '../../imports/stored-rows.js';
import { type BlockList, BLOCK_REASONS, GENERAL_REASONS, LISTING_SOURCE, OWN_SOURCE } from '../entries/listing.js';
import type { ListingReason } from '../registry-answer.js';
import { STORE_LISTINGS } from './store-listings.sql.js';

const CHANGES = ['add', 'remove', 'update'] as const;
const STATUSES = ['blacklist', 'pending'] as const;

interface ListingRow {
  imei: string;
  reporting_date: string;
  status: (typeof STATUSES)[number];
  change_type: (typeof CHANGES)[number];
  reason: ListingReason;
  source: string;
}

type Said = 'applied' | 'unchanged' | 'listed' | 'not listed';

/** A day in eight digits, as stolen lists write it, or with hyphens. */
export const reportingDay: Reader<string> = (given) => day(given.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));

const columnsOf = <Reason extends ListingReason>(reasons: readonly Reason[], usual: Reason): Columns<ListingRow> => ({
  imei: required(networkImei),
  reporting_date: required(reportingDay),
  status: usually<ListingRow['status']>('blacklist', choice(STATUSES)),
  change_type: usually<ListingRow['change_type']>('add', choice(CHANGES)),
  reason: usually<ListingReason>(usual, choice(reasons)),
  source: usually(OWN_SOURCE, code(LISTING_SOURCE, 'a source: capitals, digits, hyphens and underscores')),
});

function checkTwice({ imei, reason, source }: ListingRow, line: number, file: FileMemory): LineFault[] {
  const earlier = file.earlierLine(`${reason} ${source}`, Number(imei), line);
  if (earlier === undefined) return [];
  return [lineFault('imei', imei, 'TWICE_IN_FILE', `Line ${earlier} is about the same report.`)];
}

/** Stores a batch of listings, removals and corrections in one statement. */
const storing =
  (list: BlockList, { actor, jobId }: ImportContext): ApplyBatch<ListingRow> =>
  async (tx: EntityManager, rows): Promise<Outcome[]> => {
    const said = await storeRows<{ outcome: Said }>(tx, STORE_LISTINGS, rows, list, actor, `import ${jobId}`);
    return rows.map((row, at) => outcomeOf(row, said[at]!.outcome));
  };

function outcomeOf({ imei, reporting_date }: ListingRow, said: Said): Outcome {
  if (said === 'listed') {
    const detail = 'It is listed already; a report that differs is an update.';
    return [lineFault('reporting_date', reporting_date, 'ALREADY_LISTED', detail)];
  }
  return said === 'not listed'
    ? [lineFault('imei', imei, 'NOT_LISTED', 'It is not on the list for this reason and source.')]
    : said;
}

/** Devices to be stopped, in the columns of the stolen lists of national registers. */
@Injectable()
export class BlockListImporter implements Importer<ListingRow>, OnModuleInit {
  readonly kind = 'BLOCK_LIST';
  readonly columns = columnsOf(BLOCK_REASONS, 'LOST_OR_STOLEN');
  readonly check = checkTwice;

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  begin(context: ImportContext) {
    return storing('BLOCK', context);
  }
}

/** Devices that somebody has a claim on. */
@Injectable()
export class GeneralListImporter implements Importer<ListingRow>, OnModuleInit {
  readonly kind = 'GENERAL_LIST';
  readonly columns = columnsOf(GENERAL_REASONS, 'OWNERSHIP_CLAIM');
  readonly check = checkTwice;

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  begin(context: ImportContext) {
    return storing('GENERAL', context);
  }
}

export const LISTING_IMPORTERS = [BlockListImporter, GeneralListImporter];
