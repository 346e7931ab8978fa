import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';

/**
 * Starts a throw-away PostgreSQL and makes the migrated template every spec clones. `TEST_DATABASE_URL` names another
 * server, of which the specs make and drop databases of their own, such as one of the oldest version supported.
 */
export default async function setup() {
  const server = process.env.TEST_DATABASE_URL ? elsewhere(process.env.TEST_DATABASE_URL) : await throwAway();
  globalThis.testPostgres = server;
  process.env.TEST_PG_ADMIN = server.url();
  process.env.TEST_PG_TEMPLATE = await template(server);
}

function elsewhere(admin) {
  const url = (database) => (database ? Object.assign(new URL(admin), { pathname: `/${database}` }).href : admin);
  return { url, stop: () => undefined };
}

async function throwAway() {
  const { startEmbedded } = await import('../../dist/src/local/embedded-postgres.js');
  const dir = path.resolve('.data/test-postgres');
  const start = () => startEmbedded({ dir, durable: false, flags: ['max_connections=400'] });
  return start().catch(() => {
    rmSync(dir, { recursive: true, force: true });
    return start();
  });
}

async function template(server) {
  const { SCHEMA } = await import('../../dist/src/app.module.js');
  const { migrate } = await import('../../dist/src/platform/migrate.js');
  const { databaseOptions } = await import('../../dist/src/platform/database.js');
  const { readSettings } = await import('../../dist/src/platform/settings.js');
  const version = createHash('sha256').update(SCHEMA.migrations.map(String).join()).digest('hex').slice(0, 12);
  const name = `template_${version}`;
  const admin = new pg.Client(server.url());
  await admin.connect();
  const { rows } = await admin.query(
    `select datname from pg_database where datname like 'spec\\_%' or datname like 'template\\_%'`,
  );
  for (const { datname } of rows) {
    if (datname !== name) await admin.query(`drop database if exists "${datname}" with (force)`);
  }
  if (!rows.some(({ datname }) => datname === name)) {
    await admin.query(`create database "${name}_new"`);
    const db = await new DataSource(databaseOptions(server.url(`${name}_new`), readSettings({}), SCHEMA)).initialize();
    await migrate(db);
    await db.destroy();
    await admin.query(`alter database "${name}_new" rename to "${name}"`);
  }
  await admin.end();
  return name;
}
