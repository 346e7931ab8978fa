import pg from 'pg';
import type { DataSource } from 'typeorm';
import { Catalogue } from '../../src/devices/catalogue.service.js';
import { TacLookup } from '../../src/devices/tacs/tac-lookup.query.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { Maker } from '../support/make.js';

let database: TestDatabase;
let pool: pg.Pool;
let make: Maker;
let asked = 0;
const db = {
  query: async (sql: string, values?: unknown[]) => {
    asked++;
    return (await pool.query(sql, values)).rows as never;
  },
};
beforeAll(async () => {
  database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  make = new Maker(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('what a sale needs to know of SKUs', () => {
  const catalogue = new Catalogue();

  it('is found for many at once, with the price of the instant', async () => {
    const q10 = await make.sku({
      model: { lifecycle: 'SELL_THROUGH', licence_ends_on: '2014-04-25', licence_rule: 'SELL_THROUGH_NO_REORDER' },
    });
    const cut = await make.price(q10.skuId, { amount_minor: 25000, effective_from: '2014-10-01T00:00:00Z' });
    await make.price(q10.skuId, { amount_minor: 1, effective_from: '2099-01-01T00:00:00Z' });
    await make.price(q10.skuId, { amount_minor: 40000, currency: 'CAD' });
    const kit = await make.accessory();
    const unknown = '019b0000-0000-7000-8000-000000000000';
    asked = 0;
    const found = await catalogue.skusForSale(db, [q10.skuId, kit.skuId, unknown], 'USD');
    expect(asked).toBe(1);
    expect([...found.keys()].sort()).toEqual([q10.skuId, kit.skuId].sort());
    expect(found.get(q10.skuId)).toEqual({
      id: q10.skuId,
      code: q10.code,
      kind: 'DEVICE',
      variantId: q10.variantId,
      modelId: q10.modelId,
      lifecycle: 'SELL_THROUGH',
      licenceEndsOn: '2014-04-25',
      licenceRule: 'SELL_THROUGH_NO_REORDER',
      price: { id: cut, amountMinor: 25000, downPaymentMinor: 0, months: 24, remainder: 'FIRST' },
    });
    expect(found.get(kit.skuId)).toMatchObject({
      kind: 'ACCESSORY',
      modelId: null,
      lifecycle: null,
      price: { amountMinor: 1000 },
    });
  });

  it('has the price of the instant asked for, to the millisecond, and none before the first', async () => {
    const { skuId, priceId } = await make.sku({ price: { effective_from: '2014-02-10T08:00:00Z' } });
    const next = await make.price(skuId, { effective_from: '2014-04-26T07:00:00Z' });
    const at = async (instant: string, currency = 'USD') =>
      (await catalogue.skusForSale(db, [skuId], currency, new Date(instant))).get(skuId)?.price?.id ?? null;
    expect(await at('2014-02-10T07:59:59.999Z')).toBeNull();
    expect(await at('2014-02-10T08:00:00Z')).toBe(priceId);
    expect(await at('2014-04-26T06:59:59.999Z')).toBe(priceId);
    expect(await at('2014-04-26T00:00:00-07:00')).toBe(next);
    expect(await at('2014-04-26T07:00:00Z', 'EUR')).toBeNull();
  });
});

describe('what a TAC may stand for', () => {
  it('is told the likeliest first, with everybody who says so', async () => {
    const lookup = new TacLookup(db as unknown as DataSource);
    const [one, other, third] = [await make.sku(), await make.sku(), await make.sku()];
    const claim = (tac: string, source: string, variant_id: string, confidence: number) =>
      make.insert('tac_claim', { tac, source, variant_id, confidence });
    await claim('35292105', 'IMEIDB', one.variantId, 60);
    await claim('35292105', 'OSMOCOM', one.variantId, 85);
    await claim('35292105', 'GSMA', other.variantId, 99);
    await claim('35292105', 'IMEIDB', third.variantId, 85);
    await claim('35292205', 'IMEIDB', third.variantId, 100);
    const found = await lookup.candidates('35292105');
    expect(found.map(({ variantId, sources, confidence }) => [variantId, sources, confidence])).toEqual([
      [other.variantId, ['GSMA'], 99],
      [one.variantId, ['OSMOCOM', 'IMEIDB'], 85],
      [third.variantId, ['IMEIDB'], 85],
    ]);
    expect(found[0]).toMatchObject({ brand: 'BlackBerry', makerCode: 'SQN100-1', storageGb: 16, colour: 'Black' });
    expect(await lookup.candidates('00000000')).toEqual([]);
  });
});
