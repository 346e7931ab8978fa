import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { USUAL_RIGHTS } from '../access/rights.js';
import type { Settings } from '../platform/settings.js';
import type { LocalIssuer } from './local-issuer.js';

const LIFETIME_SECONDS = 30 * 24 * 3600;

/** Ready-made tokens for trying the program out. */
export interface DevTokens {
  url: string;
  /** The store the associates work at. */
  store: { id: string; code: string; name: string } | null;
  associate: string;
  /** A second till of the same store. */
  secondTill: string;
  backOffice: string;
  customer: string;
}

export type Role = keyof typeof USUAL_RIGHTS;

/** What a token says of somebody with the usual rights of a role. */
export const claimsOf = (sub: string, role: Role, storeId?: string) => ({
  ...{ sub, role, scope: USUAL_RIGHTS[role].join(' ') },
  ...(storeId === undefined ? {} : { store_id: storeId }),
});

/** Writes `dev-tokens.json` into the data directory, readable by its owner only. */
export async function writeDevTokens(
  databaseUrl: string,
  settings: Settings,
  issuer: LocalIssuer,
  url: string,
): Promise<DevTokens> {
  const store = await firstStore(databaseUrl);
  const mint = (sub: string, role: Role, bound: boolean) =>
    issuer.mint(claimsOf(sub, role, bound ? store?.id : undefined), LIFETIME_SECONDS);
  const tokens: DevTokens = {
    url,
    store,
    associate: await mint('associate-1', 'ASSOCIATE', true),
    secondTill: await mint('associate-2', 'ASSOCIATE', true),
    backOffice: await mint('back-office-1', 'BACK_OFFICE', false),
    customer: await mint('customer-1', 'CUSTOMER', false),
  };
  const file = path.join(settings.DATA_DIR, 'dev-tokens.json');
  await mkdir(settings.DATA_DIR, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(tokens, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return tokens;
}

async function firstStore(databaseUrl: string): Promise<DevTokens['store']> {
  const db = new pg.Client(databaseUrl);
  await db.connect();
  const { rows } = await db.query<{ id: string; code: string; name: string }>(
    `select id, code, name from stock_location where kind = 'STORE' order by (code <> 'WA-0101'), code limit 1`,
  );
  await db.end();
  return rows[0] ?? null;
}
