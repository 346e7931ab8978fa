import { randomUUID } from 'node:crypto';
import { books, disagreements, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { shopfloor } from '../support/shopfloor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off', STATEMENT_TIMEOUT_MS: '400', LOCK_TIMEOUT_MS: '5000' });
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

async function store(units: number) {
  const floor = await shopfloor(shop, units);
  const form = { purpose: 'POS_BASKET', lines: [{ skuId: floor.skuId }] };
  const reserve = (
    key: string | null,
    body: object = form,
    client: Client = floor.till,
    headers: Record<string, string> = {},
  ) => client.post<{ id: string; code?: string }>('/v1/reservations', body, { key, headers });
  const reservations = () => shop.count('select count(*) from reservation where location_id = $1', [floor.locationId]);
  return { ...floor, form, reserve, reservations };
}

/** Sends without holding the answer against the document, which promises no 500. */
async function raw(path: string, token: string, key: string, body: object) {
  const response = await fetch(`${shop.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { code: string } };
}

describe('repeat a request with its key', () => {
  it('gives the same answer to the byte, and does nothing', async () => {
    const { reserve, form } = await store(2);
    const key = randomUUID();
    const first = await reserve(key);
    const before = await books(shop);
    for (const body of [form, { lines: form.lines, purpose: form.purpose }]) {
      const again = await reserve(key, body);
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([
        201,
        first.text,
        first.headers.get('etag'),
      ]);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(await books(shop)).toEqual(before);
  });

  it('does so for acts that run in several statements, also after the thing has changed', async () => {
    const { till, units } = await store(1);
    const path = (act: string) => `/v1/stock-units/${units[0]!.unitId}/${act}`;
    const key = randomUUID();
    const first = await till.post(path('quarantine'), { reason: 'RECALL' }, { key });
    await till.post(path('inspect'), {
      ...{ cosmetic: 'A', functional: 0, batteryPct: 99, lockState: 'UNLOCKED', liquidDamage: false },
      ...{ partsOriginal: true, erasure: 'PENDING', kitComplete: true },
    });
    const again = await till.post(path('quarantine'), { reason: 'RECALL' }, { key });
    expect([again.status, again.text]).toEqual([200, first.text]);
    const { holding } = (await till.get<{ holding: { disposition: string } }>(path('').slice(0, -1))).body;
    expect(holding.disposition).toBe('INSPECTION');
  });

  it('repeats a refusal, even when it would go through by now', async () => {
    const { sku, locationId, reserve, reservations } = await store(0);
    const key = randomUUID();
    const headers = { 'x-correlation-id': 'till-4' };
    const first = await reserve(key, undefined, undefined, headers);
    expect([first.status, first.body.code]).toEqual([409, 'INSUFFICIENT_STOCK']);
    await shop.make.unit(sku, locationId);
    const again = await reserve(key, undefined, undefined, headers);
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([409, first.text, 'true']);
    expect(await reservations()).toBe(0);
    expect((await reserve(randomUUID())).status).toBe(201);
  });

  it('takes the key plain or quoted for the same', async () => {
    const { reserve, reservations } = await store(2);
    const key = randomUUID();
    const first = await reserve(key);
    expect((await reserve(`"${key}"`)).text).toBe(first.text);
    expect(await reservations()).toBe(1);
  });
});

describe('use a key again for something else', () => {
  it('is refused: another body, another address, another operation', async () => {
    const { reserve, form, till } = await store(3);
    const key = randomUUID();
    const { body } = await reserve(key);
    for (const act of [
      () => reserve(key, { ...form, minutes: 5 }),
      () => reserve(key, { ...form, purpose: 'SELF_SERVICE' }),
      () => till.post(`/v1/reservations/${body.id}/release`, {}, { key }),
    ]) {
      await refused(shop, act, 422, 'IDEMPOTENCY_KEY_REUSED');
    }
    const other = randomUUID();
    expect((await till.post(`/v1/reservations/${body.id}/extend`, {}, { key: other })).status).toBe(200);
    await refused(
      shop,
      () => till.post(`/v1/reservations/${randomUUID()}/extend`, {}, { key: other }),
      422,
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('is another caller’s own business', async () => {
    const { locationId, reserve, reservations } = await store(3);
    const key = randomUUID();
    const second = await shop.associate(locationId, 'associate-2');
    const [mine, theirs] = [await reserve(key), await reserve(key, undefined, second)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect(theirs.headers.get('idempotent-replayed')).toBeNull();
    expect((await reserve(key, undefined, second)).text).toBe(theirs.text);
    expect(await reservations()).toBe(2);
  });
});

describe('the key itself', () => {
  it('is needed for every act', async () => {
    const { reserve, till, units } = await store(1);
    await refused(shop, () => reserve(null), 400, 'IDEMPOTENCY_KEY_MISSING');
    for (const path of [
      ...['/v1/sales', `/v1/stock-units/${units[0]!.unitId}/display`, `/v1/reservations/${randomUUID()}/release`],
      ...[`/v1/reservations/${randomUUID()}/extend`, `/v1/stock-units/${units[0]!.unitId}/make-available`],
    ]) {
      const answer = await till.post<{ code: string }>(path, {}, { key: null });
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'IDEMPOTENCY_KEY_MISSING']);
    }
  });

  it.each([
    ['of seven characters', 'a'.repeat(7)],
    ['of 256 characters', 'a'.repeat(256)],
    ['with a blank', 'two words'],
    ['with a quote short of closing', '"abc'],
  ])('is refused %s', async (_what, key) => {
    const { reserve } = await store(1);
    await refused(shop, () => reserve(key), 400, 'INVALID_INPUT');
  });

  it.each(['a'.repeat(8), 'b'.repeat(255), '!#$%&()*+~'])('may be %s', async (key) => {
    const { reserve } = await store(1);
    expect((await reserve(key)).status).toBe(201);
    expect((await reserve(key)).headers.get('idempotent-replayed')).toBe('true');
  });

  it('is not used up by a request that was wrong in itself', async () => {
    const { reserve, form } = await store(1);
    const key = randomUUID();
    await refused(shop, () => reserve(key, { ...form, purpose: 'NONE' }), 400, 'INVALID_INPUT');
    expect((await reserve(key)).status).toBe(201);
  });
});

describe('a failure of ours', () => {
  it('is not kept: the same key does it later, once', async () => {
    const { locationId, units, reservations, form } = await store(1);
    const token = await shop.token({
      ...{ sub: 'associate-1', role: 'ASSOCIATE', store_id: locationId },
      scope: 'stock:reserve stock:read stock:inspect',
    });
    const display = `/v1/stock-units/${units[0]!.unitId}/display`;
    const key = randomUUID();
    const before = await books(shop);
    await shop.db.query('alter table outbox_event rename to outbox_event_gone');
    const failed = [await raw(display, token, randomUUID(), {}), await raw('/v1/reservations', token, key, form)];
    await shop.db.query('alter table outbox_event_gone rename to outbox_event');
    expect(failed.map(({ status, body }) => [status, body.code])).toEqual([
      [500, 'INTERNAL_ERROR'],
      [500, 'INTERNAL_ERROR'],
    ]);
    expect(await books(shop)).toEqual(before);
    expect(await shop.count('select count(*) from idempotency_key where key = $1', [key])).toBe(0);
    for (let time = 1; time <= 2; time++) expect((await raw('/v1/reservations', token, key, form)).status).toBe(201);
    expect(await reservations()).toBe(1);
  });

  it('says that it is passing when the database takes too long', async () => {
    const { till, reserve, reservations } = await store(1);
    const key = randomUUID();
    const blocker = await shop.db.connect();
    try {
      await blocker.query('begin; lock table outbox_event in exclusive mode');
      const slow = await reserve(key, undefined, till);
      expect([slow.status, slow.body.code, slow.headers.get('retry-after')]).toEqual([
        503,
        'DATABASE_UNAVAILABLE',
        '1',
      ]);
    } finally {
      await blocker.query('rollback');
      blocker.release();
    }
    expect(await reservations()).toBe(0);
    expect((await reserve(key)).status).toBe(201);
  });
});
