import pg from 'pg';
import { createHash } from 'node:crypto';
import type { DataSourceOptions, MigrationInterface, MixedList } from 'typeorm';
import type { Settings } from './settings.js';

type EntityClass = abstract new (...args: never[]) => object;

interface Schema {
  entities: readonly EntityClass[];
  migrations: readonly (new () => MigrationInterface)[];
}

/** How the program talks to PostgreSQL: limits on every statement, lock and idle transaction. */
export function databaseOptions(url: string, settings: Settings, schema: Schema): DataSourceOptions {
  return {
    type: 'postgres',
    driver: pg,
    url,
    entities: schema.entities as unknown as MixedList<EntityClass> as never,
    migrations: schema.migrations as never,
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize: settings.POOL_SIZE,
    connectTimeoutMS: settings.CONNECT_TIMEOUT_MS,
    applicationName: 'loopline',
    poolErrorHandler: () => undefined,
    extra: {
      // Statements name only the conditions they have, so one plan serves all values: planning anew costs more than running.
      ...(settings.PREPARED_STATEMENTS === 'on'
        ? { Client: PreparingClient, options: '-c plan_cache_mode=force_generic_plan' }
        : {}),
      statement_timeout: settings.STATEMENT_TIMEOUT_MS,
      lock_timeout: settings.LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: settings.IDLE_TRANSACTION_TIMEOUT_MS,
      keepAlive: true,
    },
  };
}

const MOST_NAMED = 500;
const names = new Map<string, string>();

/** TypeORM never names a statement; a named one is planned once a connection, which halves the server's work. */
class PreparingClient extends pg.Client {
  override query(...given: never[]): never {
    const [text, values, ...rest] = given as unknown as [unknown, unknown, ...unknown[]];
    const name = typeof text === 'string' && Array.isArray(values) && values.length ? nameOf(text) : undefined;
    const asked = name ? [{ name, text, values }, ...rest] : given;
    return super.query(...(asked as unknown as Parameters<pg.Client['query']>)) as never;
  }
}

function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MOST_NAMED) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}
