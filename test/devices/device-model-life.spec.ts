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

describe('the life of a device model', () => {
  it('goes from the announcement to the end of support, each step told', async () => {
    const { id } = await newModel();
    const steps = ['launch', 'sell-through', 'end-sale', 'end-support'];
    const seen: unknown[] = [];
    for (const step of steps) {
      const moved = await office.post<Model>(`/v1/device-models/${id}/${step}`, { reason: 'as planned' });
      seen.push([moved.status, moved.body.lifecycle, moved.body.acts]);
    }
    expect(seen).toEqual([
      [200, 'ON_SALE', ['sellThrough', 'endSale']],
      [200, 'SELL_THROUGH', ['endSale']],
      [200, 'END_OF_SALE', ['endSupport']],
      [200, 'END_OF_SUPPORT', []],
    ]);
    const { rows } = await shop.db.query(
      `select act, from_state, to_state, reason from history where subject_id = $1 and act <> 'create' order by occurred_at`,
      [id],
    );
    expect(rows).toEqual([
      { act: 'launch', from_state: 'ANNOUNCED', to_state: 'ON_SALE', reason: 'as planned' },
      { act: 'sellThrough', from_state: 'ON_SALE', to_state: 'SELL_THROUGH', reason: 'as planned' },
      { act: 'endSale', from_state: 'SELL_THROUGH', to_state: 'END_OF_SALE', reason: 'as planned' },
      { act: 'endSupport', from_state: 'END_OF_SALE', to_state: 'END_OF_SUPPORT', reason: 'as planned' },
    ]);
  });

  it('ends before it began when the announcement is taken back', async () => {
    const { id } = await newModel();
    const moved = await office.send<Model>('POST', `/v1/device-models/${id}/cancel`, { body: {} });
    expect([moved.status, moved.body.lifecycle]).toEqual([200, 'END_OF_SALE']);
  });

  it('refuses a step out of turn, tells which are possible, and moves nothing', async () => {
    const { id } = await newModel();
    const refused = await office.post(`/v1/device-models/${id}/end-support`);
    expect([refused.status, refused.body['code'], refused.body['facts']]).toEqual([
      409,
      'WRONG_STATE',
      { state: 'ANNOUNCED', possible: ['launch', 'cancel'] },
    ]);
    expect(await stored(id)).toMatchObject({ lifecycle: 'ANNOUNCED', version: 1 });
    expect([await told(id), await published(id)]).toEqual([1, 1]);
  });

  it('lets one of many callers launch it', async () => {
    const { id } = await newModel();
    // The row is held until all of them stand before it, so that they do meet.
    const holder = await shop.db.connect();
    await holder.query('begin');
    await holder.query('select 1 from device_model where id = $1 for update', [id]);
    const asked = Array.from({ length: 8 }, () => office.post(`/v1/device-models/${id}/launch`));
    const waiting = `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    for (const until = Date.now() + 900; Date.now() < until && (await shop.count(waiting)) < 8;);
    await holder.query('commit');
    holder.release();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    expect([await told(id), (await stored(id))['version']]).toEqual([2, 2]);
  });

  it('notes the end of the licence, and lets it be corrected', async () => {
    const { id } = await newModel({ lifecycle: 'SELL_THROUGH' });
    const path = `/v1/device-models/${id}/end-licence`;
    await office.post(path, { endsOn: '2014-04-24', rule: 'STOP_SALE' });
    const ended = await office.post(path, { endsOn: '2014-04-25', rule: 'SELL_THROUGH_NO_REORDER' });
    expect(ended.body).toMatchObject({
      licenceEndsOn: '2014-04-25',
      licenceRule: 'SELL_THROUGH_NO_REORDER',
      version: 3,
    });
    const refused = await office.post(path, { endsOn: '2014-13-01', rule: 'NEVER' });
    expect(refused.status).toBe(400);
    expect((await stored(id))['version']).toBe(3);
  });
});

describe('add hardware to a device model', () => {
  const black = { makerCode: 'SQN100-9', storageGb: 16, colour: 'Black', bands: ['LTE B4'] };

  it('adds it, and the model is found by its code', async () => {
    const { id } = await newModel();
    const added = await office.post<Model>(`/v1/device-models/${id}/variants`, black);
    expect(added.status).toBe(201);
    expect(added.body.variants).toEqual([{ id: added.body.variants[0]!.id, ...black, skus: [] }]);
    const found = await office.get<Page>('/v1/device-models?search=sqn1009');
    expect(found.body.items.map((item) => item.id)).toEqual([id]);
  });

  it('refuses the same hardware twice, and keeps one', async () => {
    const { id } = await newModel();
    await office.post(`/v1/device-models/${id}/variants`, { ...black, makerCode: 'ONCE-1' });
    const refused = await office.post(`/v1/device-models/${id}/variants`, { ...black, makerCode: 'ONCE-1' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'DEVICE_VARIANT_EXISTS']);
    expect(await shop.count('select count(*) from device_variant where model_id = $1', [id])).toBe(1);
    expect((await stored(id))['version']).toBe(2);
  });
});

describe('list device models and brands', () => {
  it('gives every model of a brand once, page by page, following the link', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n++) {
      // Two of a name differ by their brand's other models only: the id settles the order.
      made.push((await newModel({ brand: 'Palm', name: `Treo ${n}` })).id);
    }
    const { brandId } = (await office.get<Model>(`/v1/device-models/${made[0]}`)).body;
    const seen: string[] = [];
    let path: string | undefined = `/v1/device-models?brandId=${brandId}&limit=3`;
    let pages = 0;
    while (path) {
      const page: { body: Page; headers: Headers } = await office.get<Page>(path);
      seen.push(...page.body.items.map(({ id }) => id));
      pages++;
      path = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      expect(path === undefined).toBe(page.body.nextCursor === null);
    }
    expect([seen, pages]).toEqual([made, 3]);
  });

  it('goes by part of life', async () => {
    const { id } = await newModel({ lifecycle: 'END_OF_SUPPORT' });
    const page = await office.get<{ items: Model[] }>('/v1/device-models?lifecycle=END_OF_SUPPORT&limit=200');
    expect(page.body.items.map((item) => item.id)).toContain(id);
    expect(new Set(page.body.items.map(({ lifecycle }) => lifecycle))).toEqual(new Set(['END_OF_SUPPORT']));
  });

  it('lists brands by name, all of them', async () => {
    await newModel({ brand: 'Amstrad' });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: { name: string }[]; nextCursor: string | null } } = await office.get(
        `/v1/brands?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ name }) => name));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(await shop.count('select count(*) from brand'));
    expect(seen).toContain('Amstrad');
  });

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=1e2',
    '?limit=5&limit=6',
    '?cursor=abc',
    '?lifecycle=SOLD',
    '?colour=red',
  ])('refuses %s, and says which field', async (query) => {
    const refused = await office.get<{ code: string; errors: { in: string; pointer: string }[] }>(
      `/v1/device-models${query}`,
    );
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect(refused.body.errors[0]).toMatchObject({ in: 'query', pointer: `/${/\w+/.exec(query)![0]}` });
  });

  it('refuses the cursor of another list', async () => {
    await newModel({ brand: 'Zenith' });
    const { body } = await office.get<Page>('/v1/brands?limit=1');
    const refused = await office.get(`/v1/device-models?cursor=${body.nextCursor}`);
    expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_INPUT']);
  });
});
