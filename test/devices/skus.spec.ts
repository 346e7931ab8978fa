import { refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';

interface PricePage {
  items: { id: string }[];
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

/** A SKU without a price. */
async function newSku() {
  const { variantId, modelId } = await shop.make.sku();
  const code = `NEW-${++serial}`;
  const added = await office.post<{ id: string }>('/v1/skus', { code, kind: 'DEVICE', variantId, condition: 'NEW' });
  expect(added.status).toBe(201);
  return { id: added.body.id, code, variantId, modelId };
}

describe('add a SKU', () => {
  it('adds hardware in a condition, which the model then shows', async () => {
    const { modelId, variantId } = await shop.make.sku();
    const added = await office.post<{ id: string }>('/v1/skus', {
      code: 'BB-OPEN',
      kind: 'DEVICE',
      variantId,
      condition: 'OPEN_BOX',
    });
    expect([added.status, added.body]).toMatchObject([
      201,
      { code: 'BB-OPEN', condition: 'OPEN_BOX', grade: null, modelId, variantId, makerCode: 'SQN100-1', prices: [] },
    ]);
    const model = await office.get<{ version: number; variants: { skus: { code: string }[] }[] }>(
      `/v1/device-models/${modelId}`,
    );
    expect(model.body.version).toBe(2);
    expect(model.body.variants[0]!.skus.map(({ code }) => code)).toContain('BB-OPEN');
  });

  it('adds an accessory by its name', async () => {
    const added = await office.post('/v1/skus', {
      code: 'CASE-1',
      kind: 'ACCESSORY',
      name: 'Leather case',
      condition: 'NEW',
    });
    expect([added.status, added.body]).toMatchObject([201, { name: 'Leather case', modelId: null, lifecycle: null }]);
  });

  it('names every field that does not fit, and adds nothing', async () => {
    const refused = await office.post<{ errors: { pointer: string; code: string }[] }>('/v1/skus', {
      code: 'ODD-1',
      kind: 'DEVICE',
      name: 'A phone',
      condition: 'REFURBISHED',
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/variantId MISSING',
      '/name NOT_EXPECTED',
      '/grade MISSING',
    ]);
    expect(await shop.count(`select count(*) from sku where code = 'ODD-1'`)).toBe(0);
  });

  it('refuses a code or a condition that is taken, and an unknown variant', async () => {
    const { code, variantId } = await newSku();
    const before = await shop.count('select count(*) from sku');
    const twice = (over: object) =>
      office.post('/v1/skus', { code: 'TWICE-1', kind: 'DEVICE', variantId, condition: 'OPEN_BOX', ...over });
    const refused = [
      await twice({ code }),
      await twice({ condition: 'NEW' }),
      await twice({ condition: 'REFURBISHED', grade: 'GOOD' }),
      await twice({ variantId: '019b0000-0000-7000-8000-000000000000' }),
    ];
    expect(refused.map(({ status, body }) => [status, body['code']])).toEqual([
      [409, 'SKU_CODE_TAKEN'],
      [409, 'SKU_EXISTS'],
      [409, 'SKU_EXISTS'],
      [404, 'NOT_FOUND'],
    ]);
    expect(await shop.count('select count(*) from sku')).toBe(before);
  });
});

describe('list prices and SKUs', () => {
  it('gives every price once, also those a microsecond apart', async () => {
    const { id } = await newSku();
    const starts = Array.from({ length: 5 }, (_, n) => `2014-01-01T00:00:00.00000${n}Z`);
    for (const effective_from of starts) await shop.make.price(id, { effective_from });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: PricePage } = await office.get(
        `/v1/skus/${id}/prices?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map((price) => price.id));
      cursor = page.body.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });

  it('lists the SKUs of a model by condition, grade and kind', async () => {
    const { id, code, modelId } = await newSku();
    const list = async (query: string) =>
      (
        await office.get<{ items: { id: string; code: string }[] }>(`/v1/skus?modelId=${modelId}${query}`)
      ).body.items.map((sku) => sku.code);
    const all = await list('');
    expect(all).toHaveLength(2);
    expect(await list('&condition=NEW')).toEqual([code]);
    expect(await list('&grade=GOOD')).toEqual(all.filter((one) => one !== code));
    expect(await list('&kind=ACCESSORY')).toEqual([]);
    expect((await office.get<{ id: string }>(`/v1/skus/${id}`)).body.id).toBe(id);
  });
});

describe('set the channels of a SKU', () => {
  const channelsOf = async (id: string) =>
    (
      await office.get<{ everywhere: string[]; items: { locationId: string; channels: string[] }[] }>(
        `/v1/skus/${id}/channels`,
      )
    ).body;

  it('sets them everywhere and for one location, and again', async () => {
    const { id } = await newSku();
    const locationId = await shop.make.location();
    expect((await office.put(`/v1/skus/${id}/channels`, { channels: ['SHIP_TO_HOME'] })).status).toBe(200);
    await office.put(`/v1/skus/${id}/channels`, { channels: ['IN_STORE', 'SHIP_TO_HOME'] });
    await office.put(`/v1/skus/${id}/channels`, { locationId, channels: ['DISPLAY_ONLY'] });
    expect(await channelsOf(id)).toEqual({
      everywhere: ['IN_STORE', 'SHIP_TO_HOME'],
      items: [{ locationId, channels: ['DISPLAY_ONLY'] }],
      nextCursor: null,
    });
    const { rows } = await shop.db.query(
      `select details->'before' as before from history where subject_id = $1 and act = 'setChannels' order by occurred_at`,
      [id],
    );
    expect(rows.map(({ before }: { before: unknown }) => before)).toEqual([null, ['SHIP_TO_HOME'], null]);
  });

  it('refuses an unknown location or channel, and sets nothing', async () => {
    const { id } = await newSku();
    const locationId = '019b0000-0000-7000-8000-000000000000';
    expect((await office.put(`/v1/skus/${id}/channels`, { locationId, channels: [] })).status).toBe(404);
    expect((await office.put(`/v1/skus/${id}/channels`, { channels: ['BY_PIGEON'] })).status).toBe(400);
    expect((await office.put(`/v1/skus/${id}/channels`, { channels: ['IN_STORE', 'IN_STORE'] })).status).toBe(400);
    expect(await channelsOf(id)).toEqual({ everywhere: [], items: [], nextCursor: null });
  });

  it('lets a manager who is bound to a store set those of that store, and of nowhere else', async () => {
    const { id } = await newSku();
    const [own, other] = [await shop.make.location(), await shop.make.location()];
    await office.put(`/v1/skus/${id}/channels`, { channels: ['SHIP_TO_HOME'] });
    await office.put(`/v1/skus/${id}/channels`, { locationId: other, channels: ['IN_STORE'] });
    const before = await channelsOf(id);
    const manager = await shop.as({ ...BACK_OFFICE, sub: 'manager-1', store_id: own });
    for (const locationId of [other, undefined, '019b0000-0000-7000-8000-000000000000']) {
      await refused(
        shop,
        () => manager.put(`/v1/skus/${id}/channels`, { locationId, channels: ['DISPLAY_ONLY'] }),
        404,
        'NOT_FOUND',
      );
    }
    expect(await channelsOf(id)).toEqual(before);
    const set = await manager.put(`/v1/skus/${id}/channels`, { locationId: own, channels: ['DISPLAY_ONLY'] });
    expect([set.status, set.body]).toEqual([200, { locationId: own, channels: ['DISPLAY_ONLY'] }]);
    expect(await channelsOf(id)).toEqual({
      everywhere: ['SHIP_TO_HOME'],
      items: [...before.items, { locationId: own, channels: ['DISPLAY_ONLY'] }].sort((a, b) =>
        a.locationId < b.locationId ? -1 : 1,
      ),
      nextCursor: null,
    });
  });

  it('gives every location once, page by page', async () => {
    const { id } = await newSku();
    await office.put(`/v1/skus/${id}/channels`, { channels: ['IN_STORE'] });
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      made.push(await shop.make.location());
      await office.put(`/v1/skus/${id}/channels`, { locationId: made[n], channels: [] });
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { everywhere: string[]; items: { locationId: string }[]; nextCursor: string | null } } =
        await office.get(`/v1/skus/${id}/channels?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.body.everywhere).toEqual(['IN_STORE']);
      seen.push(...page.body.items.map(({ locationId }) => locationId));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual([...made].sort());
  });
});

describe('a read that a caller has already', () => {
  it('is answered 304 until something changes', async () => {
    const { id } = await newSku();
    for (const path of [`/v1/skus/${id}`, '/v1/skus', '/v1/device-models', '/v1/brands']) {
      const first = await office.get(path);
      const headers = { 'if-none-match': `"other", ${first.headers.get('etag')}` };
      const again = await office.get(path, { headers });
      expect([first.status, again.status, again.text, again.headers.get('etag')]).toEqual([
        200,
        304,
        '',
        first.headers.get('etag'),
      ]);
    }
    const etag = (await office.get(`/v1/skus/${id}`)).headers.get('etag')!;
    await office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 100 });
    expect((await office.get(`/v1/skus/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });
});
