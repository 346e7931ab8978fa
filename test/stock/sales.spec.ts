import { disagreements, faultsOf, lapse, movementsOf, refused, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Sale {
  id: string;
  number: string;
  status: string;
  totalMinor: number;
  dueNowMinor: number;
  handedOverAt: string | null;
  version: number;
  lines: { lineNo: number; skuId: string; unitId: string | null; quantity: number; instalmentsMinor: number[] }[];
}

const NOBODY = '019b0000-0000-7000-8000-000000000000';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

/** A store with so many refurbished Q10s at $384.00, and a till there. */
async function store(units: number, over: Parameters<Shop['make']['sku']>[0] = {}) {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku(over);
  const made = await shop.make.units(sku, locationId, units);
  const till = await shop.associate(locationId);
  const reserve = async (lines: object[], client = till) => {
    const { status, body } = await client.post<{ id: string }>('/v1/reservations', { purpose: 'POS_BASKET', lines });
    expect(status).toBe(201);
    return body.id;
  };
  const sell = (form: object, headers: Record<string, string> = {}) =>
    till.post<Sale>('/v1/sales', { terms: 'FULL', currency: 'USD', ...form }, { headers });
  const sold = async (form: object) => {
    const { status, body } = await sell(form);
    expect([status, body.status]).toEqual([201, 'SOLD']);
    return body;
  };
  return { locationId, sku, skuId: sku.skuId, units: made, till, reserve, sell, sold };
}

describe('sell what a reservation holds', () => {
  it('refuses instalments on a handset that is sold at the full price only', async () => {
    const { skuId, reserve, sell } = await store(1, { price: { months: null } });
    const reservationId = await reserve([{ skuId }]);
    const { facts } = await refused(shop, () => sell({ reservationId, terms: 'INSTALMENTS' }), 409, 'NOT_SOLD_HERE');
    expect(facts).toEqual({ skuId, bars: ['NO_INSTALMENTS'] });
  });

  it('takes the unit on 24 instalments of $16.00 with nothing down', async () => {
    const { locationId, sku, skuId, units, reserve, sell } = await store(1);
    const reservationId = await reserve([{ skuId }]);
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
    const { skuId, reserve, sold } = await store(1, {
      price: { amount_minor: 49999, down_payment_minor: 9999, remainder, effective_from: '2014-02-01T00:00:00Z' },
    });
    const sale = await sold({ reservationId: await reserve([{ skuId }]), terms: 'INSTALMENTS' });
    const { instalmentsMinor } = sale.lines[0]!;
    expect([sale.totalMinor, sale.dueNowMinor]).toEqual([49999, 9999]);
    expect([instalmentsMinor.length, instalmentsMinor[0], instalmentsMinor[23]]).toEqual([24, first, last]);
    expect(instalmentsMinor.reduce((sum, one) => sum + one, 0)).toBe(40000);
  });

  it('takes devices on instalments and accessories in full, in one sale', async () => {
    const { locationId, skuId, reserve, sold } = await store(2);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 5);
    const reservationId = await reserve([
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
    const { skuId, reserve, sell, till } = await store(4);
    const [lapsed, released, sold] = [
      await reserve([{ skuId }]),
      await reserve([{ skuId }]),
      await reserve([{ skuId }]),
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
    const theirs = await other.reserve([{ skuId: other.skuId }]);
    await refused(shop, () => sell({ reservationId: theirs }), 404, 'NOT_FOUND');
  });

  it('is refused when the unit was barred meanwhile, and goes through once the bar is lifted', async () => {
    const { skuId, units, reserve, sell } = await store(1);
    const reservationId = await reserve([{ skuId }]);
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
    const { units, reserve, sell } = await store(1);
    const lines = [{ identifier: units[0]!.imei }];
    const reservationId = await reserve(lines);
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
    const { locationId, reserve, sell } = await store(0);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 3);
    await reserve([{ skuId: kit.skuId, quantity: 2 }]);
    await refused(shop, () => sell({ lines: [{ skuId: kit.skuId, quantity: 2 }] }), 409, 'INSUFFICIENT_STOCK');
    expect((await sell({ lines: [{ skuId: kit.skuId }] })).status).toBe(201);
  });
});

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
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: Sale[]; nextCursor: string | null }; headers: Headers } = await till.get(
        `/v1/sales?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
      expect(page.headers.get('link') !== null).toBe(cursor !== null);
    }
    expect(seen).toEqual(made.reverse());
    const office5 = await office.get<{ items: Sale[] }>(`/v1/sales?locationId=${locationId}`);
    expect(office5.body.items).toHaveLength(5);
  });
});
