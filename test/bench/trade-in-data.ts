import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { issuerKeys, minting } from '../../src/access/embedded-issuer.js';
import { claimsOf } from '../../src/local/dev-tokens.js';
import { ISSUER_KEYS, ISSUER_PATH } from '../../src/local/local-issuer.js';
import { forget } from './forget.js';
import { ROOT, tokensIn } from './servers.js';

/** Of the sample carrier: what is asked, agreed and lawful at a counter. */
const RULES = ['SMARTPHONE', 'US-STORE', 'LAW-US'];
/** One employee takes in everything here. */
const LIMITS = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };

/** What the owner of a handset says that is like new. */
export const LIKE_NEW = Object.entries({
  ...{ OWNER: 'YES', BATTERY: 'SAFE', POWER: 'YES', ACCOUNT_LOCK: 'YES', CARRIER_LOCK: 'UNLOCKED' },
  ...{ SCREEN: 'FLAWLESS', BODY: 'FLAWLESS', LIQUID: 'NO', FUNCTIONS: 'ALL', PARTS: 'YES' },
}).map(([question, answer]) => ({ question, answer }));

type Post = <T>(route: string, body?: object | string) => Promise<T>;

/** Publishes rules and a price book for every model, over HTTP and by two people as everywhere. */
export async function furnishTradeIns(dir: string, db: pg.Client): Promise<void> {
  const { url, backOffice } = await tokensIn(dir);
  const mint = minting({
    ...{ issuer: `${url}${ISSUER_PATH}`, audience: 'loopline' },
    keys: await issuerKeys(path.join(dir, ISSUER_KEYS)),
  });
  const [author, second] = [postOf(url, backOffice), postOf(url, await mint(claimsOf('bench-2', 'BACK_OFFICE'), 600))];
  await publishRules(author, second);
  await approvePrices(db, author, second);
  await db.query('vacuum analyze');
}

const postOf =
  (url: string, token: string): Post =>
  async <T>(route: string, body?: object | string) => {
    const text = typeof body === 'string';
    const answer = await fetch(`${url}${route}`, {
      ...{ method: 'POST', body: text ? body : JSON.stringify(body ?? {}) },
      headers: {
        ...{ authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
        'content-type': text ? 'text/csv' : 'application/json',
      },
    });
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };

async function publishRules(author: Post, second: Post): Promise<void> {
  const file = path.join(ROOT, 'src/local/sample/trade-in-rules.json');
  const rules = JSON.parse(await readFile(file, 'utf8')) as { code: string; terms?: object; questionSet?: object }[];
  for (const { code, ...rule } of rules.filter((one) => RULES.includes(one.code))) {
    const form = {
      ...{ code, kind: (rule as unknown as { kind: string }).kind },
      ...(rule.questionSet ? { questionSet: { ...rule.questionSet, modelIds: [] } } : rule),
      ...(rule.terms && { terms: { ...rule.terms, limits: LIMITS } }),
    };
    const { id } = await author<{ id: string }>('/v1/trade-in-rules', form);
    await second(`/v1/trade-in-rules/${id}/publish`);
  }
}

async function approvePrices(db: pg.Client, author: Post, second: Post): Promise<void> {
  const code = 'BENCH-1';
  const book = { code: 'BENCH', country: 'US', channel: 'ANY', currency: 'USD' };
  const { id: bookId } = await author<{ id: string }>('/v1/price-books', book);
  const version = { code, floorMinor: 500, staleAfterDays: 3650, deductions: [] };
  const { id } = await author<{ id: string }>(`/v1/price-books/${bookId}/versions`, version);
  const { rows } = await db.query<{ lines: string }>(PRICE_LINES, [code]);
  const file = `version,brand,model,storage_gb,carrier_lock,grade,functional,amount\n${rows[0]!.lines}\n`;
  await author('/v1/imports?kind=PRICE_LINES', file);
  for (let lines = 0; !lines; await pause(100)) {
    const found = await db.query(`select from import_job where kind = 'PRICE_LINES' and state = 'DONE'`);
    lines = found.rowCount!;
  }
  await second(`/v1/price-versions/${id}/approve`);
}

const PRICE_LINES = `
  select string_agg(concat_ws(',', $1::text, b.name, replace(m.key, '-', ' '), v.storage_gb, l, g, f, '120.00'), e'\n') as lines
  from device_variant v join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id,
    unnest('{LOCKED,UNLOCKED}'::text[]) l, unnest('{FLAWLESS,GOOD,AVERAGE,BROKEN}'::text[]) g,
    unnest('{WORKING,FAULTY}'::text[]) f`;

const OF_A_QUOTE = ['trade_in_quote', 'outbox_event', 'idempotency_key', 'history'];

/** Forgets every quote. */
export const forgetQuotes = (db: pg.Client): Promise<void> => forget(db, OF_A_QUOTE);

/** The ids that are the same in every quote, or stand for what every quote is of one of. */
export async function constantsOfQuotes(db: pg.Client): Promise<string[]> {
  const tables = ['trade_in_rule', 'price_book_version', 'device_variant', 'device_model', 'stock_location'];
  const { rows } = await db.query<{ id: string }>(
    tables.map((table) => `select id::text from ${table}`).join(' union all '),
  );
  return rows.map(({ id }) => id);
}
