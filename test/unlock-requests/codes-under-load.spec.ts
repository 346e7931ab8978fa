import { setTimeout as pause } from 'node:timers/promises';
import { checkDigit } from '../../src/values/check-digits.js';
import { countsOf, handIn, untilDone } from '../imports/importing.js';
import { Desk } from './desk.js';

const IDLE_TRANSACTION_TIMEOUT_MS = 300;

let desk: Desk;
afterEach(() => desk.shop.close());

const imei14Of = (n: number) => `35676005${String(n).padStart(6, '0')}`;

/** A maker's file of handsets that billing knows. */
async function makersFile(lines: number): Promise<string> {
  const imeis = Array.from({ length: lines }, (_, n) => imei14Of(n));
  await desk.shop.db.query(
    `insert into device_record (id, imei14, sold_by_us, brand, segment, jurisdiction, purchased_on, activated_on,
       fraud_flag, balance_minor, currency)
     select gen_random_uuid(), imei14, true, 'T-Mobile US', 'POSTPAID', 'US', '2013-10-01', '2013-10-01', false, 0, 'USD'
     from unnest($1::text[]) imei14`,
    [imeis],
  );
  const rows = imeis.map((imei14, n) => `${imei14}${checkDigit(imei14)},MEP2,${String(10 ** 15 + n)}`);
  return ['imei,code_type,code', ...rows].join('\n');
}

/** Runs an act while nobody can look up the keys of codes for three times as long as a transaction may sit idle. */
async function whileKeysAreSlow<T>(act: () => Promise<T>): Promise<T> {
  const slow = await desk.shop.db.connect();
  try {
    const acted = await act();
    await slow.query(`begin; lock table data_key in access exclusive mode`);
    await pause(3 * IDLE_TRANSACTION_TIMEOUT_MS);
    await slow.query('commit');
    return acted;
  } finally {
    slow.release();
  }
}

describe("a maker's file while the database has much to do", () => {
  beforeEach(async () => {
    const limits = { IDLE_TRANSACTION_TIMEOUT_MS: String(IDLE_TRANSACTION_TIMEOUT_MS), LOCK_TIMEOUT_MS: '30000' };
    desk = await Desk.open({ ...limits, STATEMENT_TIMEOUT_MS: '30000', POOL_SIZE: '6' });
  });

  it.each([
    ['batch by batch', ''],
    ['all or nothing', '&allOrNothing=true'],
  ])('is stored whole though its key is long in coming, %s', async (_, options) => {
    const file = await makersFile(3000);
    const { body } = await whileKeysAreSlow(async () => {
      const handed = await handIn(desk.office, 'UNLOCK_CODES', file, { options });
      while (!(await desk.shop.count(`select count(*) from import_job where state = 'RUNNING'`))) await pause(1);
      return handed;
    });
    expect(countsOf(await untilDone(desk.office, body.id))).toEqual(['DONE', 3000, 3000, 0, 0]);
    expect(await desk.shop.count('select count(*) from unlock_code')).toBe(3000);
  });

  it('asks for the first key of all once, with a pool much smaller than a batch', async () => {
    const { body } = await handIn(desk.office, 'UNLOCK_CODES', await makersFile(2000));
    expect(countsOf(await untilDone(desk.office, body.id))).toEqual(['DONE', 2000, 2000, 0, 0]);
    expect(await desk.shop.count(`select count(*) from data_key where purpose = 'unlock-code'`)).toBe(1);
  });
});

describe('a change of keys while connections are scarce', () => {
  it('puts no good code aside: each is sealed anew, now or later', async () => {
    desk = await Desk.open({ POOL_SIZE: '1', CONNECT_TIMEOUT_MS: '1000' });
    const { body } = await handIn(desk.office, 'UNLOCK_CODES', await makersFile(2000));
    expect(countsOf(await untilDone(desk.office, body.id))).toEqual(['DONE', 2000, 2000, 0, 0]);
    expect((await desk.office.post('/v1/unlock-code-keys/rotate')).status).toBe(200);
    const old = `select count(*) from unlock_code c join data_key k on k.id = c.data_key_id
                 where k.retired_at is not null and c.quarantine is distinct from 'UNREADABLE'`;
    while (await desk.shop.count(old)) await pause(50);
    const { rows } = await desk.shop.db.query(
      'select status, quarantine, count(*)::int as n from unlock_code group by 1, 2',
    );
    expect(rows).toEqual([{ status: 'HELD', quarantine: null, n: 2000 }]);
  });
});
