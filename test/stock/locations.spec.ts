import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Listed {
  code: string;
  distanceKm: number | null;
}
interface LocationPage {
  items: Listed[];
  nextCursor: string | null;
}
interface Refused {
  code: string;
  errors?: { pointer: string; code: string }[];
  facts?: Record<string, unknown>;
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

let serial = 0;
const form = (over: object = {}) => ({
  code: `NEW-${++serial}`,
  kind: 'STORE',
  name: 'Pike Place',
  street: '85 Pike Street',
  city: 'Seattle',
  region: 'WA',
  postcode: '98101',
  country: 'US',
  latitude: 47.6097,
  longitude: -122.3331,
  timeZone: 'America/Los_Angeles',
  ...over,
});

async function created(over: object = {}): Promise<{ id: string; code: string; version: number }> {
  const made = await office.post<{ id: string; code: string; version: number }>('/v1/locations', form(over));
  expect(made.status).toBe(201);
  return made.body;
}

const row = (id: string) => shop.one(`select name, opening_state, version from stock_location where id = $1`, [id]);
const told = (id: string) =>
  shop.one<{ acts: string[]; events: string[] }>(
    `select (select array_agg(act order by occurred_at, id) from history where subject_id = $1) as acts,
            (select array_agg(type order by occurred_at, id) from outbox_event where aggregate_id = $1) as events`,
    [id],
  );
const codes = ({ items }: LocationPage) => items.map(({ code }) => code);
const faults = ({ errors }: Refused) => errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('create a location', () => {
  it('puts it into the books, opening soon, with fourteen days to bring goods back', async () => {
    const sent = form();
    const made = await office.post<{ id: string }>('/v1/locations', sent);
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    expect(made.body).toEqual({
      ...sent,
      id: made.body.id,
      openingState: 'OPENING_SOON',
      remorseDays: 14,
      version: 1,
    });
    expect((await office.get(`/v1/locations/${made.body.id}`)).body).toEqual(made.body);
    expect(await told(made.body.id)).toEqual({ acts: ['create'], events: ['location.created'] });
  });

  it('refuses a code that another location has, and adds nothing', async () => {
    const { code } = await created();
    const refused = await office.post<Refused>('/v1/locations', form({ code, name: 'Another' }));
    expect([refused.status, refused.body.code]).toEqual([409, 'LOCATION_CODE_TAKEN']);
    expect(await shop.count(`select count(*) from stock_location where name = 'Another'`)).toBe(0);
  });

  it.each([
    ['a zone that is none', { timeZone: 'America/Gotham' }, '/timeZone IS_TIME_ZONE'],
    ['an offset for a zone', { timeZone: '+02:00' }, '/timeZone IS_TIME_ZONE'],
    ['a zone in small letters', { timeZone: 'america/denver' }, '/timeZone IS_TIME_ZONE'],
    ['a code in small letters', { code: 'wa-1' }, '/code MATCHES'],
    ['a place off the globe', { latitude: 90.1 }, '/latitude MAX'],
    ['a store without a place', { latitude: undefined }, '/latitude REQUIRED'],
    ['goods in transit with a place', { kind: 'IN_TRANSIT', latitude: undefined }, '/longitude NO_PLACE'],
  ])('refuses %s', async (_, over, fault) => {
    const before = await shop.count('select count(*) from stock_location');
    const refused = await office.post<Refused>('/v1/locations', form(over));
    expect([refused.status, faults(refused.body)]).toEqual([400, [fault]]);
    expect(await shop.count('select count(*) from stock_location')).toBe(before);
  });

  it('keeps goods in transit at no place', async () => {
    const made = await office.post(
      '/v1/locations',
      form({ kind: 'IN_TRANSIT', latitude: undefined, longitude: undefined }),
    );
    expect([made.status, made.body]).toMatchObject([201, { latitude: null, longitude: null }]);
  });

  it('is not for associates, nor for anybody with a store of their own', async () => {
    const store = await shop.make.location();
    const manager = await shop.as({ sub: 'manager', role: 'BACK_OFFICE', scope: 'locations:write', store_id: store });
    const before = await shop.count('select count(*) from stock_location');
    expect((await (await shop.associate(store)).post<Refused>('/v1/locations', form())).body.code).toBe('NOT_ALLOWED');
    expect((await manager.post<Refused>('/v1/locations', form())).body.code).toBe('NOT_ALLOWED');
    expect(await shop.count('select count(*) from stock_location')).toBe(before);
  });
});

describe('change a location', () => {
  it('changes what is named and leaves the rest', async () => {
    const { id, code } = await created();
    const changed = await office.patch(
      `/v1/locations/${id}`,
      { name: 'Pike', remorseDays: 30 },
      { headers: { 'if-match': '"1"' } },
    );
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({ code, name: 'Pike', remorseDays: 30, city: 'Seattle', version: 2 });
    const { details } = await shop.one<{ details: unknown }>(
      `select details from history where subject_id = $1 and act = 'change'`,
      [id],
    );
    expect(details).toEqual({
      before: { name: 'Pike Place', remorseDays: 14 },
      after: { name: 'Pike', remorseDays: 30 },
    });
  });

  it('refuses a change of what somebody else has changed, and an empty one', async () => {
    const { id } = await created();
    await office.patch(`/v1/locations/${id}`, { name: 'First' });
    const stale = await office.patch<Refused>(
      `/v1/locations/${id}`,
      { name: 'Second' },
      { headers: { 'if-match': '"1"' } },
    );
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE']);
    const empty = await office.patch<Refused>(`/v1/locations/${id}`, {});
    expect([empty.status, faults(empty.body)]).toEqual([400, [' NOTHING_TO_CHANGE']]);
    expect(await row(id)).toEqual({ name: 'First', opening_state: 'OPENING_SOON', version: 2 });
  });

  it('refuses the code and the kind, which stay for ever', async () => {
    const { id } = await created();
    const refused = await office.patch<Refused>(`/v1/locations/${id}`, { code: 'OTHER', kind: 'WAREHOUSE' });
    expect([refused.status, faults(refused.body)]).toEqual([400, ['/code UNKNOWN_FIELD', '/kind UNKNOWN_FIELD']]);
    expect(await row(id)).toMatchObject({ version: 1 });
  });

  it('does not let a store change another one', async () => {
    const [own, foreign] = [await created(), await created()];
    const manager = await shop.as({ sub: 'manager', role: 'BACK_OFFICE', scope: 'locations:write', store_id: own.id });
    expect((await manager.patch(`/v1/locations/${own.id}`, { name: 'Mine' })).status).toBe(200);
    const refused = await manager.patch<Refused>(`/v1/locations/${foreign.id}`, { name: 'Mine too' });
    expect([refused.status, refused.body.code]).toEqual([404, 'NOT_FOUND']);
    expect((await manager.post<Refused>(`/v1/locations/${foreign.id}/open`)).status).toBe(404);
    expect(await row(foreign.id)).toEqual({ name: 'Pike Place', opening_state: 'OPENING_SOON', version: 1 });
  });
});

describe('open and close a location', () => {
  it('opens it, closes it, and tells why', async () => {
    const { id } = await created();
    expect((await office.post(`/v1/locations/${id}/open`)).body).toMatchObject({ openingState: 'OPEN', version: 2 });
    const closed = await office.post(`/v1/locations/${id}/close`, { reason: 'Water damage' });
    expect([closed.status, closed.body]).toMatchObject([200, { openingState: 'CLOSED', version: 3 }]);
    expect(await told(id)).toEqual({
      acts: ['create', 'open', 'close'],
      events: ['location.created', 'location.opened', 'location.closed'],
    });
  });

  it('refuses to open what is open', async () => {
    const { id } = await created({ openingState: 'OPEN' });
    const refused = await office.post<Refused>(`/v1/locations/${id}/open`);
    expect([refused.status, refused.body.code, refused.body.facts]).toEqual([
      409,
      'WRONG_STATE',
      { state: 'OPEN', possible: ['close'] },
    ]);
    expect(await row(id)).toMatchObject({ opening_state: 'OPEN', version: 1 });
  });
});

describe('list locations', () => {
  it('lists them by code, page after page, of one kind and opening state', async () => {
    for (const code of ['ZZ-3', 'ZZ-1', 'ZZ-2']) await created({ code, kind: 'WAREHOUSE', openingState: 'CLOSED' });
    await created({ code: 'ZZ-4', kind: 'WAREHOUSE', openingState: 'OPEN' });
    const path = '/v1/locations?kind=WAREHOUSE&openingState=CLOSED&limit=2';
    const first = await office.get<LocationPage>(path);
    expect(codes(first.body)).toEqual(['ZZ-1', 'ZZ-2']);
    expect(first.body.items[0]!.distanceKm).toBeNull();
    const next = await office.get<LocationPage>(`${path}&cursor=${first.body.nextCursor}`);
    expect([codes(next.body), next.body.nextCursor]).toEqual([['ZZ-3'], null]);
  });

  it('lets an associate see every location, to send customers there', async () => {
    const [own, other] = [await created(), await created()];
    const associate = await shop.associate(own.id);
    expect((await associate.get(`/v1/locations/${other.id}`)).body).toMatchObject({ code: other.code });
  });

  it('finds the nearest first, around a place, and pages through them', async () => {
    await created({ code: 'DEN-1', latitude: 39.7488, longitude: -104.9979 });
    await created({ code: 'DEN-2', latitude: 39.9, longitude: -104.9979 });
    await created({ code: 'DEN-3', latitude: 40.2, longitude: -104.9979 });
    const path = '/v1/locations?near=39.7488,-104.9979&limit=1';
    const first = await office.get<LocationPage>(path);
    expect(first.body.items).toMatchObject([{ code: 'DEN-1', distanceKm: 0 }]);
    const next = await office.get<LocationPage>(`${path}&cursor=${first.body.nextCursor}`);
    // 0.1512 degrees of a meridian, 111.195 km each.
    expect(next.body.items).toMatchObject([{ code: 'DEN-2', distanceKm: 16.813 }]);
    expect(codes((await office.get<LocationPage>(`${path}0&radiusKm=16`)).body)).toEqual(['DEN-1']);
    expect(codes((await office.get<LocationPage>(`${path}0&radiusKm=500`)).body)).toEqual(['DEN-1', 'DEN-2', 'DEN-3']);
  });

  it('finds what lies around another location, itself included', async () => {
    const { id } = await created({ code: 'REK-1', latitude: 64.1466, longitude: -21.9426 });
    await created({ code: 'REK-2', latitude: 64.1466, longitude: -21.9 });
    const found = await office.get<LocationPage>(`/v1/locations?nearLocationId=${id}&radiusKm=5`);
    expect(found.body.items).toMatchObject([
      { code: 'REK-1', distanceKm: 0 },
      { code: 'REK-2', distanceKm: 2.066 },
    ]);
  });

  it('looks across the 180th meridian, from both sides', async () => {
    await created({ code: 'FJ-1', latitude: -16.8, longitude: 179.99 });
    await created({ code: 'FJ-2', latitude: -16.8, longitude: -179.99 });
    for (const longitude of ['179.99', '-179.99', '180', '-180']) {
      const found = await office.get<LocationPage>(`/v1/locations?near=-16.8,${longitude}&radiusKm=5`);
      expect(codes(found.body).sort()).toEqual(['FJ-1', 'FJ-2']);
    }
  });

  it('looks across the poles', async () => {
    await created({ code: 'NP-1', latitude: 89.9, longitude: 10 });
    await created({ code: 'NP-2', latitude: 89.9, longitude: -170 });
    const found = await office.get<LocationPage>('/v1/locations?near=89.9,10&radiusKm=30');
    expect(found.body.items).toMatchObject([
      { code: 'NP-1', distanceKm: 0 },
      { code: 'NP-2', distanceKm: 22.239 },
    ]);
  });

  it('has goods in transit near nothing', async () => {
    const transit = form({ kind: 'IN_TRANSIT', latitude: undefined, longitude: undefined });
    const { body } = await office.post<{ id: string }>('/v1/locations', transit);
    expect((await office.get<LocationPage>('/v1/locations?near=0,0')).body.items).toEqual([]);
    const refused = await office.get<Refused>(`/v1/locations?nearLocationId=${body.id}`);
    expect([refused.status, faults(refused.body)]).toEqual([400, ['/nearLocationId NO_PLACE']]);
  });

  it.each([
    ['near=91,0', '/near OUT_OF_RANGE'],
    ['near=here', '/near MATCHES'],
    ['radiusKm=10', '/radiusKm NO_PLACE'],
    ['near=0,0&radiusKm=501', '/radiusKm MAX'],
    ['near=0,0&nearLocationId=019ab000-0000-7000-8000-000000000000', '/nearLocationId ONE_OF'],
  ])('refuses %s', async (query, fault) => {
    const refused = await office.get<Refused>(`/v1/locations?${query}`);
    expect([refused.status, faults(refused.body)]).toEqual([400, [fault]]);
  });

  it('knows no location of an unknown id', async () => {
    const unknown = '019ab000-0000-7000-8000-000000000000';
    expect((await office.get(`/v1/locations/${unknown}`)).status).toBe(404);
    expect((await office.get(`/v1/locations?nearLocationId=${unknown}`)).status).toBe(404);
  });
});
