import { setTimeout as pause } from 'node:timers/promises';
import { done, type Quote, SELLER, type Trade, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' });
  const rule = sampleRule('US-STORE');
  const limits = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
  await desk.publish({ ...rule, terms: { ...rule.terms, limits } });
});
afterAll(() => desk.shop.close());

const times = <T>(count: number, make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const statuses = (answers: readonly { status: number }[], status: number) =>
  answers.filter((one) => one.status === status).length;
const outcomes = (answers: readonly { status: number; body: { code?: string } }[]) =>
  [...new Set(answers.filter(({ status }) => status !== 200 && status !== 201).map(({ body }) => body.code))].sort();

describe('fifty acceptances of one handset', () => {
  it('make one trade-in', async () => {
    const identifier = desk.imei();
    const quotes = await times(50, () => done(desk.quote({ identifier })));
    const tried = await Promise.all(quotes.map((quote) => desk.accept(quote)));
    expect(statuses(tried, 201)).toBe(1);
    expect(outcomes(tried)).toEqual(['TRADE_IN_ALREADY_OPEN']);
    const imei14 = identifier.slice(0, 14);
    expect(await desk.shop.count('select count(*) from trade_in where imei14 = $1', [imei14])).toBe(1);
    const byState = await desk.shop.db.query(
      'select status, count(*)::int from trade_in_quote where imei14 = $1 group by status order by status',
      [imei14],
    );
    expect(byState.rows).toEqual([
      { status: 'ACCEPTED', count: 1 },
      { status: 'SUPERSEDED', count: 49 },
    ]);
  });
});

describe('a price that three handsets are wanted at', () => {
  it('is given three times, however many ask at once', async () => {
    const { id } = await desk.approvePrices('US-WANTED');
    await desk.shop.db.query(
      `update price_line set wanted = 3 where version_id = $1 and grade = 'FLAWLESS' and functional = 'WORKING'`,
      [id],
    );
    const quotes = await times(12, () => done(desk.quote()));
    const tried = await Promise.all(quotes.map((quote) => desk.accept(quote)));
    expect([statuses(tried, 201), statuses(tried, 409)]).toEqual([3, 9]);
    expect(outcomes(tried)).toEqual(['NO_MORE_WANTED']);
    const { outcome, reasons, marketMinor } = await done(desk.quote());
    expect([outcome, reasons, marketMinor]).toEqual(['RECYCLED', ['NO_MORE_WANTED'], null]);
    await desk.approvePrices('US-ANY-NUMBER');
  });
});

describe('a counter-offer that is answered as it runs out', () => {
  it('is taken or returned, never both', async () => {
    const ends: Record<string, number> = {};
    for (let round = 0; round < 12; round++) {
      const trade = await offered();
      const inAMoment = 20 + Math.random() * 80;
      await desk.shop.db.query(
        `update trade_in set waits_until = clock_timestamp() + make_interval(secs => $2) where id = $1`,
        [trade.id, inAMoment / 1000],
      );
      await pause(Math.random() * 120);
      const answer = await desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' });
      const end = await settled(trade, ['VALIDATED', 'RETURN_PENDING']);
      expect(end.status).toBe(answer.status === 200 ? 'VALIDATED' : 'RETURN_PENDING');
      if (answer.status !== 200) expect(['OFFER_EXPIRED', 'WRONG_STATE']).toContain(answer.body.code);
      const acts = await desk.shop.count(
        `select count(*) from history where subject_id = $1 and act in ('acceptCounterOffer', 'askBack')`,
        [trade.id],
      );
      expect(acts).toBe(1);
      ends[end.status] = (ends[end.status] ?? 0) + 1;
    }
    process.stdout.write(`A counter-offer answered as it runs out: ${JSON.stringify(ends)}\n`);
  });
});

describe('a settlement', () => {
  it('asked for by twenty at once pays once', async () => {
    const accountId = await desk.account();
    const { trade } = await desk.validated({ quote: { accountId }, accept: { planCode: 'BILL_CREDIT' } });
    const tried = await times(20, () => desk.act(trade, 'settle'));
    expect(statuses(tried, 200)).toBe(1);
    expect(outcomes(tried)).toEqual(['WRONG_STATE']);
    expect(await desk.balances(trade)).toEqual({ CUSTOMER_ACCOUNT: -12_000, CUSTOMER_PAYABLE: 0, INVENTORY: 12_000 });
    expect((await desk.get(trade)).credits).toHaveLength(1);
  });

  it('of a handset that comes onto a list at that moment is paid or held back, never both', async () => {
    const ends: Record<string, number> = {};
    for (let round = 0; round < 8; round++) {
      const { imei, trade } = await desk.validated();
      const [listed, tried] = await Promise.all([
        desk.people.office.post('/v1/block-lists/entries', { identifier: imei, reason: 'LOST_OR_STOLEN' }),
        pause(Math.random() * 12).then(() => desk.act(trade, 'settle')),
      ]);
      expect([listed.status, tried.status]).toEqual([201, 200]);
      const { status, credits } = await desk.get(trade);
      expect([status, credits.length]).toEqual(status === 'SUSPENDED' ? ['SUSPENDED', 0] : ['SETTLING', 1]);
      ends[status] = (ends[status] ?? 0) + 1;
    }
    process.stdout.write(`Settled as it is listed: ${JSON.stringify(ends)}\n`);
  });

  it('is held back when the list came first: nothing is paid, and the handset cannot be sold', async () => {
    const { imei, trade } = await desk.validated();
    await desk.people.office.post('/v1/block-lists/entries', { identifier: imei, reason: 'LOST_OR_STOLEN' });
    const { body } = await desk.act(trade, 'settle');
    expect([body.status, body.suspendedFor, body.credits]).toEqual(['SUSPENDED', 'BLOCKLIST_SOFT_MATCH', []]);
    expect(
      body.checks.filter(({ phase }) => phase === 'PAYOUT').map(({ name, outcome }) => [name, outcome]),
    ).toContainEqual([...['BLOCK_LISTS', 'FAIL']]);
    const barred = await desk.shop.count(
      `select count(*) from unit_encumbrance where unit_id = $1 and kind = 'BLOCK_LISTED' and lifted_at is null`,
      [trade.unitId],
    );
    expect(barred).toBe(1);
  });
});

describe('two inspectors of one handset', () => {
  it('do not both inspect it', async () => {
    const { imei, trade } = await desk.received();
    const other = await desk.shop.associate(desk.storeId, 'associate-7');
    const form = { identifier: imei, answers: answers({ SCREEN: 'DEEP' }) };
    const tried = await Promise.all([desk.act(trade, 'inspect', form), desk.act(trade, 'inspect', form, other)]);
    expect([statuses(tried, 200), outcomes(tried)]).toEqual([1, ['UNDER_INSPECTION']]);
    expect((await desk.get(trade)).inspections).toHaveLength(1);
  });
});

describe('one seller who hands in many at once', () => {
  it('is looked at once the limit is passed, however they come', async () => {
    const rule = sampleRule('US-STORE');
    await desk.publish(rule);
    const quotes: Quote[] = await times(10, () => done(desk.quote()));
    const seller = { ...SELLER, paperNumber: 'MANY1' };
    const taken = await Promise.all(quotes.map((quote) => done(desk.accept(quote, { seller }))));
    expect(taken.filter(({ review }) => review.includes('VELOCITY'))).toHaveLength(5);
  });
});

async function offered(): Promise<Trade> {
  const { imei, trade } = await desk.received();
  await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers({ SCREEN: 'DEEP' }) }));
  const photographIds = [await desk.photograph(trade)];
  return done(desk.act(trade, 'counter-offer', { reasons: ['SCREEN_SCRATCHED'], photographIds }));
}

async function settled(trade: Trade, ends: readonly string[]): Promise<Trade> {
  for (;;) {
    const now = await desk.get(trade);
    if (ends.includes(now.status)) return now;
    await pause(20);
  }
}
