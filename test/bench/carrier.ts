import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/local/embedded-postgres.js';
import { fill, SCALES, type Scale } from './dataset.js';
import { ROOT, startApi, stop } from './servers.js';
import { furnishTradeIns } from './trade-in-data.js';
import { fillDevices, USUAL_OWING } from './unlock-data.js';

/** Handsets that billing knows, beside the holdings. */
export const DEVICES = { small: 100_000, medium: 1_000_000, large: 1_000_000 } as const;

/** A database full of a carrier's data. */
export interface Carrier {
  dir: string;
  url: string;
  db: pg.Client;
  stop(): Promise<void>;
}

/** Starts the database of that size, and fills it where a run before has not done so. */
export async function openCarrier(scale: Scale): Promise<Carrier> {
  const dir = path.join(ROOT, '.data', `bench-${scale}`);
  const server = await startEmbedded({
    dir: path.join(dir, 'postgres'),
    flags: ['shared_buffers=2GB', 'max_wal_size=4GB', 'min_wal_size=1GB', 'max_connections=300'],
  });
  const url = server.url('loopline');
  const empty = await makeDatabase(server.url());
  // The program itself migrates.
  await stop((await startApi(dir, url)).child);
  const db = new pg.Client(url);
  await db.connect();
  if (empty) await fill(db, SCALES[scale]);
  await furnish(db, scale, { dir, url });
  const end = async (): Promise<void> => {
    await db.end();
    await server.stop();
  };
  return { dir, url, db, stop: end };
}

/** @returns whether the database had to be made */
async function makeDatabase(adminUrl: string): Promise<boolean> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  const { rowCount } = await admin.query(`select from pg_database where datname = 'loopline'`);
  if (!rowCount) await admin.query('create database loopline');
  await admin.end();
  return !rowCount;
}

async function furnish(db: pg.Client, scale: Scale, { dir, url }: { dir: string; url: string }): Promise<void> {
  const { rowCount: told } = await db.query('select from device_record limit 1');
  if (!told) await fillDevices(db, { devices: DEVICES[scale], mode: 'ON_REQUEST', owing: USUAL_OWING });
  const { rowCount: priced } = await db.query('select from price_book_version limit 1');
  if (priced) return;
  const api = await startApi(dir, url);
  await furnishTradeIns(dir, db);
  await stop(api.child);
}

/**
 * A database that has been at work for some time writes into log files it has used before; one just made has to make each
 * of them, and every commit waits for that.
 */
export async function makeLogFiles(db: pg.Client): Promise<void> {
  await db.query(`set statement_timeout = 0`);
  await db.query(`create table bench_log as select repeat(md5(n::text), 30) from generate_series(1, 700000) n`);
  await db.query('drop table bench_log');
  await db.query('checkpoint');
}

/** Whoever is measured first must not pay for reading the data from the disk. */
export async function warm(db: pg.Client): Promise<void> {
  await db.query('create extension if not exists pg_prewarm');
  await db.query(
    `select sum(pg_prewarm(c.oid::regclass)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'i')`,
  );
}
