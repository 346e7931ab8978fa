import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbedded } from '../../src/local/embedded-postgres.js';
import { measureBulk } from './bulk.js';
import { CODES } from './bulk-codes.js';
import { UNITS } from './bulk-units.js';
import { compare } from './compare.js';
import { draw, fill, SCALES, type Scale } from './dataset.js';
import { heardFrom, keepRecordings } from './heard.js';
import { keep, print, type Row } from './report.js';
import { placesOf, type Scenario, scenarios } from './scenarios.js';
import { coldStart, peakMemoryMb, profiling, ROOT, startApi, startBare, stop, tokenIn } from './servers.js';
import { measureSweep } from './sweep.js';
import { fillDevices, forgetRequests, USUAL_OWING } from './unlock-data.js';
import { unlockScenarios } from './unlock-scenarios.js';

const CONNECTIONS = [1, 16, 64];
const DEVICES = { small: 100_000, medium: 1_000_000, large: 1_000_000 } as const;
const { values: asked } = parseArgs({
  options: {
    /** How many holdings: small 80 thousand, medium 1 million, large 5 million. */
    scale: { type: 'string', default: 'small' },
    /** Seconds each figure is measured for, after one second of warm-up. */
    seconds: { type: 'string', default: '4' },
    /** Only scenarios whose name contains one of these, such as `pre-check,decision`. */
    only: { type: 'string', default: '' },
    /** Instead of the scenarios: import this many units from a CSV file, beside COPY of the rows that makes. */
    bulk: { type: 'string', default: '0' },
    /** Instead of the scenarios: the same with a maker's file of this many unlock codes. */
    codes: { type: 'string', default: '0' },
    /** Instead of the scenarios: the daily walk over this many devices. */
    sweep: { type: 'string', default: '0' },
    /** Of how many devices of that walk one has become eligible. */
    'one-in': { type: 'string', default: '100' },
  },
});
const scale = asked.scale as Scale;
const seconds = Number(asked.seconds);
if (!(scale in SCALES)) throw new Error(`--scale takes ${Object.keys(SCALES).join(', ')}`);

async function main(): Promise<void> {
  const dir = path.join(ROOT, '.data', `bench-${scale}`);
  const server = await startEmbedded({
    dir: path.join(dir, 'postgres'),
    flags: ['shared_buffers=2GB', 'max_wal_size=4GB', 'max_connections=300'],
  });
  const url = server.url('loopline');
  await prepare(server.url(), url, dir);
  const recordings = await heardFrom(dir, url);
  const api = await startApi(dir, url, { flags: profiling() });
  const bare = await startBare(url, await keepRecordings(dir, recordings));
  const db = new pg.Client(url);
  await db.connect();
  const token = await tokenIn(dir);
  const measured = [
    ...(await ofTills(db, token)),
    ...unlockScenarios(recordings, { token, devices: DEVICES[scale] }),
  ].filter(({ name }) => asked.only.split(',').some((part) => name.includes(part)));
  await forgetRequests(db);
  await warm(db);
  const rows: Row[] = [];
  for (const scenario of measured) {
    for (const connections of CONNECTIONS) {
      rows.push(await compare(scenario, connections, { api: api.port, bare: bare.port, url, db, seconds }));
      print(rows.at(-1)!);
    }
  }
  const memoryMb = await peakMemoryMb(api.child.pid!);
  await stop(api.child);
  bare.child.kill('SIGTERM');
  await db.end();
  const coldStartMs = await coldStart(dir);
  console.log(`peak memory of the API ${memoryMb} MB, cold start ${coldStartMs} ms`);
  const data = { holdings: SCALES[scale], devices: DEVICES[scale] };
  await keep(scale, { scale, ...data, seconds, rows, memoryMb, coldStartMs, node: process.version });
  await server.stop();
}

async function ofTills(db: pg.Client, token: string): Promise<Scenario[]> {
  const { rows: places } = await db.query<{ id: string; latitude: number; longitude: number }>(
    'select id, latitude, longitude from stock_location',
  );
  return scenarios({ ...(await draw(db)), token, placeOf: placesOf(places) });
}

/** Whoever is measured first must not pay for reading the data from the disk. */
async function warm(db: pg.Client): Promise<void> {
  await db.query('create extension if not exists pg_prewarm');
  await db.query(
    `select sum(pg_prewarm(c.oid::regclass)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'i')`,
  );
}

/** Makes the database and fills it, where a run before has not done so. */
async function prepare(adminUrl: string, url: string, dir: string): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const { rowCount } = await admin.query(`select from pg_database where datname = 'loopline'`);
  if (!rowCount) await admin.query('create database loopline');
  await admin.end();
  // The program itself migrates.
  await stop((await startApi(dir, url)).child);
  const db = new pg.Client(url);
  await db.connect();
  if (!rowCount) await fill(db, SCALES[scale]);
  const { rowCount: told } = await db.query('select from device_record limit 1');
  if (!told) await fillDevices(db, { devices: DEVICES[scale], mode: 'ON_REQUEST', owing: USUAL_OWING });
  await db.end();
}

/** A database of its own, migrated and empty, for what is measured once. */
async function withEmpty<T>(name: string, work: (at: { dir: string; url: string }) => Promise<T>): Promise<T> {
  const dir = path.join(ROOT, '.data', `bench-${name}`);
  await mkdir(dir, { recursive: true });
  const server = await startEmbedded({
    dir: path.join(dir, 'postgres'),
    flags: ['shared_buffers=1GB', 'max_wal_size=4GB'],
  });
  const admin = new pg.Client(server.url());
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = server.url(name);
  await stop((await startApi(dir, url)).child);
  try {
    return await work({ dir, url });
  } finally {
    await server.stop();
  }
}

async function bulk(name: string, kind: typeof UNITS, rows: number): Promise<void> {
  const figures = await withEmpty(name, ({ url }) => measureBulk(url, kind, rows));
  console.log(`${rows} ${name}: ${JSON.stringify(figures)}`);
  await keep(name, { rows, ...figures });
}

async function sweep(devices: number): Promise<void> {
  const figures = await withEmpty('sweep', (at) => measureSweep(at, { devices, oneIn: Number(asked['one-in']) }));
  console.log(`${devices} devices: ${JSON.stringify(figures)}`);
  await keep('sweep', figures);
}

if (Number(asked.bulk)) await bulk('bulk', UNITS, Number(asked.bulk));
else if (Number(asked.codes)) await bulk('codes', CODES, Number(asked.codes));
else if (Number(asked.sweep)) await sweep(Number(asked.sweep));
else await main();
process.exit(0);
