import { disagreements, faultsOf, movementsOf, refused, standing } from '../support/books.js';
import { type Client, everyPage } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY, type Sale, shopfloor } from '../support/shopfloor.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const store = (units: number, over: Parameters<typeof shopfloor>[2] = {}) => shopfloor(shop, units, over);

describe('what may be sold', () => {
  it.each([
    ['is announced only', { lifecycle: 'ANNOUNCED' }, ['NOT_YET_ON_SALE']],
    ['is no longer sold', { lifecycle: 'END_OF_SALE' }, ['NO_LONGER_ON_SALE']],
    ['is no longer supported', { lifecycle: 'END_OF_SUPPORT' }, ['NO_LONGER_ON_SALE']],
    [
      'may not be sold since its licence ended',
      { lifecycle: 'SELL_THROUGH', licence_ends_on: '2014-04-25', licence_rule: 'STOP_SALE' },
      ['LICENCE_ENDED'],
    ],
  ])('not a model that %s', async (_how, model, bars) => {
    const { skuId, units, sell } = await store(1, { model });
    const { facts } = await refused(
      shop,
      () => sell({ lines: [{ identifier: units[0]!.imei }] }),
      409,
      'NOT_SOLD_HERE',
    );
    expect(facts).toEqual({ skuId, bars });
  });

  it('what is in stock of a model whose licence ended, when it may be sold through', async () => {
    const model = { lifecycle: 'SELL_THROUGH', licence_ends_on: '2014-04-25', licence_rule: 'SELL_THROUGH_NO_REORDER' };
    const { units, sell } = await store(1, { model });
    expect((await sell({ lines: [{ identifier: units[0]!.imei }] })).status).toBe(201);
  });

  it('only over the counter where its channel says so, a store before everywhere', async () => {
    const shipped = await store(1, { channels: ['SHIP_TO_HOME'] });
    const lines = [{ identifier: shipped.units[0]!.imei }];
    const { facts } = await refused(shop, () => shipped.sell({ lines }), 409, 'NOT_SOLD_HERE');
    expect(facts).toEqual({ skuIds: [shipped.skuId] });
    const setHere = (skuId: string, location_id: string, channels: string[]) =>
      shop.db.query(
        'insert into sku_channel (id, sku_id, location_id, channels) values (gen_random_uuid(), $1, $2, $3)',
        [skuId, location_id, channels],
      );
    await setHere(shipped.skuId, shipped.locationId, ['IN_STORE']);
    expect((await shipped.sell({ lines })).status).toBe(201);
    const shown = await store(1);
    await setHere(shown.skuId, shown.locationId, ['DISPLAY_ONLY']);
    await refused(shop, () => shown.sell({ lines: [{ identifier: shown.units[0]!.imei }] }), 409, 'NOT_SOLD_HERE');
  });

  it('only at the price the customer was told', async () => {
    const { units, sell } = await store(1);
    const lines = [{ identifier: units[0]!.imei }];
    const { facts } = await refused(shop, () => sell({ lines, expectedTotalMinor: 38399 }), 409, 'PRICE_CHANGED');
    expect(facts).toEqual({ totalMinor: 38400, expectedTotalMinor: 38399 });
  });

  it('only with a price in the currency, in force today', async () => {
    const { skuId, units, sell } = await store(1);
    const lines = [{ identifier: units[0]!.imei }];
    const { facts } = await refused(shop, () => sell({ lines, currency: 'CAD' }), 409, 'NO_PRICE');
    expect(facts).toEqual({ skuId, currency: 'CAD' });
    const early = await store(1, { price: { effective_from: '2999-01-01T00:00:00Z' } });
    await refused(shop, () => early.sell({ lines: [{ identifier: early.units[0]!.imei }] }), 409, 'NO_PRICE');
  });
});

describe('ask for a sale wrongly', () => {
  it.each([
    ['neither reservation nor lines', {}, ['/reservationId ONE_OF']],
    ['both', { reservationId: NOBODY, lines: [{ skuId: NOBODY }] }, ['/reservationId ONE_OF']],
    ['an empty line', { lines: [{}] }, ['/lines/0/identifier ONE_OF']],
    ['an unknown accessory', { lines: [{ skuId: NOBODY }] }, ['/lines NOT_AN_ACCESSORY']],
    ['unknown terms', { terms: 'LAYAWAY', lines: [{ skuId: NOBODY }] }, ['/terms IS_IN']],
    ['an unknown currency', { currency: 'XXX', lines: [{ skuId: NOBODY }] }, ['/currency IS_IN']],
    ['a fraction of a cent', { expectedTotalMinor: 1.5, lines: [{ skuId: NOBODY }] }, ['/expectedTotalMinor IS_INT']],
  ])('names the field: %s', async (_what, form, faults) => {
    const { sell } = await store(0);
    expect(faultsOf(await refused(shop, () => sell(form), 400, 'INVALID_INPUT'))).toEqual(faults);
  });

  it('is refused for a handset by SKU, at another store, and to a customer', async () => {
    const { locationId, skuId, units, sell } = await store(1);
    const handset = await refused(shop, () => sell({ lines: [{ skuId }] }), 400, 'INVALID_INPUT');
    expect(faultsOf(handset)).toEqual(['/lines NOT_AN_ACCESSORY']);
    const lines = [{ identifier: units[0]!.imei }];
    const other = await store(0);
    await refused(shop, () => other.sell({ lines, locationId }), 404, 'NOT_FOUND');
    const customer = await shop.customer();
    const form = { lines, terms: 'FULL', currency: 'USD' };
    await refused(shop, () => customer.post('/v1/sales', form), 403, 'NOT_ALLOWED');
    await refused(shop, () => office.post('/v1/sales', form), 404, 'NOT_FOUND');
  });
});

describe('hand a sale over', () => {
  const handOver = (client: Client, id: string, identifiers: string[], headers = {}) =>
    client.post<Sale>(`/v1/sales/${id}/hand-over`, { identifiers }, { headers });

  it('gives the customer exactly what was sold, and closes the holding', async () => {
    const { locationId, units, sold, till } = await store(2);
    const sale = await sold({ lines: units.map(({ imei }) => ({ identifier: imei })) });
    const { status, headers, body } = await handOver(till, sale.id, [units[1]!.imei, units[0]!.imei], {
      'if-match': '"1"',
    });
    expect([status, body.status, body.version, headers.get('etag')]).toEqual([200, 'HANDED_OVER', 2, '"2"']);
    expect(Date.parse(body.handedOverAt!)).toBeGreaterThan(0);
    expect(await standing(shop, locationId)).toEqual({});
    for (const { unitId, holdingId } of units) {
      expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 1', 'SOLD 0 -1', 'HANDED_OVER -1 0']);
      const held = await shop.one(
        'select disposition, closed_at is not null as closed from stock_holding where id = $1',
        [holdingId],
      );
      expect(held).toEqual({ disposition: 'SOLD', closed: true });
    }
    const told = await shop.one(
      'select from_state, to_state, hash is not null as hashed from history where subject_id = $1 and act = $2',
      [sale.id, 'handOver'],
    );
    expect(told).toEqual({ from_state: 'SOLD', to_state: 'HANDED_OVER', hashed: true });
    expect(
      await shop.count(`select count(*) from outbox_event where aggregate_id = $1 and type = 'sale.handed-over'`, [
        sale.id,
      ]),
    ).toBe(1);
  });

  it('needs no scan for accessories alone', async () => {
    const { locationId, sold, till } = await store(0);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 1);
    const sale = await sold({ lines: [{ skuId: kit.skuId }] });
    expect((await handOver(till, sale.id, [])).body.status).toBe('HANDED_OVER');
  });

  it('refuses one handset too few, one too many, and another one', async () => {
    const { units, sold, till } = await store(3);
    const [first, second, third] = units.map(({ imei }) => imei) as [string, string, string];
    const sale = await sold({ lines: [{ identifier: first }, { identifier: second }] });
    for (const [scanned, count] of [
      [[], 0],
      [[first], 1],
      [[first, third], 2],
      [[first, second, third], 3],
    ] as const) {
      const { facts } = await refused(shop, () => handOver(till, sale.id, [...scanned]), 409, 'WRONG_UNIT_SCANNED');
      expect(facts).toEqual({ sold: 2, scanned: count });
    }
    await refused(shop, () => handOver(till, sale.id, ['490154203237518']), 404, 'NOT_FOUND');
    await refused(shop, () => handOver(till, sale.id, [first, first]), 400, 'INVALID_INPUT');
    const nonsense = await refused(shop, () => handOver(till, sale.id, [first, '12']), 400, 'INVALID_INPUT');
    expect(nonsense.errors[0]!.pointer).toBe('/identifiers/1');
  });

  it('is refused a second time, in another version, and from another store', async () => {
    const { units, sold, till } = await store(1);
    const sale = await sold({ lines: [{ identifier: units[0]!.imei }] });
    const scanned = [units[0]!.imei];
    await refused(shop, () => handOver(till, sale.id, scanned, { 'if-match': '"9"' }), 412, 'STALE');
    const other = await store(0);
    await refused(shop, () => handOver(other.till, sale.id, scanned), 404, 'NOT_FOUND');
    expect((await handOver(till, sale.id, scanned)).status).toBe(200);
    const { facts } = await refused(shop, () => handOver(till, sale.id, scanned), 409, 'WRONG_STATE');
    expect(facts).toEqual({ state: 'HANDED_OVER', possible: ['returnLast'] });
  });
});

describe('show sales', () => {
  it('shows one to its own store and the back office, to nobody else', async () => {
    const { units, sold, till } = await store(1);
    const sale = await sold({ lines: [{ identifier: units[0]!.imei }] });
    for (const client of [till, office]) expect((await client.get(`/v1/sales/${sale.id}`)).body).toEqual(sale);
    const other = await store(0);
    await refused(shop, () => other.till.get(`/v1/sales/${sale.id}`), 404, 'NOT_FOUND');
  });

  it('lists those of a store newest first, each once', async () => {
    const { locationId, units, sold, till } = await store(5);
    const made: string[] = [];
    for (const { imei } of units) made.push((await sold({ lines: [{ identifier: imei }] })).id);
    const pages = await everyPage<Sale>(till, '/v1/sales?limit=2');
    const seen = pages.map(({ id }) => id);
    expect(seen).toEqual(made.reverse());
    const office5 = await office.get<{ items: Sale[] }>(`/v1/sales?locationId=${locationId}`);
    expect(office5.body.items).toHaveLength(5);
  });
});
