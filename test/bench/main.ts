import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { measureBulk } from './bulk.js';
import { freePort } from '../../src/local/free-port.js';
import { startEmbedded } from '../../src/local/embedded-postgres.js';
import { draw, fill, restock, SCALES, type Scale } from './dataset.js';
import { Connection, measure, type Measured } from './load.js';
import { placesOf, type Scenario, scenarios } from './scenarios.js';

const ROOT = process.cwd();
const START = path.join(ROOT, 'dist/start.js');
/** As `npm start` gives them. */
const HEAP = ['--max-old-space-size=384', '--max-semi-space-size=8'];
const CONNECTIONS = [1, 16, 64];
const { values: asked } = parseArgs({
  options: {
    /** How many holdings: small 80 thousand, medium 1 million, large 5 million. */
    scale: { type: 'string', default: 'small' },
    /** Seconds each figure is measured for, after one second of warm-up. */
    seconds: { type: 'string', default: '4' },
    /** Instead of the scenarios: import this many units from a CSV file, beside COPY of the rows that makes. */
    bulk: { type: 'string', default: '0' },
    /** Only scenarios whose name contains this. */
    only: { type: 'string', default: '' },
  },
});
const scale = asked.scale as Scale;
const seconds = Number(asked.seconds);
const { only } = asked;
if (!(scale in SCALES)) throw new Error(`--scale takes ${Object.keys(SCALES).join(', ')}`);

interface Row {
  scenario: string;
  connections: number;
  api: Measured;
  bare: Measured;
  sql: Measured;
  ratioToBare: number;
  ratioToSql: number;
}

async function main(): Promise<void> {
  const dir = path.join(ROOT, '.data', `bench-${scale}`);
  const server = await startEmbedded({
    dir: path.join(dir, 'postgres'),
    flags: ['shared_buffers=2GB', 'max_wal_size=4GB', 'max_connections=300'],
  });
  const url = server.url('loopline');
  const api = await startApi(dir, await prepared(server.url(), url, dir));
  const bare = await startBare(url);
  const db = new pg.Client(url);
  await db.connect();
  const { rows: places } = await db.query<{ id: string; latitude: number; longitude: number }>(
    'select id, latitude, longitude from stock_location',
  );
  const tokens = JSON.parse(await readFile(path.join(dir, 'dev-tokens.json'), 'utf8')) as { backOffice: string };
  const world = { ...(await draw(db)), token: tokens.backOffice, placeOf: placesOf(places) };
  await warm(db);
  const rows: Row[] = [];
  for (const scenario of scenarios(world)) {
    if (only && !scenario.name.includes(only)) continue;
    for (const connections of CONNECTIONS) {
      rows.push(await compare(scenario, connections, { api: api.port, bare: bare.port, url, db }));
    }
  }
  const memoryMb = await peakMemoryMb(api.child.pid!);
  api.child.kill('SIGTERM');
  bare.child.kill('SIGTERM');
  await db.end();
  const coldStartMs = await coldStart(dir);
  await report({ scale, holdings: SCALES[scale], seconds, rows, memoryMb, coldStartMs, node: process.version });
  await server.stop();
}

async function bulk(rows: number): Promise<void> {
  const server = await startEmbedded({
    dir: path.join(ROOT, '.data', 'bench-bulk', 'postgres'),
    flags: ['max_wal_size=4GB'],
  });
  const admin = new pg.Client(server.url());
  await admin.connect();
  await admin.query('drop database if exists bulk with (force)');
  await admin.query('create database bulk');
  await admin.end();
  const first = await startApi(path.join(ROOT, '.data', 'bench-bulk'), server.url('bulk'));
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const figures = await measureBulk(server.url('bulk'), rows);
  console.log(`${rows} units: ${JSON.stringify(figures)}`);
  await mkdir('bench-results', { recursive: true });
  await writeFile('bench-results/bulk.json', `${JSON.stringify({ rows, ...figures }, null, 2)}\n`);
  await server.stop();
}

/** Whoever is measured first must not pay for reading the data from the disk. */
async function warm(db: pg.Client): Promise<void> {
  await db.query('create extension if not exists pg_prewarm');
  await db.query(
    `select sum(pg_prewarm(c.oid::regclass)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'i')`,
  );
}

async function prepared(adminUrl: string, url: string, dir: string): Promise<string> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const { rowCount } = await admin.query(`select from pg_database where datname = 'loopline'`);
  if (!rowCount) {
    await admin.query('create database loopline');
    // The program itself migrates.
    const first = await startApi(dir, url);
    first.child.kill('SIGTERM');
    const db = new pg.Client(url);
    await db.connect();
    await fill(db, SCALES[scale]);
    await db.end();
  }
  await admin.end();
  return url;
}

async function startApi(dir: string, url: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const env = {
    ...process.env,
    ...{
      DATABASE_URL: url,
      DATA_DIR: dir,
      PORT: String(port),
      SAMPLE_CARRIER: 'off',
      RATE_LIMIT_PER_MINUTE: '100000000',
    },
  };
  // The log goes to a file: reading it here would take time from the load.
  const log = path.join(dir, 'api.log');
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...HEAP, START], { env, stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  while (!readFileSync(log, 'utf8').includes('Loopline is ready')) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}.`);
    await pause(20);
  }
  return { port, child };
}

async function startBare(url: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'bare-server.js'), url, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await until(child, 'ready');
  return { port, child };
}

function until(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (bytes: Buffer) => bytes.includes(text) && resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

async function compare(
  scenario: Scenario,
  connections: number,
  at: { api: number; bare: number; url: string; db: pg.Client },
): Promise<Row> {
  const restocked = async (run: () => Promise<Measured>) => {
    if (scenario.kind === 'reservation') await restock(at.db);
    return run();
  };
  const api = await restocked(() => overHttp(at.api, connections, () => scenario.draw().request));
  const bare = await restocked(() => overHttp(at.bare, connections, bareRequest(scenario)));
  const sql = await restocked(() => overSql(at.url, connections, scenario));
  const ratio = (limit: Measured) => Math.round((api.requestsPerSecond / limit.requestsPerSecond) * 100) / 100;
  const row = {
    scenario: scenario.name,
    connections,
    api,
    bare,
    sql,
    ratioToBare: ratio(bare),
    ratioToSql: ratio(sql),
  };
  print(row);
  return row;
}

async function overHttp(
  port: number,
  connections: number,
  request: () => Parameters<Connection['send']>[0],
): Promise<Measured> {
  const sockets = Array.from({ length: connections }, () => new Connection(port));
  const measured = await measure(
    connections,
    seconds,
    1,
    async (caller) => (await sockets[caller]!.send(request())) < 300,
  );
  for (const socket of sockets) socket.close();
  return measured;
}

function bareRequest(scenario: Scenario): () => Parameters<Connection['send']>[0] {
  const withBase64 = (_key: string, value: unknown) => {
    const bytes = value as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' ? { base64: Buffer.from(bytes.data!).toString('base64') } : value;
  };
  let sent = 0;
  // Every connection of the pool must have heard the text once; after that its name is enough.
  return () => {
    const text = sent++ < 200 ? scenario.sql : undefined;
    return {
      method: 'POST',
      path: '/',
      headers: {},
      body: JSON.stringify({ name: scenario.name, text, values: scenario.draw().parameters }, withBase64),
    };
  };
}

async function overSql(url: string, connections: number, scenario: Scenario): Promise<Measured> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(url);
      await client.connect();
      return client;
    }),
  );
  const measured = await measure(connections, seconds, 1, async (caller) => {
    const { rows } = await clients[caller]!.query({
      name: 'scenario',
      text: scenario.sql,
      values: scenario.draw().parameters,
    });
    return rows.length > 0 || scenario.kind === 'read';
  });
  await Promise.all(clients.map((client) => client.end()));
  return measured;
}

async function peakMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/** From nothing running to ready, on the data directory as it is: the database is stopped and started as well. */
async function coldStart(dir: string): Promise<number> {
  const env = { ...process.env, DATABASE_URL: '', DATA_DIR: `${dir}-cold`, PORT: String(await freePort()) };
  const run = async () => {
    const started = performance.now();
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/start.js')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await until(child, 'Loopline is ready');
    const took = performance.now() - started;
    child.kill('SIGTERM');
    await new Promise((ended) => child.once('exit', ended));
    return took;
  };
  await run();
  return Math.round(await run());
}

function print({ scenario, connections, api, bare, sql, ratioToBare, ratioToSql }: Row): void {
  const figures = ({ requestsPerSecond, p50Ms, p99Ms, errors }: Measured) =>
    `${String(requestsPerSecond).padStart(6)}/s p50 ${String(p50Ms).padStart(6)} p99 ${String(p99Ms).padStart(6)}${errors ? ` errors ${errors}` : ''}`;
  console.log(
    `${scenario.padEnd(26)} x${String(connections).padEnd(3)} api ${figures(api)} | bare ${figures(bare)} | sql ${figures(sql)} | to bare ${ratioToBare.toFixed(2)} to sql ${ratioToSql.toFixed(2)}`,
  );
}

async function report(
  result: { scale: Scale; memoryMb: number; coldStartMs: number } & Record<string, unknown>,
): Promise<void> {
  console.log(`peak memory of the API ${result.memoryMb} MB, cold start ${result.coldStartMs} ms`);
  await mkdir('bench-results', { recursive: true });
  const file = path.join('bench-results', `${scale}.json`);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`written to ${file}`);
}

await (Number(asked.bulk) ? bulk(Number(asked.bulk)) : main());
process.exit(0);
