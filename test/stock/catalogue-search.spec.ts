import { faultsOf, refused } from '../support/books.js';
import { type Client, everyPage } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import type { Shop } from '../support/shop.js';
import {
  codesOf,
  type Model,
  modelOf,
  type Neighbourhood,
  type Offer,
  openNeighbourhood,
  type Page,
} from './neighbourhood.js';

let near: Neighbourhood;
let shop: Shop;
let till: Client;
beforeAll(async () => {
  near = await openNeighbourhood();
  ({ shop, till } = near);
});
afterAll(() => shop.close());

const model = (what: Model) => modelOf(shop, what);
const search = async (query: string, client = till) => (await client.get<Page>(`/v1/catalogue?${query}`)).body.items;

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
    const seen = codesOf(await everyPage<Offer>(till, '/v1/catalogue?q=blackberry&limit=2'));
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
    await shop.make.unit(cheap, near.northgate);
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
