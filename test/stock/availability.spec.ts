import { searchWords } from '../../src/devices/models/search-words.js';
import { faultsOf, lapse, refused } from '../support/books.js';
import { type Client, everyPage } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import type { Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import {
  codesOf,
  type Model,
  modelOf,
  type Neighbourhood,
  type Offer,
  openNeighbourhood,
  type Page,
  type Stores,
  WESTLAKE,
} from './neighbourhood.js';

let near: Neighbourhood;
let shop: Shop;
let office: Client;
let till: Client;
beforeAll(async () => {
  near = await openNeighbourhood();
  ({ shop, office, till } = near);
});
afterAll(() => shop.close());

const model = (what: Model) => modelOf(shop, what);
const search = async (query: string, client = till) => (await client.get<Page>(`/v1/catalogue?${query}`)).body.items;

describe('browse the catalogue', () => {
  beforeAll(async () => {
    for (const name of ['Z30', 'Curve 9315', 'Bold 9900', 'Priv', 'Leap', 'Q10', 'Passport', 'Torch', 'Classic']) {
      await model({ name, makerCodes: [`XX-${name}`] });
    }
  });

  it('gives every SKU once, by model and code, page by page', async () => {
    const skus = await shop.count(`select count(*) from sku where kind = 'DEVICE'`);
    const seen = await everyPage<Offer>(till, '/v1/catalogue?limit=3');
    expect([seen.length, new Set(codesOf(seen)).size]).toEqual([skus, skus]);
    const keys = seen.map(({ model: name, code }) => `${name}\u0000${code}`);
    expect(keys).toEqual([...keys].sort());
  });

  it('shows price, channels and what is on the shelf here and near', async () => {
    const sku = await model({ name: 'Storm', makerCodes: ['RBZ40'] });
    await shop.make.units(sku, near.westlake, 2);
    await shop.make.unit(sku, near.northgate);
    await shop.make.unit(sku, near.tacoma);
    await shop.db.query(
      `insert into sku_channel (id, sku_id, location_id, channels) values (gen_random_uuid(), $1, $2, '{DISPLAY_ONLY}')`,
      [sku.skuId, near.westlake],
    );
    const [offer] = await search('q=storm');
    expect(offer).toEqual({
      ...{ skuId: sku.skuId, code: sku.code, modelId: sku.modelId, variantId: sku.variantId, brand: 'BlackBerry' },
      ...{
        model: 'Storm',
        makerCode: 'RBZ40',
        storageGb: 16,
        colour: 'Black',
        condition: 'REFURBISHED',
        grade: 'GOOD',
      },
      ...{ lifecycle: 'ON_SALE', channels: ['DISPLAY_ONLY'] },
      price: { currency: 'USD', amountMinor: 38400, downPaymentMinor: 0, months: 24 },
      available: { here: 2, nearby: 4, nearbyStores: 3 },
    });
    const free = async (query: string, client = till) => (await search(`q=storm&${query}`, client))[0]!.available;
    expect(await free('radiusKm=20')).toEqual({ here: 2, nearby: 3, nearbyStores: 2 });
    expect(await free('radiusKm=1')).toEqual({ here: 2, nearby: 2, nearbyStores: 1 });
    expect(await free(`locationId=${near.tacoma}&radiusKm=10`)).toEqual({ here: 1, nearby: 1, nearbyStores: 1 });
    expect(await free('latitude=47.7085&longitude=-122.322&radiusKm=2', office)).toEqual({
      here: null,
      nearby: 1,
      nearbyStores: 1,
    });
    expect(await free('', office)).toEqual({ here: null, nearby: 0, nearbyStores: 0 });
    const everywhere = (await search('q=storm', office))[0]!;
    expect(everywhere.channels).toEqual(['IN_STORE', 'SHIP_TO_HOME']);
    expect((await search('q=storm&currency=CAD'))[0]!.price).toBeNull();
    await refused(shop, () => office.get(`/v1/catalogue?locationId=${NOBODY}`), 404, 'NOT_FOUND');
  });
});

describe('what counts as free', () => {
  const here = async (sku: MadeSku) => {
    const offer = (await search(`q=${encodeURIComponent(`Fr ${sku.skuId.slice(-6)}`)}`))[0]!;
    const model = await till.get<{ offers: Offer[]; stores: Stores['stores'] }>(`/v1/catalogue/${sku.modelId}`);
    const stores = (await till.get<Stores>(`/v1/availability?skuId=${sku.skuId}`)).body.stores;
    const pieces = stores.find(({ locationId }) => locationId === near.westlake)?.stock[0]!.available ?? 0;
    const found = (await search(`availableNear=true&limit=200`)).filter(({ skuId }) => skuId === sku.skuId).length;
    // Four reads of the same thing never tell four stories.
    expect(offer.available.here).toBe(pieces);
    expect(model.body.offers[0]!.available).toEqual(offer.available);
    expect(model.body.stores).toEqual(stores);
    expect(found).toBe(pieces > 0 ? 1 : 0);
    return pieces;
  };
  async function skuOfItsOwn() {
    const sku = await shop.make.sku();
    const name = `Fr ${sku.skuId.slice(-6)}`;
    const { text, compact } = searchWords({ brand: 'BlackBerry', name, aliases: [], makerCodes: [] });
    await shop.db.query('update device_model set name = $2, search_text = $3, search_compact = $4 where id = $1', [
      ...[sku.modelId, name, text, compact],
    ]);
    return sku;
  }

  it.each(['RECEIVED', 'INSPECTION', 'ALLOCATED', 'DISPLAY', 'QUARANTINE', 'MISSING'])(
    'a unit in %s does not',
    async (disposition) => {
      const sku = await skuOfItsOwn();
      await shop.make.unit(sku, near.westlake, { disposition });
      expect(await here(sku)).toBe(0);
      await shop.make.unit(sku, near.westlake);
      expect(await here(sku)).toBe(1);
    },
  );

  it('a reserved unit does not, until its reservation has run out, swept or not', async () => {
    const sku = await skuOfItsOwn();
    await shop.make.units(sku, near.westlake, 2);
    const made = await till.post<{ id: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ skuId: sku.skuId, quantity: 2 }],
    });
    expect(await here(sku)).toBe(0);
    await lapse(shop, made.body.id);
    expect(await here(sku)).toBe(2);
  });

  it('a barred unit does not, nor does one whose reservation ran out meanwhile', async () => {
    const sku = await skuOfItsOwn();
    const [free, held] = await shop.make.units(sku, near.westlake, 2);
    const bar = { kind: 'LEGAL_HOLD', reason: 'case 3' };
    const made = await till.post<{ id: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ identifier: held!.imei }],
    });
    await office.post(`/v1/stock-units/${held!.unitId}/encumber`, bar);
    await lapse(shop, made.body.id);
    expect(await here(sku)).toBe(1);
    await office.post(`/v1/stock-units/${free!.unitId}/encumber`, bar);
    expect(await here(sku)).toBe(0);
  });

  it('a sold unit does not', async () => {
    const sku = await skuOfItsOwn();
    const { imei } = await shop.make.unit(sku, near.westlake);
    const form = { lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' };
    const { body } = await till.post<{ id: string }>('/v1/sales', form);
    expect(await here(sku)).toBe(0);
    await till.post(`/v1/sales/${body.id}/hand-over`, { identifiers: [imei] });
    expect(await here(sku)).toBe(0);
  });

  it('a unit at a store that is not open, or at a warehouse, does not count as near', async () => {
    const sku = await skuOfItsOwn();
    for (const over of [{ opening_state: 'CLOSED' }, { opening_state: 'OPENING_SOON' }, { kind: 'WAREHOUSE' }]) {
      await shop.make.unit(sku, await shop.make.location({ ...WESTLAKE, ...over }));
    }
    expect(await here(sku)).toBe(0);
  });
});

describe('find the stores near that have it', () => {
  it('gives them the nearest first, with what they have', async () => {
    const [good, fair] = [
      await model({ name: 'Pearl', makerCodes: ['RBA40'] }),
      await model({
        name: 'Pearl Flip',
        makerCodes: ['RBB40'],
        over: { sku: { grade: 'FAIR' }, channels: ['SHIP_TO_HOME'] },
      }),
    ];
    await shop.make.units(good, near.tacoma, 2);
    await shop.make.unit(good, near.northgate);
    await shop.make.unit(fair, near.tacoma);
    const stores = async (query: string) =>
      (await till.get<Stores>(`/v1/availability?${query}`)).body.stores.map(
        ({ name, distanceKm, stock }) => `${name} ${distanceKm} ${stock.map((s) => `${s.code}:${s.available}`).join()}`,
      );
    expect(await stores('q=pearl')).toEqual([
      `Northgate 10.8 ${good.code}:1`,
      `Tacoma 40.7 ${[`${good.code}:2`, `${fair.code}:1`].sort().join()}`,
    ]);
    expect(await stores('q=blackbery%20pearl')).toHaveLength(2);
    expect(await stores(`modelId=${good.modelId}&radiusKm=40`)).toEqual([`Northgate 10.8 ${good.code}:1`]);
    expect(await stores(`skuId=${fair.skuId}`)).toEqual([`Tacoma 40.7 ${fair.code}:1`]);
    expect(await stores('q=pearl&grade=FAIR')).toEqual([`Tacoma 40.7 ${fair.code}:1`]);
    expect(await stores('q=pearl&channel=IN_STORE&radiusKm=500')).toEqual([
      `Northgate 10.8 ${good.code}:1`,
      `Tacoma 40.7 ${good.code}:2`,
    ]);
    expect(await stores('q=pearl&condition=NEW')).toEqual([]);
    expect(await stores(`skuId=${good.skuId}&locationId=${near.tacoma}`)).toEqual([`Tacoma 0 ${good.code}:2`]);
  });

  it('wants to know of what and from where', async () => {
    const faults = async (client: Client, query: string) =>
      faultsOf(await refused(shop, () => client.get(`/v1/availability?${query}`), 400, 'INVALID_INPUT'));
    expect(await faults(office, 'q=pearl')).toEqual(['/locationId MISSING']);
    expect(await faults(till, '')).toEqual(['/skuId MISSING']);
    expect(await faults(till, 'q=pearl&latitude=200&longitude=0')).toEqual(['/latitude MAX']);
    await refused(shop, () => office.get(`/v1/availability?q=a&locationId=${NOBODY}`), 404, 'NOT_FOUND');
  });

  it('shows a model with its offers and stores, and refuses one that does not exist', async () => {
    const sku = await model({ name: 'Tour', makerCodes: ['RCM71'] });
    await shop.make.unit(sku, near.northgate);
    const { body } = await till.get<{ model: string; offers: Offer[]; stores: Stores['stores'] }>(
      `/v1/catalogue/${sku.modelId}`,
    );
    expect([body.model, codesOf(body.offers), body.stores.map(({ name }) => name)]).toEqual([
      'Tour',
      [sku.code],
      ['Northgate'],
    ]);
    await refused(shop, () => till.get(`/v1/catalogue/${NOBODY}`), 404, 'NOT_FOUND');
    await refused(shop, () => till.get('/v1/catalogue/none'), 400, 'INVALID_INPUT');
  });
});
