import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { checkDigit } from '../../src/values/check-digits.js';
import { Fallible, killInTurn } from '../support/fallible.js';
import { tablesShowing } from '../support/plain-text.js';
import { Desk } from './desk.js';
import { type Handset, UnlockCounter } from './unlock-counter.js';
import { type Disagreement, unlockDisagreements } from './unlock-books.js';

export interface UnlockDrillReport {
  kills: number;
  seconds: number;
  /** Handsets dealt with from the first word to the last. */
  customers: number;
  resent: number;
  replayed: number;
  /** Codes that were answered, and reveals that stand in the audit. */
  revealed: number;
  audited: number;
  /** Reveals counted under the caps: a try that was cut off may count as well. */
  counted: number;
  /** Answers other than the story wants, by what they were. */
  unexpected: Record<string, number>;
  states: Record<string, number>;
  disagreements: Disagreement[];
  brokenLinks: number;
  /** Tables in which a code can be read. */
  plain: string[];
}

const SERVERS = 2;
const CALLERS = 8;
const TAC = '35676005';

/**
 * Callers ask, have approved, are shown codes and report, each act under a key of its own, while two servers on one
 * database are killed as by a power cut. Ends after so many kills, or so many seconds.
 */
export async function unlockKillDrill(
  { kills, seconds, handsets: many }: { kills: number; seconds: number; handsets: number },
  say: (progress: string) => void = () => undefined,
): Promise<UnlockDrillReport> {
  const desk = await Desk.open({ WORKER: 'off' });
  const { shop } = desk;
  const servers: Fallible[] = [];
  try {
    const mark = String(randomInt(10 ** 9, 10 ** 10 - 1));
    await desk.publish();
    const handsets = await furnish(shop.db, many, mark);
    const env = { DATA_DIR: shop.server.dataDir, AUTO_UNLOCK_HOUR: '24' };
    for (let n = 0; n < SERVERS; n++) {
      servers.push(await Fallible.start(shop.database.url, `${shop.url}/oidc`, env));
    }
    await desk.codes(
      handsets.flatMap(({ imei, codes }) => Object.entries(codes).map(([type, code]) => [imei, type, code] as const)),
    );
    const counter = new UnlockCounter(
      servers.map(({ url }) => url),
      shop.token,
    );
    const began = Date.now();
    const serving = counter.serve(handsets, CALLERS);
    const until = began + seconds * 1000;
    const killed = await killInTurn(servers, { kills, until, goOn: () => !counter.closed }, (count) =>
      say(`${count} kills, ${counter.customers} customers`),
    ).finally(() => counter.close());
    await serving;
    const took = Math.round((Date.now() - began) / 1000);
    return {
      kills: killed,
      seconds: took,
      ...counter.tally(),
      ...(await audit(desk)),
      plain: await tablesShowing(shop.db, mark),
    };
  } finally {
    for (const server of servers) await server.kill('SIGTERM');
    await shop.close();
  }
}

/**
 * Handsets on lines of their own, told apart by what becomes of them: every second has a second code, for when the
 * first does not work, and of every fourth the account's standing is not known, so that people have to decide.
 */
async function furnish(db: pg.Pool, many: number, mark: string): Promise<Handset[]> {
  const handsets = Array.from({ length: many }, (_, n): Handset => {
    const imei14 = `${TAC}${String(n).padStart(6, '0')}`;
    const code = (digit: number) => `${mark}${String(n).padStart(5, '0')}${digit}`;
    const first = { MEP2: code(2) };
    const story = (['PLAIN', 'SECOND_CODE', 'REVIEW', 'RIVALS'] as const)[n % 4]!;
    const codes = story === 'SECOND_CODE' ? { ...first, MEP4: code(4) } : first;
    return { imei14, imei: imei14 + checkDigit(imei14), story, codes };
  });
  await db.query(
    `with given as (
       select gen_random_uuid() as account, gen_random_uuid() as line, imei14, story, n
       from unnest($1::text[], $2::text[]) with ordinality as g (imei14, story, n)
     ), accounts as (
       insert into billing_account (id, number, state, good_standing, past_due_minor, currency, company, customer_since)
       select account, 'A-' || n, 'ACTIVE', case when story <> 'REVIEW' then true end, 0, 'USD', false, '2012-01-01' from given
     ), lines as (
       insert into account_line (id, account_id, number, activated_on) select line, account, 'L-' || n, '2013-10-01' from given
     ), activity as (
       insert into line_activity (imei14, line_id, active_from) select imei14, line, '2013-10-01' from given
     )
     insert into device_record (id, imei14, account_id, sold_by_us, brand, segment, jurisdiction, purchased_on,
       activated_on, fraud_flag, balance_minor, currency)
     select gen_random_uuid(), imei14, account, true, 'T-Mobile US', 'POSTPAID', 'US', '2013-10-01', '2013-10-01', false, 0, 'USD'
     from given`,
    [handsets.map(({ imei14 }) => imei14), handsets.map(({ story }) => story)],
  );
  // One person is shown thirty codes an hour at most; here they are shown as many as there are.
  await db.query(`update unlock_cap set hard = 1000000, soft = null where action = 'REVEAL'`);
  return handsets;
}

async function audit({ shop, office }: Desk) {
  const { rows } = await shop.db.query<{ status: string; n: number }>(
    'select status, count(*)::int as n from unlock_request group by 1 order by 1',
  );
  const { body } = await office.get<{ brokenLinks: number }>('/v1/audit/verification');
  return {
    states: Object.fromEntries(rows.map(({ status, n }) => [status, n])),
    audited: await shop.count(`select count(*) from history where act = 'revealCode' and chain is not null`),
    counted: await shop.count(`select coalesce(sum(used), 0) from unlock_cap_use where action = 'REVEAL'`),
    disagreements: await unlockDisagreements(shop.db),
    brokenLinks: body.brokenLinks,
  };
}
