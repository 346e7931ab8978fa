import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Price extends Record<string, unknown> {
  id: string;
  amountMinor: number;
  instalments: number[];
  effectiveFrom: string;
  effectiveUntil: string | null;
  state: string;
}
interface PricePage {
  items: Price[];
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
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const prices = async (id: string, query = '') =>
  (await office.get<PricePage>(`/v1/skus/${id}/prices${query}`)).body.items;
const countPrices = (id: string) => shop.count('select count(*) from price where sku_id = $1', [id]);
const DAY = 86_400_000;

describe('set a price', () => {
  it('takes effect at once, with a plan that adds up, and is audited', async () => {
    const { id } = await newSku();
    const plan = { currency: 'USD', amountMinor: 53199, downPaymentMinor: 9999, months: 24 };
    const set = await office.post<Price>(`/v1/skus/${id}/prices`, { ...plan, reason: 'launch' });
    expect([set.status, set.body]).toMatchObject([
      201,
      { ...plan, exponent: 2, remainder: 'LAST', state: 'PRESENT', effectiveUntil: null, setBy: 'back-office-1' },
    ]);
    expect(set.body.instalments).toEqual(Array.from({ length: 24 }, () => 1800));
    expect((await office.get<{ prices: unknown[] }>(`/v1/skus/${id}`)).body.prices).toEqual([
      { id: set.body.id, ...plan },
    ]);
    const audited = await shop.one(
      'select act, reason, chain, details from history where subject_id = $1 and chain is not null',
      [id],
    );
    expect(audited).toMatchObject({
      act: 'setPrice',
      reason: 'launch',
      chain: 'carrier',
      details: { amountMinor: 53199 },
    });
  });

  it("waits for its instant, whatever zone it is given in, and leaves today's price until then", async () => {
    const { id } = await newSku();
    const now = (await office.post<Price>(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 60000, months: 24 }))
      .body;
    const next = await office.post<Price>(`/v1/skus/${id}/prices`, {
      currency: 'USD',
      amountMinor: 45600,
      effectiveFrom: '2099-04-26T01:00:00.5-07:00',
    });
    expect(next.body).toMatchObject({
      effectiveFrom: '2099-04-26T08:00:00.500Z',
      state: 'FUTURE',
      months: null,
      instalments: [],
    });
    const history = await prices(id);
    expect(history.map(({ id: price, state, effectiveUntil }) => [price, state, effectiveUntil])).toEqual([
      [next.body.id, 'FUTURE', null],
      [now.id, 'PRESENT', '2099-04-26T08:00:00.500Z'],
    ]);
    expect(
      (await office.get<{ prices: Price[] }>(`/v1/skus/${id}`)).body.prices.map(({ amountMinor }) => amountMinor),
    ).toEqual([60000]);
  });

  it('takes over at its instant', async () => {
    const { id } = await newSku();
    await office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 100 });
    await office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 200, effectiveFrom: later(700) });
    const present = async () => (await office.get<{ prices: Price[] }>(`/v1/skus/${id}`)).body.prices[0]!.amountMinor;
    expect(await present()).toBe(100);
    await new Promise((passed) => setTimeout(passed, 800));
    expect(await present()).toBe(200);
    expect((await prices(id)).map(({ state }) => state)).toEqual(['PRESENT', 'PAST']);
  });

  it('refuses to begin in the past or with another, and sets nothing', async () => {
    const { id } = await newSku();
    const body = { currency: 'USD', amountMinor: 100, effectiveFrom: '2099-01-01T00:00:00Z' };
    expect((await office.post(`/v1/skus/${id}/prices`, body)).status).toBe(201);
    const same = await office.post(`/v1/skus/${id}/prices`, { ...body, effectiveFrom: '2099-01-01T01:00:00+01:00' });
    const past = await office.post(`/v1/skus/${id}/prices`, { ...body, effectiveFrom: later(-DAY) });
    expect([same.body['code'], past.body['code']]).toEqual(['PRICE_START_TAKEN', 'PRICE_IN_THE_PAST']);
    expect([same.status, past.status, await countPrices(id)]).toEqual([409, 409, 1]);
  });

  it.each([
    ['more down than it costs', { amountMinor: 100, downPaymentMinor: 101, months: 12 }, '/downPaymentMinor'],
    ['a down payment without a plan', { amountMinor: 100, downPaymentMinor: 50 }, '/downPaymentMinor'],
    ['cents of cents', { amountMinor: 100.5 }, '/amountMinor'],
    ['an amount as text', { amountMinor: '100' }, '/amountMinor'],
    ['a negative amount', { amountMinor: -1 }, '/amountMinor'],
    ['a currency of unknown decimals', { amountMinor: 1, currency: 'XTS' }, '/currency'],
    ['a plan of no months', { amountMinor: 1, months: 0 }, '/months'],
    ['a time without a zone', { amountMinor: 1, effectiveFrom: '2099-01-01T00:00:00' }, '/effectiveFrom'],
    ['a day for a time', { amountMinor: 1, effectiveFrom: '2099-01-01' }, '/effectiveFrom'],
    ['30 February', { amountMinor: 1, effectiveFrom: '2099-02-30T00:00:00Z' }, '/effectiveFrom'],
    ['a year far off', { amountMinor: 1, effectiveFrom: '2101-01-01T00:00:00Z' }, '/effectiveFrom'],
  ])('refuses %s, and sets nothing', async (_, over, pointer) => {
    const { id } = await newSku();
    const refused = await office.post<{ code: string; errors: { pointer: string }[] }>(`/v1/skus/${id}/prices`, {
      currency: 'USD',
      ...over,
    });
    expect([refused.status, refused.body.code, refused.body.errors[0]!.pointer]).toEqual([
      400,
      'INVALID_INPUT',
      pointer,
    ]);
    expect(await countPrices(id)).toBe(0);
  });

  it('keeps each currency apart, with its own decimals', async () => {
    const { id } = await newSku();
    for (const currency of ['USD', 'JPY', 'KWD']) {
      await office.post(`/v1/skus/${id}/prices`, { currency, amountMinor: 5000 });
    }
    expect((await prices(id)).map(({ currency, exponent, state }) => [currency, exponent, state]).sort()).toEqual([
      ['JPY', 0, 'PRESENT'],
      ['KWD', 3, 'PRESENT'],
      ['USD', 2, 'PRESENT'],
    ]);
    expect((await prices(id, '?currency=JPY')).map(({ currency }) => currency)).toEqual(['JPY']);
  });

  it('tells customers neither what will be asked nor who set it', async () => {
    const { id } = await newSku();
    await office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 100 });
    await office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 50, effectiveFrom: later(DAY) });
    const customer = await shop.customer();
    const { items } = (await customer.get<PricePage>(`/v1/skus/${id}/prices`)).body;
    expect(items).toMatchObject([{ amountMinor: 100, setBy: null, effectiveUntil: null, state: 'PRESENT' }]);
  });

  it('lets many set it at once, all of them in the history', async () => {
    const { id } = await newSku();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        office.post(`/v1/skus/${id}/prices`, { currency: 'USD', amountMinor: 100 + n }),
      ),
    );
    const won = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(8 - won);
    expect(await countPrices(id)).toBe(won);
    expect(await shop.count('select count(*) from history where subject_id = $1 and chain is not null', [id])).toBe(
      won,
    );
    expect((await prices(id)).filter(({ state }) => state === 'PRESENT')).toHaveLength(1);
  });

  it('answers 404 for an unknown SKU', async () => {
    const nowhere = '/v1/skus/019b0000-0000-7000-8000-000000000000';
    expect((await office.get(nowhere)).status).toBe(404);
    expect((await office.get(`${nowhere}/prices`)).status).toBe(404);
    expect((await office.get(`${nowhere}/channels`)).status).toBe(404);
    expect((await office.post(`${nowhere}/prices`, { currency: 'USD', amountMinor: 1 })).status).toBe(404);
    expect((await office.put(`${nowhere}/channels`, { channels: [] })).status).toBe(404);
  });
});
