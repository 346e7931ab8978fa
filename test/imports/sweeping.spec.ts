import { setTimeout as pause } from 'node:timers/promises';
import { openShop, type Shop } from '../support/shop.js';
import { importFile, importGround, sample } from './importing.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ SWEEP_INTERVAL_MS: '200' });
  await importGround(await shop.backOffice());
});
afterAll(() => shop.close());

/** Notes how many rows each statement takes out of a table. */
const watch = (table: string) =>
  shop.db.query(`
    create table ${table}_taken (rows integer);
    create function ${table}_watch() returns trigger language plpgsql as
      $$ begin insert into ${table}_taken select count(*) from gone; return null; end $$;
    create trigger ${table}_watch after delete on ${table} referencing old table as gone
      for each statement execute function ${table}_watch()`);
const most = (table: string) => shop.count(`select max(rows) from ${table}_taken`);

async function untilGone(rest: string): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until && (await shop.count(rest)); await pause(50));
  expect(await shop.count(rest)).toBe(0);
}

describe('what nobody needs any more', () => {
  it('of a large file goes piece by piece after its end, and of an upload that was given up', async () => {
    await watch('import_chunk');
    const done = await importFile(await shop.backOffice(), 'BULK_STOCK', sample('bulk'));
    const pieces = (id: string) =>
      shop.db.query(`insert into import_chunk (job_id, seq, bytes) select $1, n, 'x' from generate_series(64, 263) n`, [
        id,
      ]);
    await pieces(done.id);
    const given = '019b0000-0000-7000-8000-0000000000aa';
    await shop.db.query(
      `insert into import_job (id, kind, format, state, dry_run, all_or_nothing, asked_by, bytes_total, lease_until)
       values ($1, 'BULK_STOCK', 'CSV', 'UPLOADING', false, false, 'till', 1, now() + interval '1 hour')`,
      [given],
    );
    await pieces(given);
    await untilGone(`select count(*) from import_chunk where job_id = '${done.id}'`);
    expect(await shop.count('select count(*) from import_chunk where job_id = $1', [given])).toBe(200);
    await shop.db.query(`update import_job set lease_until = now() where id = $1`, [given]);
    await untilGone(`select count(*) from import_job where id = '${given}'`);
    expect(await most('import_chunk')).toBe(64);
  });

  it('of keys that are two days old goes a thousand at a time', async () => {
    await watch('idempotency_key');
    await shop.db.query(
      `insert into idempotency_key (principal, key, operation, request_hash, created_at)
       select 'till', 'key-of-long-ago-' || n, 'POST /v1/sales', 'x', now() - interval '49 hours' from generate_series(1, 2500) n`,
    );
    await untilGone(`select count(*) from idempotency_key where principal = 'till'`);
    expect(await most('idempotency_key')).toBe(1000);
  });
});
