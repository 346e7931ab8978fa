import { createHash } from 'node:crypto';
import type pg from 'pg';
import { newId } from '../../src/values/id.js';
import { newShortNumber } from '../../src/values/short-number.js';
import { forget } from './forget.js';
import type { Recording } from './recording.js';

const STEP = 250_000;
const TACS = 200;
const FIRST_SERIAL = 500_000;

/** Twelve rules, each of which looks at something that billing or a registry has said. */
const RULES = [
  ...['SOLD_BY_CARRIER', 'NOT_BLOCKED', 'NO_FRAUD_FLAG', 'GOOD_STANDING', 'ACCOUNT_ACTIVE', 'NOT_PAST_DUE'],
  ...['PAID_IN_FULL', 'NO_OPEN_INSTALMENT', 'NOT_ACTIVE_ON_OTHER_ACCOUNT'],
].map((check): object => ({ check }));
RULES.push(
  { check: 'DAYS_SINCE_PURCHASE', min: 40 },
  { check: 'DAYS_ACTIVE', min: 40, clock: 'CONSECUTIVE_ACTIVE' },
  { check: 'MAX_UNLOCKS', n: 2, windowDays: 365, scope: 'LINE' },
);

export const POLICY_ID = '0190c000-0000-7000-8000-000000000012';

/** What is to be known of how many devices. */
export interface Devices {
  devices: number;
  mode: 'ON_REQUEST' | 'AUTO';
  /** SQL over `n` that says whether something is still owed for device `n`. */
  owing: string;
}

/** Of every five devices one is not paid for, of every fifty one is reported lost: neither is unlocked. */
export const USUAL_OWING = 'n % 5 = 4';
export const maybeUnlocked = (n: number): boolean => n % 5 !== 4 && n % 50 !== 7;

const uuid = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid`;
const imei = (n: string) =>
  `(35000000 + (${n}) % ${TACS})::text || lpad((${FIRST_SERIAL} + (${n}) / ${TACS})::text, 6, '0')`;

/** A device as its rows name it. */
export interface NamedDevice {
  imei14: string;
  lineId: string;
  accountId: string;
}

const named = (kind: string, n: number): string =>
  createHash('md5')
    .update(`${kind}${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const deviceOf = (n: number): NamedDevice => ({
  imei14: `${35_000_000 + (n % TACS)}${String(FIRST_SERIAL + Math.floor(n / TACS)).padStart(6, '0')}`,
  lineId: named('line', n),
  accountId: named('account', Math.floor(n / 2)),
});

/** What fills the slots of what was recorded for another device. */
export const slotsOf = ({ imei14, lineId, accountId }: NamedDevice, { slots }: Recording): string[] => [
  ...[imei14, lineId, accountId, newShortNumber()],
  ...Array.from({ length: slots }, newId),
];

/** Tells a migrated database what billing and registries know of so many devices, and under which policy they fall. */
export async function fillDevices(db: pg.Client, { devices, mode, owing }: Devices): Promise<void> {
  await db.query(
    "set synchronous_commit = off; set statement_timeout = 0; set work_mem = '256MB'; set session_replication_role = replica",
  );
  await publish(db, mode);
  // Counted as ever, and never reached: one caller asks for everybody here.
  await db.query(`update unlock_cap set soft = null, hard = 1000000000 where action = 'ASK'`);
  for (let from = 0; from < devices; from += STEP) {
    await db.query(rowsOf(from, Math.min(from + STEP, devices) - 1, owing));
  }
  await db.query('set session_replication_role = origin');
  await db.query('vacuum analyze');
}

async function publish(db: pg.Client, mode: Devices['mode']): Promise<void> {
  const content = {
    ...{ mode, autoWithinBusinessDays: 2, responseBusinessDays: 2, resolutionBusinessDays: 10, confirmWithinHours: 24 },
    ...{
      lockAllowed: true,
      notices: ['ON_WEBSITE'],
      fee: null,
      temporary: null,
      abuse: null,
      groups: {},
      rules: RULES,
    },
    ...{ alternatives: [], exemptions: [], allIdentifiersMustPass: false, requiredChannel: null },
  };
  await db.query(
    `insert into unlock_policy (id, code, jurisdiction, segment, anchor, effective_from, time_zone, calendar, content, status,
       authors, published_by, published_at)
     values ($1, 'BENCH', 'US', 'ANY', 'PURCHASE_DATE', '2013-01-01', 'America/New_York', 'US-FEDERAL', $2, 'PUBLISHED',
       '{author}', 'publisher', now())`,
    [POLICY_ID, content],
  );
}

/** Two devices an account and a line a device; one in ten was on another line before. */
const rowsOf = (from: number, to: number, owing: string): string => {
  const each = `from generate_series(${from}, ${to}) n`;
  return `
    insert into billing_account (id, number, state, good_standing, past_due_minor, currency, company, customer_since)
      select ${uuid('account', '(n / 2)')}, 'A-' || n / 2, 'ACTIVE', true, 0, 'USD', false, '2012-01-01' ${each} where n % 2 = 0;
    insert into account_line (id, account_id, number, activated_on)
      select ${uuid('line', 'n')}, ${uuid('account', '(n / 2)')}, 'L-' || n, '2013-10-01' ${each};
    insert into device_record (id, imei14, account_id, sold_by_us, brand, segment, jurisdiction, purchased_on, activated_on,
        fraud_flag, balance_minor, currency)
      select ${uuid('device', 'n')}, ${imei('n')}, ${uuid('account', '(n / 2)')}, true, 'Bench', 'POSTPAID', 'US', '2013-10-01',
        '2013-10-02', false, case when ${owing} then 12000 else 0 end, 'USD' ${each};
    insert into line_activity (imei14, line_id, active_from) select ${imei('n')}, ${uuid('line', 'n')}, '2014-02-01' ${each};
    insert into line_activity (imei14, line_id, active_from, active_to)
      select ${imei('n')}, ${uuid('line', 'n + 1')}, '2013-10-02', '2014-01-31' ${each} where n % 10 = 3;
    insert into line_usage (imei14, line_id, first_seen_on, last_seen_on)
      select ${imei('n')}, ${uuid('line', 'n')}, '2014-02-01', '2026-01-31' ${each};
    insert into paid_service (line_id, paid_from) select ${uuid('line', 'n')}, '2013-10-01' ${each};
    insert into line_payment (id, account_id, line_id, paid_on, amount_minor, currency, kind, external_reference)
      select gen_random_uuid(), ${uuid('account', '(n / 2)')}, ${uuid('line', 'n')}, '2014-01-15'::date + 30 * age, 3000, 'USD',
        case age when 3 then 'REFILL' else 'MONTHLY' end, 'P-' || n || '-' || age ${each}, generate_series(1, 3) age;
    insert into block_entry (id, imei14, list, reason, source, reported_on, placed_by)
      select gen_random_uuid(), case when n % 50 = 7 then ${imei('n')} else '01' || lpad(n::text, 12, '0') end, 'BLOCK',
        'LOST_OR_STOLEN', 'OWN', '2014-03-01', 'bench' ${each} where n % 50 = 7 or n % 4 = 1;`;
};

const MADE = [
  ...['unlock_cap_lock', 'unlock_grant', 'unlock_decision', 'device_lock', 'unlock_request'],
  ...['outbox_event', 'idempotency_key', 'history'],
];

/** Forgets every request, so that each measurement begins alike. */
export const forgetRequests = (db: pg.Client): Promise<void> => forget(db, MADE);
