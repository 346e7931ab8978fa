import { searchWords } from '../../src/devices/models/search-words.js';
import { faultsOf, lapse, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';

interface Offer {
  skuId: string;
  code: string;
  model: string;
  channels: string[];
  price: { amountMinor: number } | null;
  available: { here: number | null; nearby: number; nearbyStores: number };
}
interface Page {
  items: Offer[];
  nextCursor: string | null;
}
interface Stores {
  stores: { locationId: string; name: string; distanceKm: number; stock: { code: string; available: number }[] }[];
}

const NOBODY = '019b0000-0000-7000-8000-000000000000';
const WESTLAKE = { latitude: 47.6116, longitude: -122.337 };

let shop: Shop;
let office: Client;
let till: Client;
let westlake: string;
let northgate: string;
let tacoma: string;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
  westlake = await shop.make.location({ name: 'Westlake', ...WESTLAKE });
  northgate = await shop.make.location({ name: 'Northgate', latitude: 47.7085, longitude: -122.322 });
  tacoma = await shop.make.location({ name: 'Tacoma', latitude: 47.2529, longitude: -122.4443 });
  await shop.make.location({ name: 'Portland', latitude: 45.5192, longitude: -122.6803 });
  till = await shop.associate(westlake);
});
afterAll(() => shop.close());

interface Model {
  brand?: string;
  name: string;
  aliases?: string[];
  makerCodes?: string[];
  over?: Parameters<Shop['make']['sku']>[0];
}

/** A model found as the real catalogue would find it, with one refurbished SKU. */
function model({
  brand = 'BlackBerry',
  name,
  aliases = [],
  makerCodes = ['SQN100-1'],
  over = {},
}: Model): Promise<MadeSku> {
  const { text, compact } = searchWords({ brand, name, aliases, makerCodes });
  return shop.make.sku({
    ...over,
    model: { name, aliases, search_text: text, search_compact: compact, ...over.model },
    variant: { maker_code: makerCodes[0], ...over.variant },
  });
}

const search = async (query: string, client = till) => (await client.get<Page>(`/v1/catalogue?${query}`)).body.items;
const codesOf = (offers: { code: string }[]) => offers.map(({ code }) => code);

describe('search the catalogue by what a till types', () => {
  let q10: MadeSku;
  let passport: MadeSku;
  beforeAll(async () => {
    q10 = await model({ name: 'Q10', aliases: ['bb q10', 'blackberry q10'], makerCodes: ['SQN100-3'] });
    passport = await model({ name: 'Passport', makerCodes: ['SQW100-1'], aliases: ['windermere'] });
    for (const name of ['Z30', 'Curve 9315', 'Bold 9900', 'Priv', 'Leap']) {
      await model({ name, makerCodes: [`XX-${name}`] });
    }
  });

  it.each([
    'q10',
    'Q10',
    'q 10',
    'Q-10',
    'blackberry q10',
    'blackbery q10',
    'blackberrry q10',
    'bb q10',
    'black berry q10',
    'sqn100-3',
    'SQN1003',
    'sqn 100 3',
  ])('finds the Q10 first by "%s"', async (text) => {
    const [first] = await search(`q=${encodeURIComponent(text)}`);
    expect(first?.code).toBe(q10.code);
  });

  it.each(['passport', 'pasport', 'windermere', 'SQW100-1'])('finds the Passport first by "%s"', async (text) => {
    const [first] = await search(`q=${encodeURIComponent(text)}`);
    expect(first?.code).toBe(passport.code);
  });

  it.each(['xylophone', '%', '_', '---', '😀', "'; drop table sku; --"])('finds nothing by "%s"', async (text) => {
    expect(await search(`q=${encodeURIComponent(text)}`)).toEqual([]);
  });

  it('gives everything found once, page by page, the best first', async () => {
    const { body } = await till.get<Page>('/v1/catalogue?q=blackberry&limit=200');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: Page } = await till.get(`/v1/catalogue?q=blackberry&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...codesOf(page.body.items));
      cursor = page.body.nextCursor;
    }
    expect(seen.length).toBeGreaterThanOrEqual(7);
    expect(seen).toEqual(codesOf(body.items));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('refuses a text that is too long or empty, and a cursor of the unsearched list', async () => {
    await refused(shop, () => till.get(`/v1/catalogue?q=${'a'.repeat(101)}`), 400, 'INVALID_INPUT');
    await refused(shop, () => till.get('/v1/catalogue?q='), 400, 'INVALID_INPUT');
    const { body } = await till.get<Page>('/v1/catalogue?limit=1');
    await refused(shop, () => till.get(`/v1/catalogue?q=q10&cursor=${body.nextCursor}`), 400, 'INVALID_INPUT');
  });
});

describe('narrow the catalogue down', () => {
  let cheap: MadeSku;
  let dear: MadeSku;
  const all = () => [cheap.code, dear.code].sort();
  beforeAll(async () => {
    cheap = await model({
      ...{ name: 'Torch A', makerCodes: ['RDG71'] },
      over: { variant: { storage_gb: 8 }, sku: { grade: 'FAIR' }, price: { amount_minor: 10000 } },
    });
    dear = await model({
      ...{ name: 'Torch B', makerCodes: ['RDH71'] },
      over: {
        ...{ model: { lifecycle: 'SELL_THROUGH' }, variant: { storage_gb: 64 } },
        ...{ sku: { condition: 'NEW', grade: null }, price: { amount_minor: 60000 }, channels: ['SHIP_TO_HOME'] },
      },
    });
    await shop.make.unit(cheap, northgate);
  });

  it.each<[string, () => string[]]>([
    ['', all],
    ['brand=blackberry', all],
    ['brand=BlackBerry', all],
    ['brand=Apple', () => []],
    ['condition=NEW', () => [dear.code]],
    ['condition=REFURBISHED', () => [cheap.code]],
    ['condition=OPEN_BOX', () => []],
    ['grade=FAIR', () => [cheap.code]],
    ['grade=GOOD', () => []],
    ['storageGb=64', () => [dear.code]],
    ['storageGb=0', () => []],
    ['priceFromMinor=10001', () => [dear.code]],
    ['priceFromMinor=10000&priceToMinor=60000', all],
    ['priceToMinor=59999', () => [cheap.code]],
    ['priceToMinor=60000&currency=CAD', () => []],
    ['channel=IN_STORE', () => [cheap.code]],
    ['channel=SHIP_TO_HOME', all],
    ['channel=DISPLAY_ONLY', () => []],
    ['lifecycle=SELL_THROUGH', () => [dear.code]],
    ['lifecycle=ON_SALE', () => [cheap.code]],
    ['availableNear=true', () => [cheap.code]],
    ['availableNear=true&radiusKm=5', () => []],
    ['availableNear=false', all],
    ['condition=NEW&storageGb=8', () => []],
  ])('%s', async (filter, expected) => {
    const found = await search(`q=torch&limit=200&${filter}`);
    expect(codesOf(found).sort()).toEqual(expected().sort());
    const browsed = (await search(`limit=200&${filter}`)).filter(({ code }) => all().includes(code));
    expect(codesOf(browsed).sort()).toEqual(expected().sort());
  });

  it.each([
    ['condition=BROKEN', '/condition IS_IN'],
    ['grade=A', '/grade IS_IN'],
    ['storageGb=-1', '/storageGb MIN'],
    ['storageGb=x', '/storageGb IS_INT'],
    ['channel=PIGEON', '/channel IS_IN'],
    ['lifecycle=OLD', '/lifecycle IS_IN'],
    ['availableNear=perhaps', '/availableNear IS_BOOLEAN'],
    ['radiusKm=501', '/radiusKm MAX'],
    ['currency=DOLLAR', '/currency IS_IN'],
    ['latitude=47', '/latitude BOTH_OR_NEITHER'],
    ['latitude=91&longitude=0', '/latitude MAX'],
    ['limit=201', '/limit MAX'],
    ['colour=black', '/colour UNKNOWN_FIELD'],
    ['cursor=abc', '/cursor FOREIGN_CURSOR'],
  ])('refuses %s', async (query, fault) => {
    expect(faultsOf(await refused(shop, () => till.get(`/v1/catalogue?${query}`), 400, 'INVALID_INPUT'))).toEqual([
      fault,
    ]);
  });

  it('counts by facet what the same search finds', async () => {
    const facets = async (query: string) => {
      const { body } = await till.get<{ items: { facet: string; value: string; count: number }[] }>(
        `/v1/catalogue/facets?${query}`,
      );
      return body.items.map(({ facet, value, count }) => `${facet} ${value} ${count}`);
    };
    expect(await facets('q=torch')).toEqual([
      ...['BRAND BlackBerry 2', 'CHANNEL SHIP_TO_HOME 2', 'CHANNEL IN_STORE 1', 'CONDITION NEW 1'],
      ...['CONDITION REFURBISHED 1', 'GRADE FAIR 1', 'LIFECYCLE ON_SALE 1', 'LIFECYCLE SELL_THROUGH 1'],
      ...['STORAGE_GB 64 1', 'STORAGE_GB 8 1'],
    ]);
    expect(await facets('q=torch&condition=NEW')).toEqual([
      ...['BRAND BlackBerry 1', 'CHANNEL SHIP_TO_HOME 1', 'CONDITION NEW 1', 'LIFECYCLE SELL_THROUGH 1'],
      'STORAGE_GB 64 1',
    ]);
    expect(await facets('q=xylophone')).toEqual([]);
    const everything = await facets('');
    const skus = await shop.count(`select count(*) from sku where kind = 'DEVICE'`);
    expect(everything[0]).toBe(`BRAND BlackBerry ${skus}`);
  });
});

describe('browse the catalogue', () => {
  it('gives every SKU once, by model and code, page by page', async () => {
    const skus = await shop.count(`select count(*) from sku where kind = 'DEVICE'`);
    const seen: Offer[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: Page; headers: Headers } = await till.get(
        `/v1/catalogue?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items);
      cursor = page.body.nextCursor;
      expect(page.headers.get('link')?.includes('rel="next"') ?? false).toBe(cursor !== null);
    }
    expect([seen.length, new Set(codesOf(seen)).size]).toEqual([skus, skus]);
    const keys = seen.map(({ model: name, code }) => `${name}\u0000${code}`);
    expect(keys).toEqual([...keys].sort());
  });

  it('shows price, channels and what is on the shelf here and near', async () => {
    const sku = await model({ name: 'Storm', makerCodes: ['RBZ40'] });
    await shop.make.units(sku, westlake, 2);
    await shop.make.unit(sku, northgate);
    await shop.make.unit(sku, tacoma);
    await shop.db.query(
      `insert into sku_channel (id, sku_id, location_id, channels) values (gen_random_uuid(), $1, $2, '{DISPLAY_ONLY}')`,
      [sku.skuId, westlake],
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
    const near = async (query: string, client = till) => (await search(`q=storm&${query}`, client))[0]!.available;
    expect(await near('radiusKm=20')).toEqual({ here: 2, nearby: 3, nearbyStores: 2 });
    expect(await near('radiusKm=1')).toEqual({ here: 2, nearby: 2, nearbyStores: 1 });
    expect(await near(`locationId=${tacoma}&radiusKm=10`)).toEqual({ here: 1, nearby: 1, nearbyStores: 1 });
    expect(await near('latitude=47.7085&longitude=-122.322&radiusKm=2', office)).toEqual({
      here: null,
      nearby: 1,
      nearbyStores: 1,
    });
    expect(await near('', office)).toEqual({ here: null, nearby: 0, nearbyStores: 0 });
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
    const pieces = stores.find(({ locationId }) => locationId === westlake)?.stock[0]!.available ?? 0;
    const near = (await search(`availableNear=true&limit=200`)).filter(({ skuId }) => skuId === sku.skuId).length;
    // Four reads of the same thing never tell four stories.
    expect(offer.available.here).toBe(pieces);
    expect(model.body.offers[0]!.available).toEqual(offer.available);
    expect(model.body.stores).toEqual(stores);
    expect(near).toBe(pieces > 0 ? 1 : 0);
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
      await shop.make.unit(sku, westlake, { disposition });
      expect(await here(sku)).toBe(0);
      await shop.make.unit(sku, westlake);
      expect(await here(sku)).toBe(1);
    },
  );

  it('a reserved unit does not, until its reservation has run out, swept or not', async () => {
    const sku = await skuOfItsOwn();
    await shop.make.units(sku, westlake, 2);
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
    const [free, held] = await shop.make.units(sku, westlake, 2);
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
    const { imei } = await shop.make.unit(sku, westlake);
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
    await shop.make.units(good, tacoma, 2);
    await shop.make.unit(good, northgate);
    await shop.make.unit(fair, tacoma);
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
    expect(await stores(`skuId=${good.skuId}&locationId=${tacoma}`)).toEqual([`Tacoma 0 ${good.code}:2`]);
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
    await shop.make.unit(sku, northgate);
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
