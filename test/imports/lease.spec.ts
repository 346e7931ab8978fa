import { setTimeout as pause } from 'node:timers/promises';
import { openShop, type Shop } from '../support/shop.js';
import { countsOf, handIn, importGround, sample, untilDone } from './importing.js';
import { imeiOf15 } from '../../src/values/check-digits.js';

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
  await importGround(await shop.backOffice());
});
afterEach(() => shop.close());

const LINES = 1500;

const units = () =>
  [
    'imei,sku,location,cost,provenance',
    ...Array.from(
      { length: LINES },
      (_, n) => `${imeiOf15(`35611205${String(n).padStart(6, '0')}`)},BB-Q10-16-BLK-NEW,WA-0101,300.00,NEW_PO`,
    ),
  ].join('\n');

/** The rows of a batch come late by a second, and then fail with this SQLSTATE. */
const failLate = (state: string) =>
  shop.db.query(`
    create function fail_late() returns trigger language plpgsql as
      $$ begin perform pg_sleep(1); raise exception 'planted' using errcode = '${state}'; end $$;
    create trigger fail_late after insert on stock_movement for each statement execute function fail_late()`);

/** Another process takes the job, as it would after the lease has run out. */
async function takenByAnother(jobId: string): Promise<void> {
  const running = () => shop.count(`select count(*) from pg_stat_activity where wait_event = 'PgSleep'`);
  while (!(await running())) await pause(5);
  await shop.db.query(
    `update import_job set lease_until = '2100-01-01', lease_id = gen_random_uuid() where id = $1 and state = 'RUNNING'`,
    [jobId],
  );
  while (await running()) await pause(5);
  await pause(500);
}

const jobRow = (id: string) =>
  shop.one(`select state, lease_until::date::text as until, failure, lines_read from import_job where id = $1`, [id]);

describe('a process that was silent too long', () => {
  it.each([
    ['its batch fails for good', 'P0001', ''],
    ['its batch fails for now', '53100', ''],
    ['all or nothing fails for good', 'P0001', '&allOrNothing=true'],
  ])('leaves the job to the one who works on it now: %s', async (_, state, options) => {
    await failLate(state);
    const client = await shop.backOffice();
    const { body } = await handIn(client, 'UNITS', units(), { options });
    await takenByAnother(body.id);
    expect(await jobRow(body.id)).toEqual({ state: 'RUNNING', until: '2100-01-01', failure: null, lines_read: 0 });
    await shop.db.query('drop trigger fail_late on stock_movement');
    await shop.db.query(`update import_job set lease_until = now() where id = $1`, [body.id]);
    expect(countsOf(await untilDone(client, body.id))).toEqual(['DONE', LINES, LINES, 0, 0]);
    expect(await shop.count('select count(*) from stock_unit')).toBe(LINES);
  });
});

describe('somebody who stores the same thing at the same moment', () => {
  it.each(['', '&allOrNothing=true'])('is seen at the second look%s', async (options) => {
    await shop.db.query(`
      create sequence looks;
      create function there_already() returns trigger language plpgsql as
        $$ begin
             if nextval('looks') < 2 then
               raise exception 'planted' using errcode = '23505', constraint = 'bulk_stock_pk';
             end if;
             return null;
           end $$;
      create trigger there_already after insert on bulk_stock for each statement execute function there_already()`);
    const client = await shop.backOffice();
    const { body } = await handIn(client, 'BULK_STOCK', sample('bulk'), { options });
    expect(countsOf(await untilDone(client, body.id))).toEqual(['DONE', 114, 114, 0, 0]);
  });
});

describe('trouble that does not pass', () => {
  it('ends the job at the twentieth try, and says so', async () => {
    const client = await shop.backOffice();
    await shop.db.query(`
      create function never() returns trigger language plpgsql as
        $$ begin raise exception 'planted' using errcode = '53100'; end $$;
      create trigger never after insert on stock_movement for each statement execute function never()`);
    const { body } = await handIn(client, 'UNITS', units());
    const tries = () => shop.count('select tries from import_job where id = $1', [body.id]);
    while ((await tries()) < 1) await pause(5);
    // Nineteen pauses are six minutes.
    await shop.db.query(`update import_job set tries = 19, lease_until = now() where id = $1`, [body.id]);
    const job = await untilDone(client, body.id);
    expect(countsOf(job)).toEqual(['FAILED', 0, 0, 0, 0]);
    expect(await tries()).toBe(20);
  });
});
