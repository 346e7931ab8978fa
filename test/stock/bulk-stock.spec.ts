import { brokenLinks } from '../../src/platform/history.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface BulkPage {
  items: { locationId: string; skuId: string; onHand: number; reserved: number; free: number }[];
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

/** An accessory of which so many pieces stand at a store, some of them held for customers. */
async function counted(onHand: number, reserved = 0) {
  const locationId = await shop.make.location();
  const { skuId, code } = await shop.make.accessory();
  await shop.make.bulk(skuId, locationId, onHand);
  await shop.db.query('update bulk_stock set reserved = $3 where location_id = $1 and sku_id = $2', [
    locationId,
    skuId,
    reserved,
  ]);
  return { locationId, skuId, code };
}

const standing = (locationId: string, skuId: string) =>
  shop.one<{ on_hand: number; reserved: number; ledger: number; entries: number }>(
    `select (select on_hand from bulk_stock where location_id = $1 and sku_id = $2),
            (select reserved from bulk_stock where location_id = $1 and sku_id = $2),
            (select coalesce(sum(on_hand), 0)::int from stock_movement where location_id = $1 and sku_id = $2) as ledger,
            (select count(*)::int from history where subject_kind = 'bulk-stock' and location_id = $1) as entries`,
    [locationId, skuId],
  );
const faults = ({ errors }: Refused) => errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('adjust bulk stock', () => {
  it('corrects the count, with ledger, audit trail and outbox', async () => {
    const { locationId, skuId, code } = await counted(20, 5);
    const adjusted = await office.post('/v1/bulk-stock/adjust', {
      ...{ locationId, skuId, change: -3, reason: 'COUNT_SHORT' },
      note: 'Counted twice',
    });
    expect([adjusted.status, adjusted.body]).toMatchObject([
      200,
      { locationId, skuId, skuCode: code, onHand: 17, reserved: 5, free: 12 },
    ]);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 17, reserved: 5, ledger: 17, entries: 1 });
    expect(
      await shop.one(
        `select kind, on_hand, free, reason, actor from stock_movement where location_id = $1 order by occurred_at desc limit 1`,
        [locationId],
      ),
    ).toEqual({ kind: 'ADJUSTED', on_hand: -3, free: -3, reason: 'COUNT_SHORT', actor: 'back-office-1' });
    expect(
      await shop.one(`select act, reason, details, chain from history where location_id = $1`, [locationId]),
    ).toEqual({
      act: 'adjust',
      reason: 'COUNT_SHORT',
      details: { before: 20, after: 17, change: -3, note: 'Counted twice' },
      chain: locationId,
    });
    expect(
      await brokenLinks(
        { query: async (sql: string, v?: unknown[]) => (await shop.db.query(sql, v)).rows as never },
        locationId,
      ),
    ).toBe(0);
    expect(await shop.one('select type, payload from outbox_event where location_id = $1', [locationId])).toEqual({
      type: 'bulk-stock.adjusted',
      payload: { skuId, change: -3, reason: 'COUNT_SHORT', onHand: 17 },
    });
  });

  it('opens the books for an accessory that never stood there', async () => {
    const locationId = await shop.make.location();
    const { skuId } = await shop.make.accessory();
    const form = { locationId, skuId, change: 8, reason: 'FOUND' };
    expect((await office.post('/v1/bulk-stock/adjust', form)).body).toMatchObject({ onHand: 8, free: 8 });
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 8, reserved: 0, ledger: 8, entries: 1 });
  });

  it('never takes what is held for customers, and changes nothing then', async () => {
    const { locationId, skuId } = await counted(10, 4);
    const refused = await office.post<Refused>('/v1/bulk-stock/adjust', {
      locationId,
      skuId,
      change: -7,
      reason: 'MISSING',
    });
    expect([refused.status, refused.body.code, refused.body.facts]).toEqual([
      409,
      'INSUFFICIENT_STOCK',
      { onHand: 10, reserved: 4, change: -7 },
    ]);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 10, reserved: 4, ledger: 10, entries: 0 });
    expect(
      (await office.post('/v1/bulk-stock/adjust', { locationId, skuId, change: -6, reason: 'MISSING' })).body,
    ).toMatchObject({
      onHand: 4,
      free: 0,
    });
  });

  it('takes nothing away where there never was anything', async () => {
    const locationId = await shop.make.location();
    const { skuId } = await shop.make.accessory();
    const refused = await office.post<Refused>('/v1/bulk-stock/adjust', {
      locationId,
      skuId,
      change: -1,
      reason: 'MISSING',
    });
    expect([refused.status, refused.body.facts]).toEqual([409, { onHand: 0, reserved: 0, change: -1 }]);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: null, reserved: null, ledger: 0, entries: 0 });
  });

  it('does it once, however often the till repeats the request', async () => {
    const { locationId, skuId } = await counted(10);
    const form = { locationId, skuId, change: 1, reason: 'FOUND' };
    const [first, again] = [
      await office.post('/v1/bulk-stock/adjust', form, { key: 'adjust-once-1' }),
      await office.post('/v1/bulk-stock/adjust', form, { key: 'adjust-once-1' }),
    ];
    expect([first.body, again.headers.get('idempotent-replayed')]).toEqual([again.body, 'true']);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 11, reserved: 0, ledger: 11, entries: 1 });
  });

  it.each([
    ['a change of nothing', { change: 0 }, '/change NO_CHANGE'],
    ['more than ten thousand', { change: 10_001 }, '/change MAX'],
    ['a reason that cannot add', { change: 2, reason: 'SCRAPPED' }, '/reason REASON_AND_CHANGE'],
    ['a reason that cannot take away', { change: -2, reason: 'FOUND' }, '/reason REASON_AND_CHANGE'],
    ['a reason that is none', { reason: 'BORED' }, '/reason IS_IN'],
  ])('refuses %s', async (_, over, fault) => {
    const { locationId, skuId } = await counted(10);
    const form = { locationId, skuId, change: -1, reason: 'MISSING', ...over };
    const refused = await office.post<Refused>('/v1/bulk-stock/adjust', form);
    expect([refused.status, faults(refused.body)]).toEqual([400, [fault]]);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 10, reserved: 0, ledger: 10, entries: 0 });
  });

  it('leaves handsets to be adjusted by their identifier', async () => {
    const locationId = await shop.make.location();
    const { skuId } = await shop.make.sku();
    const refused = await office.post<Refused>('/v1/bulk-stock/adjust', {
      locationId,
      skuId,
      change: 1,
      reason: 'FOUND',
    });
    expect([refused.status, faults(refused.body)]).toEqual([400, ['/skuId COUNTED_BY_UNIT']]);
    expect(await shop.count('select count(*) from bulk_stock where location_id = $1', [locationId])).toBe(0);
  });

  it('knows neither a foreign store nor one that does not exist', async () => {
    const { locationId, skuId } = await counted(10);
    const manager = await shop.as({
      sub: 'm',
      role: 'ASSOCIATE',
      scope: 'stock:adjust',
      store_id: await shop.make.location(),
    });
    const unknown = '019ab000-0000-7000-8000-000000000000';
    const form = { skuId, change: 1, reason: 'FOUND' };
    expect((await manager.post('/v1/bulk-stock/adjust', { ...form, locationId })).status).toBe(404);
    expect((await office.post('/v1/bulk-stock/adjust', { ...form, locationId: unknown })).status).toBe(404);
    expect((await (await shop.associate(locationId)).post('/v1/bulk-stock/adjust', form)).status).toBe(403);
    expect(await standing(locationId, skuId)).toEqual({ on_hand: 10, reserved: 0, ledger: 10, entries: 0 });
  });
});

describe('list bulk stock', () => {
  it('pages through the accessories of a location', async () => {
    const { locationId, skuId } = await counted(3, 1);
    const others = [await shop.make.accessory(), await shop.make.accessory()].map((one) => one.skuId);
    for (const other of others) await shop.make.bulk(other, locationId, 7);
    const path = `/v1/bulk-stock?locationId=${locationId}&limit=2`;
    const first = await office.get<BulkPage>(path);
    const next = await office.get<BulkPage>(`${path}&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...next.body.items].map((one) => one.skuId)).toEqual([skuId, ...others].sort());
    expect([first.body.items.length, next.body.nextCursor]).toEqual([2, null]);
    const one = await office.get<BulkPage>(`/v1/bulk-stock?locationId=${locationId}&skuId=${skuId}`);
    expect(one.body.items).toMatchObject([{ locationId, skuId, onHand: 3, reserved: 1, free: 2 }]);
  });

  it('shows a till its own store only', async () => {
    const [own, foreign] = [await counted(3), await counted(4)];
    const associate = await shop.associate(own.locationId);
    expect((await associate.get<BulkPage>('/v1/bulk-stock')).body.items).toMatchObject([
      { skuId: own.skuId, onHand: 3 },
    ]);
    expect((await associate.get<BulkPage>(`/v1/bulk-stock?locationId=${foreign.locationId}`)).body.items).toEqual([]);
    expect((await associate.get<BulkPage>(`/v1/bulk-stock?skuId=${foreign.skuId}`)).body.items).toEqual([]);
  });
});
