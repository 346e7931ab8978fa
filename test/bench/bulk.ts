import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { v7 } from 'uuid';

/** What a bulk import costs beside the bare minimum. */
export interface BulkFigures {
  /** From the first byte sent until the import is done. */
  importSeconds: number;
  /** COPY of the rows it made into the same tables, empty, with the same indexes and foreign keys. */
  copySeconds: number;
  ratio: number;
  /** The most memory the process ever held. */
  peakMb: number;
}

const TABLES = ['stock_unit', 'unit_identifier', 'stock_holding', 'stock_movement'] as const;
const SKUS = 20;
const LOCATIONS = 200;

/** Imports that many units over HTTP into a migrated, empty database, then copies the rows it made into a twin. */
export async function measureBulk(databaseUrl: string, rows: number): Promise<BulkFigures> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'loopline-bulk-'));
  // The database server is another user, and writes here.
  await chmod(dir, 0o777);
  const twin = new URL(databaseUrl);
  twin.pathname += '_twin';
  try {
    await withDatabase(databaseUrl, seed);
    await onServer(databaseUrl, [
      `drop database if exists ${nameOf(twin)}`,
      `create database ${nameOf(twin)} template ${nameOf(new URL(databaseUrl))}`,
    ]);
    await writeUnits(path.join(dir, 'units.csv'), rows);
    const { importSeconds, peakMb } = await timedImport(databaseUrl, dir, rows);
    const copySeconds = await timedCopy(databaseUrl, twin.toString(), dir);
    return { importSeconds, copySeconds, ratio: importSeconds / copySeconds, peakMb };
  } finally {
    await onServer(databaseUrl, [`drop database if exists ${nameOf(twin)} with (force)`]);
    await rm(dir, { recursive: true, force: true });
  }
}

const nameOf = (url: URL): string => `"${url.pathname.slice(1)}"`;

async function withDatabase<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

async function onServer(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const admin = new URL(databaseUrl);
  admin.pathname = '/postgres';
  await withDatabase(admin.toString(), async (db) => {
    for (const statement of statements) await db.query(statement);
  });
}

async function seed(db: pg.Client): Promise<void> {
  const [brand, model] = [v7(), v7()];
  await db.query(`insert into brand (id, name, key) values ($1, 'Bench', 'bench')`, [brand]);
  await db.query(
    `insert into device_model (id, brand_id, name, key, lifecycle, search_text, search_compact) values ($1, $2, 'B', 'b', 'ON_SALE', '', '')`,
    [model, brand],
  );
  const variants = Array.from({ length: SKUS }, () => v7());
  await db.query(
    `insert into device_variant (id, model_id, maker_code, storage_gb, colour)
     select id, $2, 'B', n, 'Black' from unnest($1::uuid[]) with ordinality as v (id, n)`,
    [variants, model],
  );
  await db.query(
    `insert into sku (id, code, kind, variant_id, condition)
     select gen_random_uuid(), 'BENCH-' || n, 'DEVICE', id, 'NEW' from unnest($1::uuid[]) with ordinality as v (id, n)`,
    [variants],
  );
  await db.query(
    `insert into stock_location (id, code, kind, name, street, city, region, postcode, country, latitude, longitude, time_zone,
       opening_state, remorse_days)
     select gen_random_uuid(), 'BE-' || n, 'STORE', 'Store', '', '', '', '', 'US', 47, -122, 'America/New_York', 'OPEN', 14
     from generate_series(1, $1::int) n`,
    [LOCATIONS],
  );
}

function checkDigit(figures: string): number {
  let sum = 0;
  for (let at = 0; at < 14; at++) {
    const weighed = Number(figures[at]) * (at % 2 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return (10 - (sum % 10)) % 10;
}

/** In no order, as goods lie on a lorry. */
function unitLine(n: number): string {
  const serial = String((n * 7_919) % 1_000_000).padStart(6, '0');
  const imei = `${35_611_205 + Math.floor(n / 1_000_000)}${serial}`;
  const mark = (n + 36 ** 7).toString(36).toUpperCase();
  return `${imei}${checkDigit(imei)},,${mark},BENCH-${(n % SKUS) + 1},BE-${((n * 31) % LOCATIONS) + 1},${100 + (n % 400)}.50,NEW_PO,A,0,100,UNLOCKED,NOT_NEEDED,AVAILABLE,2026-10-14T17:20:00Z\n`;
}

async function writeUnits(file: string, rows: number): Promise<void> {
  function* pieces() {
    yield 'imei,imei2,serial,sku,location,cost,provenance,cosmetic,functional,battery_pct,lock_state,erasure,disposition,received_at\n';
    for (let from = 0; from < rows; from += 1000) {
      yield Array.from({ length: Math.min(1000, rows - from) }, (_, n) => unitLine(from + n)).join('');
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(file));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function timedImport(
  databaseUrl: string,
  dir: string,
  rows: number,
): Promise<{ importSeconds: number; peakMb: number }> {
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    DATA_DIR: dir,
    SAMPLE_CARRIER: 'off',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [path.resolve('dist/start.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    while (!said.includes('Loopline is ready')) await pause(50);
    const { backOffice } = JSON.parse(readFileSync(path.join(dir, 'dev-tokens.json'), 'utf8')) as {
      backOffice: string;
    };
    const began = performance.now();
    await importOver(`http://127.0.0.1:${port}/v1/imports`, backOffice, { file: path.join(dir, 'units.csv'), rows });
    return { importSeconds: (performance.now() - began) / 1000, peakMb: peakOf(child.pid!) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function importOver(url: string, token: string, { file, rows }: { file: string; rows: number }): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv', 'idempotency-key': v7() };
  const body = Readable.toWeb(createReadStream(file)) as never;
  const started = await fetch(`${url}?kind=UNITS`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  const { id } = (await started.json()) as { id: string };
  for (;;) {
    const job = (await (await fetch(`${url}/${id}`, { headers })).json()) as {
      finishedAt: string | null;
      linesApplied: number;
    };
    if (job.finishedAt && job.linesApplied !== rows) {
      throw new Error(`Only ${job.linesApplied} of ${rows} rows were stored.`);
    }
    if (job.finishedAt) return;
    await pause(100);
  }
}

function peakOf(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function timedCopy(from: string, to: string, dir: string): Promise<number> {
  const fileOf = (table: string) => path.join(dir, `${table}.copy`).replaceAll("'", "''");
  await withDatabase(from, async (db) => {
    for (const table of TABLES) await db.query(`copy ${table} to '${fileOf(table)}'`);
  });
  return withDatabase(to, async (db) => {
    const began = performance.now();
    await db.query('begin');
    for (const table of TABLES) await db.query(`copy ${table} from '${fileOf(table)}'`);
    await db.query('commit');
    return (performance.now() - began) / 1000;
  });
}

/** `node dist/test/bench/bulk.js postgres://… 1000000` */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await measureBulk(process.argv[2]!, Number(process.argv[3] ?? 100_000)));
}
