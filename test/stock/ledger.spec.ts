import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface OnHand {
  at: string;
  items: { skuId: string; skuCode: string; onHand: number; free: number }[];
  nextCursor: string | null;
}
interface Movements {
  items: { id: string; kind: string; occurredAt: string; unitId: string | null; onHand: number; free: number }[];
  nextCursor: string | null;
}
interface Refused {
  code: string;
  errors?: { pointer: string; code: string }[];
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

const faults = ({ errors }: Refused) => errors?.map(({ pointer, code }) => `${pointer} ${code}`);

/** Ten pieces in at nine, two sold at ten, three reserved at eleven, one found at noon. */
async function busyDay() {
  const locationId = await shop.make.location();
  const { skuId, code } = await shop.make.accessory();
  const moves = [
    ['09:00:00.000001', 'RECEIVED', 10, 10],
    ['10:00:00', 'SOLD', -2, -2],
    ['11:00:00', 'RESERVED', 0, -3],
    ['12:00:00', 'ADJUSTED', 1, 1],
  ] as const;
  for (const [hour, kind, on_hand, free] of moves) await move(locationId, skuId, { hour, kind, on_hand, free });
  return { locationId, skuId, code };
}

let moved = 0;
async function move(
  location_id: string,
  sku_id: string,
  { hour = '09:00:00', ...over }: { hour?: string; [column: string]: unknown },
) {
  const id = `019ab000-0000-7000-8000-${String(++moved).padStart(12, '0')}`;
  const row = { kind: 'RECEIVED', on_hand: 1, free: 1, actor: 'test', correlation_id: 'test' };
  return shop.make.insert('stock_movement', {
    id,
    location_id,
    sku_id,
    occurred_at: `2026-02-03T${hour}Z`,
    ...row,
    ...over,
  });
}

describe('what was on hand', () => {
  it.each([
    ['2026-02-03T09:00:00Z', undefined],
    ['2026-02-03T09:00:00.000001Z', { onHand: 10, free: 10 }],
    ['2026-02-03T10:30:00Z', { onHand: 8, free: 8 }],
    ['2026-02-03T11:00:00Z', { onHand: 8, free: 5 }],
    ['2026-02-03T13:30:00+02:00', { onHand: 8, free: 5 }],
    [undefined, { onHand: 9, free: 6 }],
  ])('at %s', async (at, expected) => {
    const { locationId, skuId, code } = await busyDay();
    const query = new URLSearchParams({ locationId, ...(at ? { at } : {}) });
    const asked = await office.get<OnHand>(`/v1/on-hand?${query}`);
    expect(asked.body.items).toEqual(expected ? [{ skuId, skuCode: code, ...expected }] : []);
  });

  it('pages through the SKUs of a location, all at one instant', async () => {
    const locationId = await shop.make.location();
    const skus = await Promise.all([1, 2, 3].map(() => shop.make.accessory()));
    for (const { skuId } of skus) await shop.make.bulk(skuId, locationId, 4);
    const first = await office.get<OnHand>(`/v1/on-hand?locationId=${locationId}&limit=2`);
    await shop.make.insert('stock_movement', {
      ...{ id: '019ab000-0000-7000-9000-000000000001', location_id: locationId, sku_id: skus[2]!.skuId, kind: 'SOLD' },
      ...{ on_hand: -4, free: -4, actor: 'test', correlation_id: 'test' },
    });
    const query = new URLSearchParams({ locationId, limit: '2', at: first.body.at, cursor: first.body.nextCursor! });
    const next = await office.get<OnHand>(`/v1/on-hand?${query}`);
    expect([...first.body.items, ...next.body.items].map(({ skuId, onHand }) => [skuId, onHand])).toEqual(
      skus.map(({ skuId }) => [skuId, 4]).sort(),
    );
    expect(next.body.nextCursor).toBeNull();
  });

  it('agrees with the units that stand there', async () => {
    const locationId = await shop.make.location();
    const sku = await shop.make.sku();
    await shop.make.units(sku, locationId, 3);
    await shop.make.unit(sku, locationId, { disposition: 'QUARANTINE' });
    const asked = await office.get<OnHand>(`/v1/on-hand?locationId=${locationId}&skuId=${sku.skuId}`);
    expect(asked.body.items).toEqual([{ skuId: sku.skuId, skuCode: sku.code, onHand: 4, free: 3 }]);
  });

  it('does not tell the future', async () => {
    const { locationId } = await busyDay();
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const refused = await office.get<Refused>(`/v1/on-hand?locationId=${locationId}&at=${at}`);
    expect([refused.status, faults(refused.body)]).toEqual([400, ['/at IN_THE_FUTURE']]);
  });

  it('is told to those who may see reports, of their own store', async () => {
    const { locationId } = await busyDay();
    const own = await shop.make.location();
    const manager = await shop.as({ sub: 'm', role: 'ASSOCIATE', scope: 'reports:read', store_id: own });
    expect((await manager.get<OnHand>('/v1/on-hand')).body).toMatchObject({ locationId: own, items: [] });
    expect((await manager.get(`/v1/on-hand?locationId=${locationId}`)).status).toBe(404);
    expect((await (await shop.associate(own)).get('/v1/on-hand')).status).toBe(403);
    expect((await office.get('/v1/on-hand?locationId=019ab000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await office.get('/v1/on-hand')).status).toBe(404);
  });
});

describe('the movements of stock', () => {
  it('lists them newest first, page after page, also within one instant', async () => {
    const locationId = await shop.make.location();
    const { skuId } = await shop.make.accessory();
    const ids: string[] = [];
    for (const hour of ['09:00:00', '09:00:00', '09:00:00', '08:00:00']) {
      ids.push(await move(locationId, skuId, { hour }));
    }
    const path = `/v1/stock-movements?locationId=${locationId}&limit=2`;
    const first = await office.get<Movements>(path);
    const next = await office.get<Movements>(`${path}&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...next.body.items].map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0], ids[3]]);
    expect(next.body.nextCursor).toBeNull();
    expect(first.body.items[0]).toMatchObject({
      occurredAt: '2026-02-03T09:00:00.000000Z',
      unitId: null,
      onHand: 1,
      free: 1,
    });
  });

  it('narrows them by SKU and time; the end is left out', async () => {
    const { locationId, skuId } = await busyDay();
    const other = await shop.make.accessory();
    await move(locationId, other.skuId, { hour: '10:30:00' });
    const times = 'from=2026-02-03T10:00:00Z&to=2026-02-03T12:00:00Z';
    const found = await office.get<Movements>(`/v1/stock-movements?locationId=${locationId}&skuId=${skuId}&${times}`);
    expect(found.body.items.map(({ kind }) => kind)).toEqual(['RESERVED', 'SOLD']);
  });

  it('tells the story of one unit, to each store its own part', async () => {
    const [own, foreign] = [await shop.make.location(), await shop.make.location()];
    const sku = await shop.make.sku();
    const { unitId } = await shop.make.unit(sku, own);
    await move(foreign, sku.skuId, { unit_id: unitId, kind: 'RETURNED' });
    const path = `/v1/stock-movements?unitId=${unitId}`;
    expect((await office.get<Movements>(path)).body.items.map(({ kind }) => kind)).toEqual(['RETURNED', 'RECEIVED']);
    const associate = await shop.associate(own);
    expect((await associate.get<Movements>(path)).body.items.map(({ kind }) => kind)).toEqual(['RECEIVED']);
    expect((await associate.get<Movements>(`/v1/stock-movements?locationId=${foreign}`)).body.items).toEqual([]);
    expect((await associate.get<Movements>('/v1/stock-movements')).body.items).toHaveLength(1);
  });

  it('wants a place or a unit from those who may see all', async () => {
    const refused = await office.get<Refused>('/v1/stock-movements');
    expect([refused.status, faults(refused.body)]).toEqual([400, ['/locationId REQUIRED']]);
    const { locationId } = await busyDay();
    const backwards = `locationId=${locationId}&from=2026-02-03T12:00:00Z&to=2026-02-03T10:00:00Z`;
    expect(faults((await office.get<Refused>(`/v1/stock-movements?${backwards}`)).body)).toEqual(['/to BEFORE_FROM']);
  });
});
