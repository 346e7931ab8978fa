import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../support/server.js';
import { openShop, type Shop } from '../support/shop.js';
import { countsOf, handIn, importGround, untilDone } from './importing.js';
import { imeiOf15 } from '../../src/values/check-digits.js';

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
  await importGround(await shop.backOffice());
});
afterEach(() => shop.close());

const LINES = 12_000;
const FAULTY_EVERY = 1000;

const units = () =>
  [
    'imei,sku,location,cost,provenance',
    ...Array.from({ length: LINES }, (_, n) => {
      const sku = n % FAULTY_EVERY === 0 ? 'NO-SUCH-SKU' : 'BB-Q10-16-BLK-NEW';
      return `${imeiOf15(`35611205${String(n).padStart(6, '0')}`)},${sku},WA-0101,300.00,NEW_PO`;
    }),
  ].join('\n');

describe('kill the process in the middle of an import', () => {
  it.each([
    ['', LINES - LINES / FAULTY_EVERY, 'DONE'],
    ['&allOrNothing=true', 0, 'FAILED'],
    ['&dryRun=true', 0, 'DONE'],
  ])('another process finishes it, nothing is lost and nothing double%s', async (options, stored, state) => {
    const client = await shop.backOffice();
    const { body } = await handIn(client, 'UNITS', units(), { options });
    const read = () => shop.count('select lines_read from import_job where id = $1', [body.id]);
    while ((await read()) < 2000) await pause(5);
    await shop.server.kill();
    const left = await read();
    expect(left).toBeLessThan(LINES);
    // Otherwise the lease would have to run out first, which takes twenty seconds.
    await shop.db.query('update import_job set lease_until = now() where id = $1', [body.id]);
    const other = await startServer(
      shop.database.url,
      {},
      { dataDir: shop.server.dataDir, port: Number(new URL(shop.url).port) },
    );
    try {
      const job = await untilDone(client, body.id);
      const failed = LINES / FAULTY_EVERY;
      expect(countsOf(job)).toEqual([state, LINES, state === 'FAILED' ? 0 : LINES - failed, 0, failed]);
      expect(await shop.count('select count(*) from stock_unit')).toBe(stored);
      expect(await shop.count('select count(*) from stock_holding')).toBe(stored);
      expect(await shop.count('select count(*) from stock_movement')).toBe(stored);
      expect(await shop.count('select count(distinct line) from import_fault where job_id = $1', [body.id])).toBe(
        failed,
      );
      expect(await shop.count(`select count(*) from history where subject_id = $1 and act = 'finish'`, [body.id])).toBe(
        1,
      );
    } finally {
      await other.stop();
    }
  });
});
