import { setTimeout as pause } from 'node:timers/promises';
import { done, SELLER, type Trade, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

const LIMITS = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };

let desk: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' });
  await publish('US-STORE');
  await publish('US-MAIL', { receivesAt: desk.dockId });
});
afterAll(() => desk.shop.close());

/** Terms under which a credit may come before the handset. */
async function publish(code: string, ids: { receivesAt?: string } = {}, over: object = {}): Promise<void> {
  const rule = sampleRule(code, ids);
  const { plans } = rule.terms as unknown as { plans: { code: string }[] };
  const ahead = [
    { ...plans.find((plan) => plan.code === 'BILL_CREDIT')!, code: 'AT_ONCE', timing: 'ON_ACCEPTANCE' },
    { ...plans.find((plan) => plan.code === 'PAYOFF')!, code: 'PAYOFF_AT_ONCE', timing: 'ON_ACCEPTANCE' },
  ];
  await desk.publish({ ...rule, terms: { ...rule.terms, limits: LIMITS, plans: [...plans, ...ahead], ...over } });
}

const office = () => desk.people.office;
const second = () => desk.people.second;
const home = () => desk.people.customer;
let papers = 0;
const seller = () => ({ ...SELLER, paperNumber: `WD${++papers}` });
const list = (identifier: string) =>
  done(office().post('/v1/block-lists/entries', { identifier, reason: 'LOST_OR_STOLEN' }));
const owing = async (imei: string, balance: number) => {
  const accountId = await desk.account();
  await desk.shop.make.insert('device_record', {
    ...{ id: accountId, imei14: imei.slice(0, 14), account_id: accountId, sold_by_us: true },
    ...{ balance_minor: balance, currency: 'USD' },
  });
  return accountId;
};
const owed = async (imei: string) =>
  Number(
    (
      await desk.shop.one<{ owed: string }>('select balance_minor as owed from device_record where imei14 = $1', [
        imei.slice(0, 14),
      ])
    ).owed,
  );
const until = async (trade: Trade, status: string): Promise<Trade> => {
  for (;;) {
    const now = await desk.get(trade);
    if (now.status === status) return now;
    await pause(20);
  }
};
const worse = async (trade: { id: string }, imei: string, by = office()) =>
  desk.act(trade, 'inspect', { identifier: imei, answers: answers({ SCREEN: 'DEEP' }) }, by);

/** A handset on its way by mail, paid before it is seen. */
async function sentAndPaid(planCode = 'AT_ONCE') {
  const imei = desk.imei();
  const quote = await done(
    desk.quote({ identifier: imei, channel: 'MAIL', accountId: await desk.account() }, office()),
  );
  const trade = await done(desk.accept(quote, { planCode, seller: seller() }, office()));
  await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
  return { imei, trade: await done(desk.act(trade, 'note-sent', {}, office())) };
}

describe('a credit given before the handset is seen', () => {
  it('is taken back when a parcel that was said to be sent never comes', async () => {
    const { trade } = await sentAndPaid();
    expect(trade.credits.map(({ status }) => status)).toEqual(['PAID']);
    await desk.shop.db.query('update trade_in set deadline_at = now() where id = $1', [trade.id]);
    const over = await until(trade, 'NOT_RECEIVED');
    expect(over.credits.map(({ status }) => status)).toEqual(['REVERSED']);
    expect(await desk.balances(trade)).toEqual({ CUSTOMER_ACCOUNT: 0, CUSTOMER_PAYABLE: 0, TRADE_IN_RECEIVABLE: 0 });
  });

  it('waits where the handset is still owed for, or more than one person may give away', async () => {
    const imei = desk.imei();
    const accountId = await desk.account();
    const quote = await done(desk.quote({ identifier: imei, accountId }));
    await desk.shop.make.insert('device_record', {
      ...{ id: accountId, imei14: imei.slice(0, 14), account_id: accountId, sold_by_us: true },
      ...{ balance_minor: 100, currency: 'USD' },
    });
    const trade = await done(desk.accept(quote, { planCode: 'AT_ONCE', seller: seller() }));
    expect([trade.status, trade.credits]).toEqual(['ACCEPTED', []]);
  });

  it('goes to the account of the quote, not to one that a till names', async () => {
    const quote = await done(desk.quote({ accountId: await desk.account() }));
    const other = await desk.account();
    const refused = await desk.accept(quote, { planCode: 'AT_ONCE', accountId: other, seller: seller() });
    expect([refused.status, refused.body.errors!.map(({ pointer, code }) => [pointer, code])]).toEqual([
      400,
      [['/accountId', 'OTHER_ACCOUNT']],
    ]);
  });
});

describe('what a handset pays off of itself', () => {
  it('is owed again when the trade-in comes to nothing', async () => {
    const imei = desk.imei();
    const accountId = await owing(imei, 4500);
    const quote = await done(desk.quote({ identifier: imei, accountId }));
    const trade = await done(desk.accept(quote, { planCode: 'PAYOFF_AT_ONCE', seller: seller() }));
    expect(await owed(imei)).toBe(0);
    await done(desk.act(trade, 'cancel', { reason: 'Changed my mind' }));
    expect(await owed(imei)).toBe(4500);
  });

  it('is not paid out as well when the value turns out to be another', async () => {
    const imei = desk.imei();
    const accountId = await owing(imei, 4500);
    const { trade } = await desk.received({
      imei,
      quote: { accountId },
      accept: { planCode: 'PAYOFF_AT_ONCE', seller: seller() },
    });
    await done(worse(trade, imei, desk.people.till));
    const form = { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] };
    await done(desk.act(trade, 'counter-offer', form));
    await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }));
    expect(await owed(imei)).toBe(4500);
    const { credits } = await done(desk.act(trade, 'settle'));
    const live = credits.filter(({ status }) => status !== 'REVERSED');
    expect(live.map(({ instrument, amountMinor }) => [instrument, amountMinor])).toEqual([
      ['EIP_PAYOFF', 4500],
      ['BILL_CREDIT', 2500],
    ]);
    expect(await owed(imei)).toBe(0);
  });
});

describe('a payout that failed', () => {
  const failed = async () => {
    const { imei, trade } = await desk.validated({ accept: { planCode: 'BANK', seller: seller() } });
    const { credits } = await done(desk.act(trade, 'settle'));
    await done(desk.act(trade, 'fail-payout', { creditId: credits[0]!.id, failure: 'Account closed' }, office()));
    return { imei, trade, creditId: credits[0]!.id };
  };
  const asked = (trade: Trade) =>
    desk.shop.count(`select count(*) from outbox_event where type = 'payout.requested' and aggregate_id = $1`, [
      trade.id,
    ]);

  it('is asked for once more, and whoever pays is told so', async () => {
    const { trade, creditId } = await failed();
    expect(await asked(trade)).toBe(1);
    const again = await done(desk.act(trade, 'settle'));
    expect([again.status, again.credits[0]!.status, await asked(trade)]).toEqual(['SETTLING', 'REQUESTED', 2]);
    await done(desk.act(trade, 'confirm-payout', { creditId, reference: 'ACH-2' }, office()));
    expect((await desk.get(trade)).status).toBe('SETTLED');
  });

  it('is not tried again for a handset that was reported since', async () => {
    const { imei, trade } = await failed();
    await list(imei);
    expect((await done(desk.act(trade, 'settle'))).status).toBe('SUSPENDED');
    expect(await asked(trade)).toBe(1);
  });
});

describe('an acceptance whose answer was lost', () => {
  it('is answered again as before', async () => {
    const quote = await done(desk.quote());
    const body = { planCode: 'BANK', termsHash: quote.terms.hash, seller: seller() };
    const at = `/v1/trade-in-quotes/${quote.id}/accept`;
    const key = 'accept-once-more-0001';
    const [first, again] = [
      await desk.people.till.post<Trade>(at, body, { key }),
      await desk.people.till.post<Trade>(at, body, { key }),
    ];
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('a handset that a registry has', () => {
  it('by the IMEI that the inspector reads: nothing is offered, and it never goes back', async () => {
    const { imei, trade } = await sentAndPaid('BANK');
    await done(desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-S' }, office()));
    const inside = desk.imei();
    await list(inside);
    await done(worse(trade, inside));
    const form = { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] };
    const offered = await desk.act(trade, 'counter-offer', form, office());
    expect([offered.status, offered.body.code]).toEqual([409, 'WRONG_STATE']);
    await done(desk.act(trade, 'reject', { reason: 'STOLEN' }, office()));
    const back = await desk.act(trade, 'send-back', {}, office());
    expect([back.status, back.body.code, back.body.facts]).toEqual([
      409,
      'WRONG_STATE',
      expect.objectContaining({ possible: ['surrender'] }),
    ]);
    const gone = await done(desk.act(trade, 'surrender', { reason: 'Asked for by the police' }, office()));
    expect(gone.status).toBe('SURRENDERED');
  });

  it('is asked for by every IMEI of it just before it is paid', async () => {
    const { imei, trade } = await desk.received({ accept: { seller: seller() } });
    const inside = desk.imei();
    await done(worse(trade, inside, desk.people.till));
    const form = { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] };
    await done(desk.act(trade, 'counter-offer', form));
    await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }));
    await list(inside);
    expect(imei).not.toBe(inside);
    expect((await done(desk.act(trade, 'settle'))).status).toBe('SUSPENDED');
  });
});

describe('whoever grades a handset', () => {
  it('is not who quoted it where it is worth more than one person may decide, as found too', async () => {
    await publish('US-STORE', {}, { secondPersonAboveMinor: 9000 });
    const imei = desk.imei();
    const quote = await done(desk.quote({ identifier: imei, answers: answers({ SCREEN: 'DEEP' }) }));
    expect(quote.marketMinor).toBe(7000);
    const trade = await done(desk.accept(quote, { seller: seller() }, office()));
    await done(desk.act(trade, 'hand-over', { identifier: imei, sealedBag: 'BAG-9' }));
    const flawless = { identifier: imei, answers: answers() };
    for (const one of [desk.people.till, office()]) {
      expect((await desk.act(trade, 'inspect', flawless, one)).body.code).toBe('SECOND_PERSON_NEEDED');
    }
    expect((await done(desk.act(trade, 'inspect', flawless, second()))).agreedMinor).toBe(12_000);
    await publish('US-STORE');
  });

  it('grades it anew after it was kept waiting, before anything is offered', async () => {
    const { imei, trade } = await desk.received({ accept: { seller: seller() } });
    await done(worse(trade, imei, desk.people.till));
    await done(desk.act(trade, 'suspend', { reason: 'LOCK_ON_RECEIVED' }, office()));
    await done(desk.act(trade, 'resume', { reason: 'Signed out' }, office()));
    const form = { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] };
    const early = await desk.act(trade, 'counter-offer', form);
    expect([early.status, early.body.code]).toEqual([409, 'INSPECTION_MISSING']);
    expect((await desk.get(trade)).status).toBe('INSPECTING');
    await done(worse(trade, imei, desk.people.till));
    expect((await done(desk.act(trade, 'counter-offer', form))).status).toBe('COUNTER_OFFERED');
  });

  it('does not answer their own offer for a customer at home', async () => {
    const imei = desk.imei();
    const quote = await done(desk.quote({ identifier: imei, channel: 'MAIL' }, home()));
    const trade = await done(desk.accept(quote, { seller: seller() }, home()));
    await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
    await done(desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-A' }, office()));
    await done(worse(trade, imei));
    const form = { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] };
    await done(desk.act(trade, 'counter-offer', form, office()));
    const own = await desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }, office());
    expect([own.status, own.body.code]).toEqual([403, 'SECOND_PERSON_NEEDED']);
    const seen = await home().get<Trade>(`/v1/trade-ins/${trade.id}`);
    expect(seen.body.inspections.map(({ inspectedBy }) => inspectedBy)).toEqual([null]);
    expect((await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }, home()))).status).toBe(
      'VALIDATED',
    );
  });
});

describe('when everything is taken back of a handset', () => {
  it('that is still here, it has cost nothing', async () => {
    const { trade } = await desk.validated({
      quote: { accountId: await desk.account() },
      accept: { planCode: 'BILL_CREDIT', seller: seller() },
    });
    await done(desk.act(trade, 'settle'));
    await done(desk.act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office()));
    const holding = await desk.shop.one('select cost_minor from stock_holding where unit_id = $1', [trade.unitId]);
    expect([holding, await desk.balances(trade)]).toEqual([
      { cost_minor: '0' },
      { CUSTOMER_ACCOUNT: 0, CUSTOMER_PAYABLE: 0, INVENTORY: 0 },
    ]);
  });

  it('that was sold meanwhile, what comes back is income', async () => {
    const { trade } = await desk.validated({
      quote: { accountId: await desk.account() },
      accept: { planCode: 'BILL_CREDIT', seller: seller() },
    });
    await done(desk.act(trade, 'settle'));
    await desk.shop.db.query(`update stock_holding set disposition = 'SOLD', closed_at = now() where unit_id = $1`, [
      trade.unitId,
    ]);
    await done(desk.act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office()));
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_ACCOUNT: 0, CUSTOMER_PAYABLE: 0, INVENTORY: 12_000, RECOVERY_INCOME: -12_000 },
    });
  });
});
