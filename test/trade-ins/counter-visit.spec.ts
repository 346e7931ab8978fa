import { answers } from './trade-rules.js';
import { done, TradeDesk, type Trade } from './trade-desk.js';

let desk: TradeDesk;
beforeAll(async () => void (desk = await TradeDesk.open()));
afterAll(() => desk.shop.close());

describe('a customer hands in a Q10 over the counter', () => {
  it('and has the credit on the bill in seven calls', async () => {
    const { till } = desk.people;
    const accountId = await desk.account();
    const identifier = desk.imei();
    const { body: found } = await till.post<{ candidates: unknown[] }>('/v1/identify', { identifier });
    expect(found.candidates).toHaveLength(1);
    const asked = await till.post<{ questionSet: { code: string; questions: { id: string }[] } }>(
      '/v1/trade-in-questions',
      { identifier },
    );
    expect(asked.body.questionSet.code).toBe('KEYBOARD-PHONE');
    expect(asked.body.questionSet.questions.map(({ id }) => id)).toContain('KEYBOARD');
    const { status, body: quote } = await desk.quote({ identifier, accountId });
    expect([status, quote.outcome, quote.marketMinor]).toEqual([201, 'BOUGHT', 12_000]);
    expect(quote.trace).toEqual([{ step: 'PRICE_LINE', about: 'US-1', amountMinor: 12_000 }]);
    expect(quote.plans.map(({ code, totalMinor }) => [code, totalMinor])).toEqual([
      ['BILL_CREDIT', 12_000],
      ['GIFT_CARD', 13_200],
      ['MONTHLY', 15_000],
      ['BANK', 12_000],
    ]);
    const accepted = await desk.accept(quote, { planCode: 'BILL_CREDIT' });
    expect([accepted.status, accepted.body.status, accepted.body.quotedMinor]).toEqual([201, 'ACCEPTED', 12_000]);
    const handed = await desk.act(accepted.body, 'hand-over', { identifier, sealedBag: 'BAG-7' });
    expect([handed.status, handed.body.status]).toEqual([200, 'RECEIVED']);
    const inspected = await desk.act(accepted.body, 'inspect', { identifier, answers: answers() });
    expect([inspected.body.status, inspected.body.agreedMinor]).toEqual(['VALIDATED', 12_000]);
    const settled = await desk.act(accepted.body, 'settle');
    expect([settled.status, settled.body.status]).toEqual([200, 'SETTLED']);
    expect(settled.body.credits).toEqual([
      expect.objectContaining({ component: 'MARKET', instrument: 'BILL_CREDIT', status: 'PAID', amountMinor: 12_000 }),
    ]);
    expect(await desk.balances(settled.body)).toEqual({
      CUSTOMER_ACCOUNT: -12_000,
      CUSTOMER_PAYABLE: 0,
      INVENTORY: 12_000,
    });
    const unit = await desk.shop.one<{ disposition: string; cost_minor: string; provenance: string }>(
      'select disposition, cost_minor, provenance from stock_holding where unit_id = $1 and closed_at is null',
      [settled.body.unitId],
    );
    expect(unit).toEqual({ disposition: 'QUARANTINE', cost_minor: '12000', provenance: 'TRADE_IN' });
  });

  it('of which two tills take the same one: one trade-in is made', async () => {
    const identifier = desk.imei();
    const [one, other] = [await done(desk.quote({ identifier })), await done(desk.quote({ identifier }))];
    const tried = await Promise.all([desk.accept(one), desk.accept(other)]);
    expect(tried.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = tried.find(({ status }) => status === 409)!;
    expect(['TRADE_IN_ALREADY_OPEN', 'WRONG_STATE']).toContain(refused.body.code);
    expect(await desk.shop.count('select count(*) from trade_in where imei14 = $1', [identifier.slice(0, 14)])).toBe(1);
  });

  it('but another one lies on the counter: nothing is taken', async () => {
    const trade = await done(desk.accept(await done(desk.quote())));
    const refused = await desk.act(trade, 'hand-over', { identifier: desk.imei(), sealedBag: 'BAG-8' });
    expect([refused.status, refused.body.code]).toEqual([409, 'WRONG_HANDSET']);
    expect((await desk.get(trade)).status).toBe('ACCEPTED');
  });

  it('that is worse than described, and takes what is offered for it as it is', async () => {
    const { imei, trade } = await desk.received();
    const worse = answers({ SCREEN: 'DEEP', BODY: 'DENTS' });
    const inspected = await done(desk.act(trade, 'inspect', { identifier: imei, answers: worse }));
    expect([inspected.status, inspected.inspections[0]!.verdict]).toEqual(['INSPECTING', 'WORSE']);
    expect(inspected.inspections[0]).toMatchObject({ marketMinor: 7_000, differs: ['SCREEN', 'BODY'] });
    const photographIds = [await desk.photograph(trade)];
    const offer = { reasons: ['SCREEN_SCRATCHED', 'FRAME_DENTED'], photographIds };
    const offered = await desk.act(trade, 'counter-offer', offer);
    expect([offered.body.status, offered.body.counterOffer?.marketMinor]).toEqual(['COUNTER_OFFERED', 7_000]);
    const taken = await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }));
    expect([taken.status, taken.agreedMinor, taken.counterOffer?.status]).toEqual(['VALIDATED', 7_000, 'ACCEPTED']);
    const settled: Trade = await done(desk.act(trade, 'settle'));
    expect([settled.status, settled.credits[0]!.amountMinor]).toEqual(['SETTLING', 7_000]);
  });
});
