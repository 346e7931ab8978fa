import { MultiBar, type SingleBar } from 'cli-progress';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PUBLIC_LISTS, type PublicList, readPublicList } from '../devices/imports/public-lists.js';
import { IMPORT_KINDS } from '../imports/import-job.lifecycle.js';
import type { ImportFaultPageView, ImportJobView } from '../imports/import.view.js';
import { PlainSentence } from '../platform/plain-sentence.js';
import { newId } from '../values/id.js';
import { ask, findServer, type Server } from './running-server.js';

const USAGE = `Say what to import:
  npm run import -- <kind> <file> [--dry-run] [--all-or-nothing] [--format=csv|jsonl]
  npm run import -- ${PUBLIC_LISTS.join('|')} [--dry-run] [--all-or-nothing]
Kinds: ${IMPORT_KINDS.join(', ')}`;

const LOOK_AGAIN_MS = 200;
const FAULTS_SHOWN = 20;

interface Order {
  query: string;
  type: string;
  bytes: number;
  body: Readable;
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'all-or-nothing': { type: 'boolean', default: false },
        format: { type: 'string' },
      },
    });
  } catch {
    throw new PlainSentence(USAGE);
  }
}

async function orderFrom({ positionals, values }: ReturnType<typeof parsed>): Promise<Order> {
  const [what = '', file] = positionals;
  const options = `&dryRun=${values['dry-run']}&allOrNothing=${values['all-or-nothing']}`;
  if (PUBLIC_LISTS.includes(what as PublicList)) {
    return { ...publicList(what as PublicList), query: `kind=CATALOGUE${options}` };
  }
  const kind = what.toUpperCase().replaceAll('-', '_');
  if (!IMPORT_KINDS.some((known) => known === kind) || !file) throw new PlainSentence(USAGE);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new PlainSentence(`There is no file ${file}.`);
  const jsonLines = values.format ? values.format === 'jsonl' : /\.(jsonl|ndjson)$/.test(file);
  const type = jsonLines ? 'application/x-ndjson' : 'text/csv';
  return { query: `kind=${kind}${options}`, type, bytes: found.size, body: createReadStream(file) };
}

function publicList(list: PublicList): Omit<Order, 'query'> {
  const { devices, repeated } = readPublicList(list);
  console.log(`${list}: ${devices.length} devices; ${repeated} lines of the list repeat one of them and are left out.`);
  const file = Buffer.from(devices.map((device) => `${JSON.stringify(device)}\n`).join(''));
  const pieces = Array.from({ length: Math.ceil(file.length / 65_536) }, (_, at) =>
    file.subarray(at * 65_536, (at + 1) * 65_536),
  );
  return { type: 'application/x-ndjson', bytes: file.length, body: Readable.from(pieces) };
}

async function upload(server: Server, order: Order, bar: SingleBar): Promise<ImportJobView> {
  const counted = order.body.map((piece: Buffer) => {
    bar.increment(piece.length);
    return piece;
  });
  return ask<ImportJobView>(server, `/v1/imports?${order.query}`, {
    method: 'POST',
    headers: { 'content-type': order.type, 'idempotency-key': newId() },
    body: Readable.toWeb(counted) as never,
    duplex: 'half',
  });
}

async function follow(server: Server, id: string, bar: SingleBar): Promise<ImportJobView> {
  for (;;) {
    const job = await ask<ImportJobView>(server, `/v1/imports/${id}`);
    bar.update(job.percent);
    if (job.finishedAt) return job;
    await pause(LOOK_AGAIN_MS);
  }
}

async function main(): Promise<number> {
  const order = await orderFrom(parsed());
  const server = await findServer();
  const bars = new MultiBar({
    format: '{task} [{bar}] {percentage}%',
    clearOnComplete: false,
    hideCursor: true,
    noTTYOutput: false,
  });
  try {
    const job = await upload(server, order, bars.create(order.bytes, 0, { task: 'Uploading' }));
    const done = await follow(server, job.id, bars.create(100, 0, { task: 'Importing' }));
    // Drawn bars would be mixed with what follows.
    if (process.stderr.isTTY) bars.stop();
    await report(server, done);
    return done.state === 'DONE' && !done.linesFailed ? 0 : 1;
  } finally {
    if (process.stderr.isTTY) bars.stop();
  }
}

async function report(server: Server, job: ImportJobView): Promise<void> {
  const stored = job.dryRun ? 'would be stored' : 'stored';
  console.log(
    `${job.kind}: ${job.linesRead} lines, ${job.linesApplied} ${stored}, ${job.linesUnchanged} unchanged, ${job.linesFailed} refused.`,
  );
  if (job.failure) console.log(job.failure);
  const { items, nextCursor } = await ask<ImportFaultPageView>(
    server,
    `/v1/imports/${job.id}/faults?limit=${FAULTS_SHOWN}`,
  );
  if (items.length) console.table(items.map(({ line, column, value, detail }) => ({ line, column, value, detail })));
  if (nextCursor) console.log(`All of them: GET /v1/imports/${job.id}/faults?format=csv`);
}

try {
  process.exitCode = await main();
} catch (failed) {
  console.error(failed instanceof PlainSentence ? failed.message : failed);
  process.exitCode = 1;
}
