import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { asNew, delivered, holdingOf, newImei, pointers, receive, received, type Refused } from './receiving.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

describe('a handset that comes back', () => {
  it('goes on with its life: the same unit, a new holding at a new cost', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku();
    const sold = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    const serial1 = 'RF8M 33XYZ';
    const line = delivered(sku.skuId, {
      identifier: sold.imei,
      serial: serial1,
      provenance: 'TRADE_IN',
      costMinor: 9_900,
    });
    const { body } = await receive(await shop.associate(store), { units: [line] });
    expect(body.lines).toMatchObject([{ unitId: sold.unitId, disposition: 'RECEIVED' }]);
    const { rows } = await shop.db.query(
      'select disposition, cost_minor::int as cost from stock_holding where unit_id = $1 order by received_at',
      [sold.unitId],
    );
    expect(rows).toEqual([
      { disposition: 'SOLD', cost: 2000 },
      { disposition: 'RECEIVED', cost: 9_900 },
    ]);
    expect(await shop.count('select count(*) from unit_identifier where unit_id = $1', [sold.unitId])).toBe(2);
  });

  it('stays barred from sale when something bars it', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku(asNew);
    const gone = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    await shop.make.insert('unit_encumbrance', {
      ...{ id: '019ab000-0000-7000-8000-0000000000e1', unit_id: gone.unitId, kind: 'BLOCK_LISTED' },
      ...{ reason: 'Reported stolen', placed_by: 'test' },
    });
    const { body } = await receive(await shop.associate(store), {
      units: [delivered(sku.skuId, { identifier: gone.imei })],
    });
    expect(body.lines).toMatchObject([{ disposition: 'RECEIVED' }]);
    expect(await holdingOf(shop, gone.unitId)).toMatchObject({ disposition: 'RECEIVED', encumbered: true });
  });

  it('is refused as other hardware than it was, or with numbers that are not its own', async () => {
    const store = await shop.make.location();
    const [sku, other] = [await shop.make.sku(), await shop.make.sku()];
    const closed = { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' };
    const sold = () => shop.make.unit(sku, store, closed);
    const [one, two, three] = [await sold(), await sold(), await sold()];
    await shop.make.insert('unit_identifier', { unit_id: three.unitId, kind: 'SERIAL', value: 'RIGHT1', position: 1 });
    const before = await received(shop);
    const tradedIn = { provenance: 'TRADE_IN' };
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [
        delivered(other.skuId, { identifier: one.imei, ...tradedIn }),
        delivered(sku.skuId, { identifier: newImei(), imei2: two.imei, serial: 'RIGHT1', ...tradedIn }),
        delivered(sku.skuId, { identifier: three.imei, serial: 'WRONG1', ...tradedIn }),
      ],
    });
    expect([refused.status, pointers(refused.body)]).toEqual([
      400,
      [
        '/units/0/skuId OTHER_HARDWARE',
        '/units/1/identifier IDENTITY_CONFLICT',
        '/units/2/identifier IDENTITY_CONFLICT',
      ],
    ]);
    expect(await received(shop)).toEqual(before);
  });
});

describe('a delivery that is refused', () => {
  it('names every faulty line at once and takes nothing in', async () => {
    const store = await shop.make.location();
    const [sku, kit] = [await shop.make.sku(asNew), await shop.make.accessory()];
    const here = await shop.make.unit(sku, store);
    const [first, second] = [newImei(), newImei()];
    const before = await received(shop);
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [
        delivered(sku.skuId, { identifier: first, imei2: second }),
        delivered(sku.skuId, { identifier: '490154203237519' }),
        delivered(kit.skuId),
        delivered('019ab000-0000-7000-8000-000000000000'),
        delivered(sku.skuId, { identifier: second }),
        delivered(sku.skuId, { imei2: 'ABC-123456' }),
        delivered(sku.skuId, { identifier: here.imei }),
        delivered(sku.skuId, { serial: '!' }),
        delivered(sku.skuId),
      ],
      pieces: [
        { skuId: sku.skuId, quantity: 1 },
        { skuId: '019ab000-0000-7000-8000-000000000000', quantity: 1 },
        { skuId: kit.skuId, quantity: 1 },
      ],
    });
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect(pointers(refused.body)!.sort()).toEqual([
      '/pieces/0/skuId COUNTED_BY_UNIT',
      '/pieces/1/skuId UNKNOWN_SKU',
      '/units/1/identifier CHECK_DIGIT',
      '/units/2/skuId NOT_A_HANDSET',
      '/units/3/skuId UNKNOWN_SKU',
      '/units/4/identifier TWICE_IN_LIST',
      '/units/5/imei2 NOT_AN_IDENTIFIER',
      '/units/6/identifier ALREADY_IN_STOCK',
      '/units/7/serial NOT_AN_IDENTIFIER',
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('4901542');
    expect(await received(shop)).toEqual(before);
  });

  it('names the lines that are in stock already', async () => {
    const [store, elsewhere] = [await shop.make.location(), await shop.make.location()];
    const sku = await shop.make.sku(asNew);
    const [here, there] = [await shop.make.unit(sku, store), await shop.make.unit(sku, elsewhere)];
    const before = await received(shop);
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [here.imei, newImei(), there.imei].map((identifier) => delivered(sku.skuId, { identifier })),
      pieces: [],
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'ALREADY_IN_STOCK']);
    expect(refused.body.facts).toEqual({ lines: ['/units/0/identifier', '/units/2/identifier'] });
    expect(pointers(refused.body)).toEqual([
      '/units/0/identifier ALREADY_IN_STOCK',
      '/units/2/identifier ALREADY_IN_STOCK',
    ]);
    expect(JSON.stringify(refused.body)).not.toContain(elsewhere);
    expect(await received(shop)).toEqual(before);
  });

  it('sees through one handset that stands in two lines by two of its numbers', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku();
    const gone = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    await shop.make.insert('unit_identifier', {
      unit_id: gone.unitId,
      kind: 'SERIAL',
      value: 'ZX81SPECTRUM',
      position: 1,
    });
    const before = await received(shop);
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [gone.imei, 'ZX81SPECTRUM'].map((identifier) =>
        delivered(sku.skuId, { identifier, provenance: 'TRADE_IN' }),
      ),
    });
    expect([refused.status, pointers(refused.body)]).toEqual([400, ['/units/1/identifier TWICE_IN_LIST']]);
    expect(await received(shop)).toEqual(before);
  });

  it('has at least one line, and nothing in it that is not asked for', async () => {
    const associate = await shop.associate(await shop.make.location());
    const { skuId } = await shop.make.sku(asNew);
    const empty = await receive<Refused>(associate, {});
    expect([empty.status, pointers(empty.body)]).toEqual([400, [' EMPTY']]);
    const odd = await receive<Refused>(associate, {
      units: [delivered(skuId), delivered(skuId, { costMinor: 1.5, colour: 'Red' })],
    });
    expect([odd.status, pointers(odd.body)!.sort()]).toEqual([
      400,
      ['/units/1/colour UNKNOWN_FIELD', '/units/1/costMinor IS_INT'],
    ]);
  });

  it('is for the own store, and for those who may receive', async () => {
    const [own, foreign] = [await shop.make.location(), await shop.make.location()];
    const { skuId } = await shop.make.sku(asNew);
    const before = await received(shop);
    const units = [delivered(skuId)];
    expect((await receive(await shop.associate(own), { units, locationId: foreign })).status).toBe(404);
    expect((await receive(office, { units })).status).toBe(404);
    expect((await receive(office, { units, locationId: '019ab000-0000-7000-8000-000000000000' })).status).toBe(404);
    expect((await receive(await shop.customer(), { units, locationId: own })).status).toBe(403);
    expect(await received(shop)).toEqual(before);
  });
});

describe('a TAC that belongs to another model', () => {
  it('is told as a warning, and the handset is received', async () => {
    const [q10, z10] = [await shop.make.sku(asNew), await shop.make.sku(asNew)];
    const claim = (tac: string, variant_id: string) =>
      shop.make.insert('tac_claim', { tac, source: 'test', variant_id, confidence: 90 });
    await claim('35999901', z10.variantId);
    await claim('35999902', q10.variantId);
    await claim('35999902', z10.variantId);
    const { body } = await receive(await shop.associate(await shop.make.location()), {
      units: ['35999902', '35999901', '35999903'].map((tac) => delivered(q10.skuId, { identifier: newImei(tac) })),
    });
    expect(body.units).toBe(3);
    const { name } = await shop.one<{ name: string }>('select name from device_model where id = $1', [z10.modelId]);
    expect(body.warnings).toEqual([
      {
        pointer: '/units/1/identifier',
        code: 'TAC_OF_ANOTHER_MODEL',
        detail: `TAC 35999901 is known as BlackBerry ${name}, not as the model of this SKU.`,
      },
    ]);
  });
});
