import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/local/embedded-postgres.js';
import { type BulkKind, measureBulk } from './bulk.js';
import { keep } from './report.js';
import { ROOT, startApi, stop } from './servers.js';
import { measureSweep } from './sweep.js';

/** Imports a file of so many rows. */
export async function bulk(name: string, kind: BulkKind, rows: number): Promise<void> {
  const figures = await withEmpty(name, ({ url }) => measureBulk(url, kind, rows));
  console.log(`${rows} ${name}: ${JSON.stringify(figures)}`);
  await keep(name, { rows, ...figures });
}

/** Walks over so many devices, of every so many of which one is unlocked. */
export async function sweep(devices: number, oneIn: number): Promise<void> {
  const figures = await withEmpty('sweep', (at) => measureSweep(at, { devices, oneIn }));
  console.log(`${devices} devices: ${JSON.stringify(figures)}`);
  await keep('sweep', figures);
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
