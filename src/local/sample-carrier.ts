import type { INestApplicationContext } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import type { ImportKind, ImportState } from '../imports/import-job.lifecycle.js';
import { ImportWorker } from '../imports/running/import-worker.js';
import { Uploads } from '../imports/uploads.service.js';
import type { Call } from '../platform/caller.js';
import { NetworkBands } from '../devices/bands/network-bands.service.js';
import type { NetworkBandDto } from '../devices/bands/network-bands.dto.js';
import { CodeBatches } from '../unlock-requests/codes/code-batches.service.js';
import { UnlockPolicies } from '../unlock-requests/policies/unlock-policies.service.js';
import type { UnlockPolicyDto } from '../unlock-requests/policies/unlock-policy.dto.js';
import { newId } from '../values/id.js';
import { loadTradeIns } from './sample-trade-ins.js';

const BANDS = new URL('./sample/network-bands.json', import.meta.url);
const POLICIES = new URL('./sample/unlock-policies.json', import.meta.url);

/** In this order: each file speaks of what those before it brought. */
const FILES: readonly [kind: ImportKind, file: string][] = [
  ['LOCATIONS', 'locations.csv'],
  ['CATALOGUE', 'catalogue.csv'],
  ['CHANNELS', 'channels.csv'],
  ['TACS', 'tacs.csv'],
  ['PRICES', 'prices.csv'],
  ['UNITS', 'units.csv'],
  ['BULK_STOCK', 'bulk.csv'],
  ['ACCOUNTS', 'accounts.csv'],
  ['LINES', 'lines.csv'],
  ['DEVICE_RECORDS', 'device-records.csv'],
  ['LINE_ACTIVITY', 'line-activity.csv'],
  ['PAID_SERVICE', 'paid-service.csv'],
  ['LINE_PAYMENTS', 'line-payments.csv'],
  ['BLOCK_LIST', 'block-list.csv'],
  ['UNLOCK_CODES', 'unlock-codes.csv'],
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
  await publishPolicies(app);
  await letCodesIn(app);
  await setBands(app);
  await loadTradeIns(app, (what, second) => callFor(what, second ? `${SAMPLE}-second` : SAMPLE));
}

/** The unlock policies of real carriers, written by one and put into force by another, as everywhere. */
async function publishPolicies(app: INestApplicationContext): Promise<void> {
  const policies = app.get(UnlockPolicies);
  const forms = JSON.parse(await readFile(POLICIES, 'utf8')) as UnlockPolicyDto[];
  const known: { code: string }[] = await app.get(DataSource).query('select code from unlock_policy');
  const codes = new Set(known.map(({ code }) => code));
  for (const form of forms.filter(({ code }) => !codes.has(code))) {
    const { id } = await policies.draft(callFor(form.code), form);
    await policies.publish(callFor(form.code, `${SAMPLE}-second`), id);
  }
}

/** The makers' codes are given out once a second person has approved their file. */
async function letCodesIn(app: INestApplicationContext): Promise<void> {
  const staged: { id: string }[] = await app
    .get(DataSource)
    .query(`select id from unlock_code_batch where status = 'STAGED' and authored_by = $1`, [SAMPLE]);
  for (const { id } of staged) await app.get(CodeBatches).approve(callFor(id, `${SAMPLE}-second`), id);
}

async function setBands(app: INestApplicationContext): Promise<void> {
  const bands = app.get(NetworkBands);
  if ((await bands.list()).items.length) return;
  await bands.set(callFor('bands'), { bands: JSON.parse(await readFile(BANDS, 'utf8')) as NetworkBandDto[] });
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

function callFor(kind: string, actor = SAMPLE): Call {
  const correlationId = newId();
  return {
    caller: {
      subject: actor,
      role: 'SERVICE',
      scopes: new Set(['imports:write', 'unlock-codes:write', 'price-books:write']),
    },
    actor,
    role: 'SERVICE',
    correlationId,
    key: `${SAMPLE}-${kind}-${correlationId}`,
    operation: 'load the sample carrier',
    requestHash: Buffer.from(kind),
    status: 202,
    replayed: () => undefined,
  };
}
