import { setTimeout as pause } from 'node:timers/promises';
import { disagreements } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import { BENCH, type Unit } from '../support/unit-on-shelf.js';

/** Longer than the standards in force are kept at hand. */
const UNTIL_STALE_MS = 2500;
const AT_ONCE = 6;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off', POOL_SIZE: '2', CONNECT_TIMEOUT_MS: '2000' });
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

describe('more acts at once than the program has connections', () => {
  it.each([
    ['quarantine', { reason: 'RECALL' }],
    ['encumber', { kind: 'RECALLED', reason: 'maker notice 3' }],
    ['inspect', BENCH],
  ])('each come to their end when the grade profile has to be looked up: %s', async (act, form) => {
    const [locationId, sku, office] = [await shop.make.location(), await shop.make.sku(), await shop.backOffice()];
    const units = [];
    for (let n = 0; n < AT_ONCE; n++) {
      units.push(await shop.make.unit(sku, locationId, { disposition: 'INSPECTION' }));
    }
    await pause(UNTIL_STALE_MS);
    const answers = await Promise.all(
      units.map(({ unitId }) => office.post<Unit>(`/v1/stock-units/${unitId}/${act}`, form)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
  });
});
