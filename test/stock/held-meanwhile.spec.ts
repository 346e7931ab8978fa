import { setTimeout as pause } from 'node:timers/promises';
import { countsOf, importFile } from '../imports/importing.js';
import { disagreements } from '../support/books.js';
import type { MadeUnit } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';
import { unitSold } from '../support/unit-on-shelf.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ LOCK_TIMEOUT_MS: '5000' });
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

/** Somebody places a hold on a handset and has not committed yet when the act begins. */
async function whileHeld<T>({ unitId }: Pick<MadeUnit, 'unitId'>, act: () => Promise<T>): Promise<T> {
  const police = await shop.db.connect();
  try {
    await police.query('begin');
    await police.query('select from stock_unit where id = $1 for no key update', [unitId]);
    await police.query(
      `insert into unit_encumbrance (id, unit_id, kind, reason, placed_by)
       values (gen_random_uuid(), $1, 'LEGAL_HOLD', 'inquiry 88', 'police')`,
      [unitId],
    );
    const acting = act();
    await pause(1500);
    await police.query('commit');
    return await acting;
  } finally {
    police.release();
  }
}

const encumbered = (unitId: string) =>
  shop.one('select encumbered from stock_holding where unit_id = $1 and closed_at is null', [unitId]);

describe('a hold that is placed while a handset comes back', () => {
  it('is seen by the till that takes it back', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const unit = await shop.make.unit(sku, locationId);
    const till = await shop.associate(locationId);
    const sale = await till.post<{ id: string }>('/v1/sales', {
      ...{ lines: [{ identifier: unit.imei }], terms: 'FULL', currency: 'USD' },
    });
    await till.post(`/v1/sales/${sale.body.id}/hand-over`, { identifiers: [unit.imei] });
    const back = { lineNo: 1, identifier: unit.imei, reason: 'CHANGED_MIND' };
    const { status } = await whileHeld(unit, () => till.post(`/v1/sales/${sale.body.id}/return`, back));
    expect([status, await encumbered(unit.unitId)]).toEqual([200, { encumbered: true }]);
  });

  it('is seen by the import that opens its holding', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const unit = await unitSold(shop, sku, locationId);
    const { code, place } = await shop.one<{ code: string; place: string }>(
      'select s.code, l.code as place from sku s, stock_location l where s.id = $1 and l.id = $2',
      [sku.skuId, locationId],
    );
    const file = `imei,sku,location,provenance\n${unit.imei},${code},${place},CUSTOMER_RETURN\n`;
    const office = await shop.backOffice();
    const job = await whileHeld(unit, () => importFile(office, 'UNITS', file));
    expect(countsOf(job)).toEqual(['DONE', 1, 1, 0, 0]);
    expect(await encumbered(unit.unitId)).toEqual({ encumbered: true });
  });
});
