import type { INestApplicationContext } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { DataSource } from 'typeorm';
import type { ImportKind, ImportState } from '../imports/import-job.lifecycle.js';
import { ImportWorker } from '../imports/running/import-worker.js';
import { Uploads } from '../imports/uploads.service.js';
import type { Call } from '../platform/caller.js';
import { newId } from '../values/id.js';

/** In this order: each file speaks of what those before it brought. */
const FILES: readonly [kind: ImportKind, file: string][] = [
  ['LOCATIONS', 'locations.csv'],
  ['CATALOGUE', 'catalogue.csv'],
  ['CHANNELS', 'channels.csv'],
  ['TACS', 'tacs.csv'],
  ['PRICES', 'prices.csv'],
  ['UNITS', 'units.csv'],
  ['BULK_STOCK', 'bulk.csv'],
];

const SAMPLE = 'sample-carrier';

interface LastJob {
  id: string;
  state: ImportState;
  lines_failed: number;
}

/**
 * Loads a small carrier to try the program with, through the same imports as anybody's files.
 * What was loaded before is left as it is, and what was interrupted is gone on with.
 * @throws Error when a line of the sample is refused.
 */
export async function loadSampleCarrier(app: INestApplicationContext): Promise<void> {
  const db = app.get(DataSource);
  for (const [kind, file] of FILES) {
    const last = (await lastJob(db, kind)) ?? (await handIn(app, kind, file));
    if (last.state !== 'DONE') await app.get(ImportWorker).finish(last.id);
    const done = (await lastJob(db, kind))!;
    if (done.state !== 'DONE' || done.lines_failed) {
      throw new Error(
        `The sample file ${file} was not taken whole: ${done.lines_failed} lines refused, see import ${done.id}.`,
      );
    }
  }
}

async function lastJob(db: DataSource, kind: ImportKind): Promise<LastJob | undefined> {
  const [job]: LastJob[] = await db.query(
    `select id, state, lines_failed from import_job where asked_by = $1 and kind = $2 and state <> 'UPLOADING' order by id desc limit 1`,
    [SAMPLE, kind],
  );
  return job;
}

async function handIn(app: INestApplicationContext, kind: ImportKind, file: string): Promise<LastJob> {
  const order = { kind, format: 'CSV', dryRun: false, allOrNothing: false } as const;
  const body = createReadStream(new URL(`./sample/${file}`, import.meta.url));
  const { id } = await app.get(Uploads).receive(callFor(kind), order, body);
  return { id, state: 'WAITING', lines_failed: 0 };
}

function callFor(kind: ImportKind): Call {
  const correlationId = newId();
  return {
    caller: { subject: SAMPLE, role: 'SERVICE', scopes: new Set(['imports:write']) },
    actor: SAMPLE,
    role: 'SERVICE',
    correlationId,
    key: `${SAMPLE}-${kind}-${correlationId}`,
    operation: 'load the sample carrier',
    requestHash: Buffer.from(kind),
    status: 202,
    replayed: () => undefined,
  };
}
