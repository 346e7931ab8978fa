import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Model extends Record<string, unknown> {
  id: string;
  brandId: string;
  version: number;
  lifecycle: string;
  acts: string[];
  variants: { id: string; makerCode: string }[];
}
interface Page {
  items: { id: string; name: string }[];
  nextCursor: string | null;
}

let shop: Shop;
let office: Client;
let serial = 0;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

const newModel = async (over: object = {}): Promise<Model> => {
  const made = await office.post<Model>('/v1/device-models', {
    brand: 'BlackBerry',
    name: `Test ${++serial}`,
    ...over,
  });
  expect(made.status).toBe(201);
  return made.body;
};
const stored = (id: string) => shop.one('select * from device_model where id = $1', [id]);
const told = (id: string) => shop.count('select count(*) from history where subject_id = $1', [id]);
const published = (id: string) => shop.count('select count(*) from outbox_event where aggregate_id = $1', [id]);

describe('create a device model', () => {
  it('creates it with its brand, announced, and tells history and outbox', async () => {
    const made = await office.post<Model>('/v1/device-models', {
      brand: 'Siemens',
      name: 'S35i',
      aliases: ['s35'],
      announcedOn: '2000-03-01',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.body).toMatchObject({
      brand: 'Siemens',
      name: 'S35i',
      aliases: ['s35'],
      lifecycle: 'ANNOUNCED',
      announcedOn: '2000-03-01',
      licenceEndsOn: null,
      acts: ['launch', 'cancel'],
      variants: [],
      version: 1,
    });
    expect([await told(made.body.id), await published(made.body.id)]).toEqual([1, 1]);
    expect((await office.get(`/v1/device-models/${made.body.id}`)).body).toEqual(made.body);
  });

  it('takes the brand that is there, however it is spelled', async () => {
    const first = await newModel({ brand: 'Sony Ericsson' });
    const second = await newModel({ brand: 'SONY  ericsson' });
    expect(second).toMatchObject({ brandId: first.brandId, brand: 'Sony Ericsson' });
  });

  it('refuses a second model of the same name, and leaves no second', async () => {
    const { name } = await newModel();
    const refused = await office.post('/v1/device-models', { brand: 'blackberry', name: String(name).toUpperCase() });
    expect([refused.status, refused.body['code']]).toEqual([409, 'DEVICE_MODEL_EXISTS']);
    expect(await shop.count('select count(*) from device_model where name ilike $1', [name])).toBe(1);
  });

  it('answers a repeated request with the first answer, and creates once', async () => {
    const body = { brand: 'Nokia', name: '3310' };
    const first = await office.post('/v1/device-models', body, { key: 'nokia-3310' });
    const again = await office.post('/v1/device-models', body, { key: 'nokia-3310' });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([201, first.text, '"1"']);
    expect(await shop.count(`select count(*) from device_model where name = '3310'`)).toBe(1);
  });

  it.each([
    ['no brand', { name: 'X' }, ['/brand']],
    ['a name of signs alone', { brand: 'B', name: '!!!' }, ['/name']],
    [
      'null for what may be left out',
      { brand: 'B', name: 'X', aliases: null, lifecycle: null },
      ['/aliases', '/lifecycle'],
    ],
    ['a day that is none', { brand: 'B', name: 'X', announcedOn: '2014-02-30' }, ['/announcedOn']],
    ['an alias twice', { brand: 'B', name: 'X', aliases: ['a', 'a'] }, ['/aliases']],
    ['a field of its own', { brand: 'B', name: 'X', id: 'mine' }, ['/id']],
  ])('refuses %s, and creates nothing', async (_, body, pointers) => {
    const before = await shop.count('select count(*) from device_model');
    const refused = await office.post<{ code: string; errors: { pointer: string }[] }>('/v1/device-models', body);
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect(refused.body.errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    expect(await shop.count('select count(*) from device_model')).toBe(before);
  });

  it('refuses an associate and a customer, who may read', async () => {
    const store = await shop.make.location();
    const before = await shop.count('select count(*) from device_model');
    for (const client of [await shop.associate(store), await shop.customer()]) {
      expect((await client.post('/v1/device-models', { brand: 'B', name: 'X' })).status).toBe(403);
      expect((await client.get('/v1/device-models')).status).toBe(200);
    }
    expect(await shop.count('select count(*) from device_model')).toBe(before);
  });
});

describe('change a device model', () => {
  it('changes what is named, leaves the rest, and is found by the new words', async () => {
    const model = await newModel({ aliases: ['oldalias'], announcedOn: '2013-01-30' });
    const changed = await office.patch<Model>(`/v1/device-models/${model.id}`, { aliases: ['Zwölfender'] });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      ...model,
      aliases: ['Zwölfender'],
      version: 2,
      updatedAt: changed.body['updatedAt'],
    });
    const find = async (search: string) =>
      (await office.get<Page>(`/v1/device-models?search=${encodeURIComponent(search)}`)).body.items.map(({ id }) => id);
    expect([await find('zwolf ender'), await find('oldalias')]).toEqual([[model.id], []]);
  });

  it('tells null from left out', async () => {
    const model = await newModel({ announcedOn: '2013-01-30' });
    await office.patch(`/v1/device-models/${model.id}`, { aliases: [] });
    expect((await stored(model.id))['announced_on']).not.toBeNull();
    await office.patch(`/v1/device-models/${model.id}`, { announcedOn: null });
    expect((await stored(model.id))['announced_on']).toBeNull();
  });

  it('refuses a change of what somebody changed meanwhile, and leaves that', async () => {
    const model = await newModel();
    const path = `/v1/device-models/${model.id}`;
    expect((await office.patch(path, { aliases: ['one'] }, { headers: { 'if-match': '"1"' } })).status).toBe(200);
    const stale = await office.patch(path, { aliases: ['two'] }, { headers: { 'if-match': '"1"' } });
    expect([stale.status, stale.body['code'], stale.body['facts']]).toEqual([412, 'STALE', { version: 2 }]);
    expect(await stored(model.id)).toMatchObject({ aliases: ['one'], version: 2 });
    expect(await told(model.id)).toBe(2);
  });

  it('refuses a name the brand has already, and keeps the old one', async () => {
    const [one, other] = [await newModel(), await newModel()];
    const refused = await office.patch(`/v1/device-models/${one.id}`, { name: other['name'] });
    expect([refused.status, refused.body['code']]).toEqual([409, 'DEVICE_MODEL_EXISTS']);
    expect(await stored(one.id)).toMatchObject({ name: one['name'], version: 1 });
  });

  it('refuses an empty change and an unknown model', async () => {
    const model = await newModel();
    expect((await office.patch(`/v1/device-models/${model.id}`, {})).status).toBe(400);
    const nowhere = '019b0000-0000-7000-8000-000000000000';
    expect((await office.patch(`/v1/device-models/${nowhere}`, { aliases: [] })).status).toBe(404);
    expect((await office.get(`/v1/device-models/${nowhere}`)).status).toBe(404);
    expect((await office.get('/v1/device-models/not-an-id')).status).toBe(400);
    expect((await stored(model.id))['version']).toBe(1);
  });
});
