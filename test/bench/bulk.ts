import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { v7 } from 'uuid';
import { peakMemoryMb, profiling, startApi, stop, tokenIn } from './servers.js';

/** What a bulk import costs beside the bare minimum. */
export interface BulkFigures {
  /** From the first byte sent until the import is done. */
  importSeconds: number;
  rowsPerSecond: number;
  /** COPY of the rows it made into the same tables, empty, with the same indexes and foreign keys. */
  copySeconds: number;
  ratio: number;
  /** The most memory the process ever held. */
  peakMb: number;
}

/** A kind of file, and what its rows become. */
export interface BulkKind {
  kind: string;
  header: string;
  /** Line `n` of the file. */
  line(n: number): string;
  /** What has to be there before so many rows can be read. */
  seed(db: pg.Client, rows: number): Promise<void>;
  /** The tables the rows go to, and those the import fills beside them. */
  tables: readonly string[];
  ground: readonly string[];
}

/** Imports that many rows over HTTP into a migrated, empty database, then copies the rows it made into a twin. */
export async function measureBulk(databaseUrl: string, kind: BulkKind, rows: number): Promise<BulkFigures> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'loopline-bulk-'));
  // The database server is another user, and writes here.
  await chmod(dir, 0o777);
  const twin = new URL(databaseUrl);
  twin.pathname += '_twin';
  try {
    await withDatabase(databaseUrl, (db) => kind.seed(db, rows));
    await onServer(databaseUrl, [
      `drop database if exists ${nameOf(twin)}`,
      `create database ${nameOf(twin)} template ${nameOf(new URL(databaseUrl))}`,
    ]);
    const file = path.join(dir, 'rows.csv');
    await writeRows(file, kind, rows);
    const { importSeconds, peakMb } = await timedImport(databaseUrl, dir, { kind: kind.kind, file, rows });
    const copySeconds = await timedCopy(databaseUrl, twin.toString(), dir, kind);
    const ratio = Math.round((importSeconds / copySeconds) * 100) / 100;
    return { importSeconds, rowsPerSecond: Math.round(rows / importSeconds), copySeconds, ratio, peakMb };
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

async function writeRows(file: string, { header, line }: BulkKind, rows: number): Promise<void> {
  function* pieces() {
    yield `${header}\n`;
    for (let from = 0; from < rows; from += 1000) {
      yield Array.from({ length: Math.min(1000, rows - from) }, (_, n) => line(from + n)).join('');
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(file));
}

interface Upload {
  kind: string;
  file: string;
  rows: number;
}

async function timedImport(
  databaseUrl: string,
  dir: string,
  upload: Upload,
): Promise<{ importSeconds: number; peakMb: number }> {
  const api = await startApi(dir, databaseUrl, { flags: profiling() });
  try {
    const token = await tokenIn(dir);
    const began = performance.now();
    await importOver(`http://127.0.0.1:${api.port}/v1/imports`, token, upload);
    const importSeconds = Math.round((performance.now() - began) / 100) / 10;
    return { importSeconds, peakMb: await peakMemoryMb(api.child.pid!) };
  } finally {
    await stop(api.child);
  }
}

async function importOver(url: string, token: string, { kind, file, rows }: Upload): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv', 'idempotency-key': v7() };
  const body = Readable.toWeb(createReadStream(file)) as never;
  const started = await fetch(`${url}?kind=${kind}`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
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

async function timedCopy(from: string, to: string, dir: string, { tables, ground }: BulkKind): Promise<number> {
  const fileOf = (table: string) => path.join(dir, `${table}.copy`).replaceAll("'", "''");
  await withDatabase(from, async (db) => {
    for (const table of [...ground, ...tables]) await db.query(`copy ${table} to '${fileOf(table)}'`);
  });
  return withDatabase(to, async (db) => {
    for (const table of ground) await db.query(`copy ${table} from '${fileOf(table)}'`);
    const began = performance.now();
    await db.query('begin');
    for (const table of tables) await db.query(`copy ${table} from '${fileOf(table)}'`);
    await db.query('commit');
    return Math.round((performance.now() - began) / 100) / 10;
  });
}
