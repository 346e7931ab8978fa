import { disagreements, lapse, movementsOf, refused, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY, shopfloor } from '../support/shopfloor.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const store = (units: number, over: Parameters<typeof shopfloor>[2] = {}) => shopfloor(shop, units, over);

describe('sell what a reservation holds', () => {
  it('and hand all of it over, be it more than twenty handsets', async () => {
    const { skuId, units, held, sell, till } = await store(21);
    const { id: reservationId } = await held([{ skuId, quantity: 21 }]);
    const { body } = await sell({ reservationId });
    const given = await till.post<{ status: string }>(`/v1/sales/${body.id as string}/hand-over`, {
      identifiers: units.map(({ imei }) => imei),
    });
    expect([given.status, given.body.status]).toEqual([200, 'HANDED_OVER']);
  });

  it('refuses instalments on a handset that is sold at the full price only', async () => {
    const { skuId, held, sell } = await store(1, { price: { months: null } });
    const { id: reservationId } = await held([{ skuId }]);
    const { facts } = await refused(shop, () => sell({ reservationId, terms: 'INSTALMENTS' }), 409, 'NOT_SOLD_HERE');
    expect(facts).toEqual({ skuId, bars: ['NO_INSTALMENTS'] });
  });

  it('takes the unit on 24 instalments of $16.00 with nothing down', async () => {
    const { locationId, sku, skuId, units, held, sell } = await store(1);
    const { id: reservationId } = await held([{ skuId }]);
    const { status, headers, body } = await sell({ reservationId, terms: 'INSTALMENTS', expectedTotalMinor: 38400 });
    expect([status, headers.get('etag')]).toEqual([201, '"1"']);
    expect(body).toEqual({
      id: expect.any(String) as string,
      number: expect.any(String) as string,
      locationId,
      status: 'SOLD',
      reservationId,
      customerReference: null,
      currency: 'USD',
      totalMinor: 38400,
      dueNowMinor: 0,
      soldBy: 'associate-1',
      soldAt: expect.any(String) as string,
      handedOverAt: null,
      lines: [
        {
          lineNo: 1,
          skuId,
          unitId: units[0]!.unitId,
          quantity: 1,
          amountMinor: 38400,
          terms: 'INSTALMENTS',
          downPaymentMinor: 0,
          instalmentsMinor: Array<number>(24).fill(1600),
          returnedAt: null,
          returnReason: null,
        },
      ],
      version: 1,
    });
    expect(await shop.one('select price_id from sale_line where sale_id = $1', [body.id])).toEqual({
      price_id: sku.priceId,
    });
    expect(await standing(shop, locationId)).toEqual({ ALLOCATED: 1 });
    expect(await movementsOf(shop, units[0]!.unitId)).toEqual(['RECEIVED 1 1', 'RESERVED 0 -1', 'SOLD 0 0']);
    expect((await office.get<{ status: string }>(`/v1/reservations/${reservationId}`)).body.status).toBe('CONSUMED');
    const told = await shop.one(
      `select act, to_state, details, chain, chain_seq::int as seq, hash is not null as hashed from history where subject_id = $1`,
      [body.id],
    );
    expect(told).toEqual({
      act: 'sell',
      to_state: 'SOLD',
      details: { totalMinor: 38400, currency: 'USD' },
      chain: locationId,
      seq: 1,
      hashed: true,
    });
    expect(await shop.one('select type, payload from outbox_event where aggregate_id = $1', [body.id])).toEqual({
      type: 'sale.sold',
      payload: { totalMinor: 38400, currency: 'USD' },
    });
  });

  it.each([
    ['FIRST', 1667, 1666],
    ['LAST', 1666, 1682],
  ])('puts the odd cents %s', async (remainder, first, last) => {
    const { skuId, held, sold } = await store(1, {
      price: { amount_minor: 49999, down_payment_minor: 9999, remainder, effective_from: '2014-02-01T00:00:00Z' },
    });
    const sale = await sold({ reservationId: (await held([{ skuId }])).id, terms: 'INSTALMENTS' });
    const { instalmentsMinor } = sale.lines[0]!;
    expect([sale.totalMinor, sale.dueNowMinor]).toEqual([49999, 9999]);
    expect([instalmentsMinor.length, instalmentsMinor[0], instalmentsMinor[23]]).toEqual([24, first, last]);
    expect(instalmentsMinor.reduce((sum, one) => sum + one, 0)).toBe(40000);
  });

  it('takes devices on instalments and accessories in full, in one sale', async () => {
    const { locationId, skuId, held, sold } = await store(2);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 5);
    const { id: reservationId } = await held([
      { skuId, quantity: 2 },
      { skuId: kit.skuId, quantity: 3 },
    ]);
    const sale = await sold({ reservationId, terms: 'INSTALMENTS' });
    expect([sale.totalMinor, sale.dueNowMinor, sale.lines.length]).toEqual([79800, 3000, 3]);
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [kit.skuId])).toEqual({
      on_hand: 2,
      reserved: 0,
    });
  });

  it('is refused when the reservation has run out, is over, or is not here', async () => {
    const { skuId, held, sell, till } = await store(4);
    const [lapsed, released, sold] = [
      (await held([{ skuId }])).id,
      (await held([{ skuId }])).id,
      (await held([{ skuId }])).id,
    ];
    await lapse(shop, lapsed);
    await till.post(`/v1/reservations/${released}/release`);
    expect((await sell({ reservationId: sold })).status).toBe(201);
    await refused(shop, () => sell({ reservationId: lapsed }), 409, 'RESERVATION_LAPSED');
    expect((await refused(shop, () => sell({ reservationId: released }), 409, 'WRONG_STATE')).facts).toEqual({
      state: 'RELEASED',
    });
    expect((await refused(shop, () => sell({ reservationId: sold }), 409, 'WRONG_STATE')).facts).toEqual({
      state: 'CONSUMED',
    });
    await refused(shop, () => sell({ reservationId: NOBODY }), 404, 'NOT_FOUND');
    const other = await store(1);
    const { id: theirs } = await other.held([{ skuId: other.skuId }]);
    await refused(shop, () => sell({ reservationId: theirs }), 404, 'NOT_FOUND');
  });

  it('is refused when the unit was barred meanwhile, and goes through once the bar is lifted', async () => {
    const { skuId, units, held, sell } = await store(1);
    const { id: reservationId } = await held([{ skuId }]);
    const bar = { kind: 'BLOCK_LISTED', reason: 'registry answer 4711' };
    await office.post(`/v1/stock-units/${units[0]!.unitId}/encumber`, bar);
    const { facts } = await refused(shop, () => sell({ reservationId }), 409, 'UNIT_ENCUMBERED');
    expect(facts).toEqual({ unitId: units[0]!.unitId });
    await office.post(`/v1/stock-units/${units[0]!.unitId}/lift-encumbrance`, bar);
    expect((await sell({ reservationId })).status).toBe(201);
  });
});

describe('sell straight from the shelf', () => {
  it('takes the unit scanned and pieces of an accessory, at the price of today', async () => {
    const { locationId, skuId, units, sold } = await store(2);
    await shop.make.price(skuId, { amount_minor: 35000, effective_from: '2014-06-01T00:00:00Z' });
    await shop.make.price(skuId, { amount_minor: 100, effective_from: '2999-01-01T00:00:00Z' });
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 5);
    const sale = await sold({
      lines: [{ identifier: units[1]!.imei }, { skuId: kit.skuId, quantity: 2 }, { skuId: kit.skuId }],
      customerReference: 'counter 3',
    });
    expect([sale.totalMinor, sale.dueNowMinor]).toEqual([38000, 38000]);
    expect(sale.lines.map(({ unitId, quantity }) => [unitId, quantity])).toEqual([
      [units[1]!.unitId, 1],
      [null, 3],
    ]);
    expect(await standing(shop, locationId)).toEqual({ AVAILABLE: 1, ALLOCATED: 1 });
    expect(await movementsOf(shop, units[1]!.unitId)).toEqual(['RECEIVED 1 1', 'SOLD 0 -1']);
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [kit.skuId])).toEqual({
      on_hand: 2,
      reserved: 0,
    });
  });

  it('sells a unit once when it is scanned twice', async () => {
    const { units, sold } = await store(1);
    const sale = await sold({ lines: [{ identifier: units[0]!.imei }, { identifier: units[0]!.imei }] });
    expect([sale.lines.length, sale.totalMinor]).toEqual([1, 38400]);
  });

  it('tells who holds a reserved unit, and sells it when that has run out', async () => {
    const { units, held, sell } = await store(1);
    const lines = [{ identifier: units[0]!.imei }];
    const { id: reservationId } = await held(lines);
    const { facts } = await refused(shop, () => sell({ lines }), 409, 'UNIT_RESERVED');
    expect(facts).toMatchObject({ reservationId, heldBy: 'associate-1' });
    await lapse(shop, reservationId);
    expect((await sell({ lines })).status).toBe(201);
    expect((await office.get<{ status: string }>(`/v1/reservations/${reservationId}`)).body.status).toBe('EXPIRED');
  });

  it('refuses a unit that is sold, on display or elsewhere', async () => {
    const { locationId, sku, units, sell, sold } = await store(1);
    const lines = [{ identifier: units[0]!.imei }];
    await sold({ lines });
    expect((await refused(shop, () => sell({ lines }), 409, 'UNIT_NOT_AVAILABLE')).facts).toEqual({
      disposition: 'ALLOCATED',
    });
    const shown = await shop.make.unit(sku, locationId, { disposition: 'DISPLAY' });
    const onDisplay = await refused(
      shop,
      () => sell({ lines: [{ identifier: shown.imei }] }),
      409,
      'UNIT_NOT_AVAILABLE',
    );
    expect(onDisplay.facts).toEqual({ disposition: 'DISPLAY' });
    const other = await store(1);
    const away = await refused(
      shop,
      () => sell({ lines: [{ identifier: other.units[0]!.imei }] }),
      409,
      'UNIT_NOT_AVAILABLE',
    );
    expect(away.facts).toEqual({ locationId: other.locationId, disposition: 'AVAILABLE' });
  });

  it('sells all or nothing', async () => {
    const { locationId, units, sell } = await store(1);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 2);
    const lines = [{ identifier: units[0]!.imei }, { skuId: kit.skuId, quantity: 3 }];
    await refused(shop, () => sell({ lines }), 409, 'INSUFFICIENT_STOCK');
  });

  it('does not sell pieces that are reserved', async () => {
    const { locationId, held, sell } = await store(0);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 3);
    (await held([{ skuId: kit.skuId, quantity: 2 }])).id;
    await refused(shop, () => sell({ lines: [{ skuId: kit.skuId, quantity: 2 }] }), 409, 'INSUFFICIENT_STOCK');
    expect((await sell({ lines: [{ skuId: kit.skuId }] })).status).toBe(201);
  });
});
