import pg from 'pg';
import { Client } from './client.js';
import { cloneDatabase, type TestDatabase } from './database.js';
import { Maker } from './make.js';
import { startServer, type ServerProcess } from './server.js';
import { BACK_OFFICE, CUSTOMER, associateOf, tokenMaker, type Claims } from './tokens.js';

/** A carrier of this spec's own: a database, the built program on it, and people who work there. */
export interface Shop {
  database: TestDatabase;
  server: ServerProcess;
  db: pg.Pool;
  make: Maker;
  url: string;
  token(claims: Claims, over?: { issuer?: string; audience?: string; expiresIn?: number }): Promise<string>;
  /** A client signed in with these claims; without claims, a stranger. */
  as(claims?: Claims): Promise<Client>;
  associate(storeId: string, sub?: string): Promise<Client>;
  backOffice(): Promise<Client>;
  customer(): Promise<Client>;
  one<T = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T>;
  count(sql: string, values?: unknown[]): Promise<number>;
  close(): Promise<void>;
}

export async function openShop(env: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const database = await cloneDatabase();
  const server = await startServer(database.url, env);
  const db = new pg.Pool({ connectionString: database.url, max: 4 });
  db.on('error', () => undefined);
  const token = tokenMaker(server.dataDir, server.url);
  const as = async (claims?: Claims) => new Client(server.url, claims ? await token(claims) : undefined);
  const one = async <T>(sql: string, values: unknown[] = []) => (await db.query(sql, values)).rows[0] as T;
  return {
    database,
    server,
    db,
    make: new Maker(db),
    url: server.url,
    token,
    as,
    associate: (storeId, sub) => as(associateOf(storeId, sub)),
    backOffice: () => as(BACK_OFFICE),
    customer: () => as(CUSTOMER),
    one,
    count: async (sql, values) => Number(Object.values((await one(sql, values)) as Record<string, unknown>)[0]),
    close: async () => {
      await db.end();
      await server.stop();
      await database.drop();
    },
  };
}
