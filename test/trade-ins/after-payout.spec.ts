import { setTimeout as pause } from 'node:timers/promises';
import { mailTo, mails } from '../support/mailbox.js';
import { done, SELLER, type Trade, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' });
  const limits = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
  const byMail = sampleRule('US-MAIL', { receivesAt: desk.dockId });
  const taxed = (byMail.terms as unknown as { plans: { code: string }[] }).plans.map((plan) =>
    plan.code === 'GIFT_CARD' ? { ...plan, marketTax: 'PAYMENT_LIKE', extraTax: 'POST_SALE_CREDIT' } : plan,
  );
  const ahead = { ...taxed[0]!, code: 'AHEAD', instrument: 'GIFT_CARD', timing: 'ON_ACCEPTANCE' };
  await desk.publish({
    ...byMail,
    terms: { ...byMail.terms, limits, lostInTransit: 'QUOTED', plans: [...taxed, ahead] },
  });
});
afterAll(() => desk.shop.close());

const home = () => desk.people.customer;
const office = () => desk.people.office;
const second = () => desk.people.second;
let sellers = 0;
const seller = (over: object = {}) => ({ ...SELLER, paperNumber: `WDL${++sellers}`, ...over });

const until = async (trade: Trade, right: (now: Trade) => boolean): Promise<Trade> => {
  for (;;) {
    const now = await desk.get(trade);
    if (right(now)) return now;
    await pause(20);
  }
};

/** A handset in a parcel on its way to us. */
async function sent(accept: object = {}) {
  const imei = desk.imei();
  const quote = await done(desk.quote({ identifier: imei, channel: 'MAIL', accountId: await desk.account() }, home()));
  const trade = await done(desk.accept(quote, { planCode: 'BANK', seller: seller(), ...accept }, home()));
  await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
  return { imei, trade: await done(desk.act(trade, 'note-sent', {}, home())) };
}

async function confirmAll(trade: Trade): Promise<Trade> {
  for (const { id, status } of trade.credits) {
    if (status !== 'REQUESTED') continue;
    await done(desk.act(trade, 'confirm-payout', { creditId: id, reference: `R-${id}` }, office()));
  }
  return desk.get(trade);
}

/** A trade-in over the counter, paid by gift card. */
async function paidByCard() {
  const { imei, trade } = await desk.validated({
    quote: { accountId: await desk.account() },
    accept: { planCode: 'GIFT_CARD', seller: seller() },
  });
  return { imei, trade: await confirmAll(await done(desk.act(trade, 'settle'))) };
}

describe('a parcel that the post has lost', () => {
  it('is paid for as quoted where the terms say so, and what nobody gives back is written off', async () => {
    const { trade } = await sent({ planCode: 'GIFT_CARD' });
    const lost = await done(desk.act(trade, 'lose', { reason: 'The carrier cannot find it' }, office()));
    expect([lost.status, lost.credits.map(({ amountMinor }) => amountMinor)]).toEqual([
      'LOST_IN_TRANSIT',
      [12_000, 1200],
    ]);
    const failing = lost.credits[0]!.id;
    await done(desk.act(trade, 'fail-payout', { creditId: failing, failure: 'No such card' }, office()));
    expect((await desk.get(trade)).credits.map(({ status }) => status)).toEqual(['FAILED', 'REQUESTED']);
    await done(desk.act(trade, 'confirm-payout', { creditId: failing, reference: 'GC-2' }, office()));
    const paid = await confirmAll(await desk.get(trade));
    expect([paid.status, paid.credits.map(({ status }) => status)]).toEqual(['LOST_IN_TRANSIT', ['PAID', 'PAID']]);
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_PAYABLE: 0, GIFT_CARD_LIABILITY: -13_200, PROMOTION_EXPENSE: 1200, TRADE_IN_RECEIVABLE: 12_000 },
    });
    const form = { account: 'TRADE_IN_RECEIVABLE', amountMinor: 12_000, reason: 'The post paid nothing' };
    expect((await desk.act(trade, 'write-off', form, second())).status).toBe(200);
    expect(await desk.balances(trade)).toMatchObject({ TRADE_IN_RECEIVABLE: 0, WRITE_OFF_EXPENSE: 12_000 });
    const again = await desk.act(trade, 'write-off', { ...form, amountMinor: 1 }, second());
    expect([again.status, again.body.code, again.body.facts]).toEqual([
      409,
      'MORE_THAN_IS_OWED',
      { account: 'TRADE_IN_RECEIVABLE', openMinor: 0 },
    ]);
  });

  it('turns up after all: what was given up is owed again, and the handset makes it good', async () => {
    const { imei, trade } = await sent({ planCode: 'GIFT_CARD' });
    await confirmAll(await done(desk.act(trade, 'lose', { reason: 'The carrier cannot find it' }, office())));
    const form = { account: 'TRADE_IN_RECEIVABLE', amountMinor: 12_000, reason: 'The post paid nothing' };
    await done(desk.act(trade, 'write-off', form, second()));
    await done(desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-L' }, office()));
    expect(await desk.balances(trade)).toMatchObject({ TRADE_IN_RECEIVABLE: 12_000, WRITE_OFF_EXPENSE: 0 });
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers() }, office()));
    expect((await done(desk.act(trade, 'settle', {}, office()))).status).toBe('SETTLED');
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_PAYABLE: 0, GIFT_CARD_LIABILITY: -13_200, INVENTORY: 12_000, PROMOTION_EXPENSE: 1200 },
      ...{ TRADE_IN_RECEIVABLE: 0, WRITE_OFF_EXPENSE: 0 },
    });
  });

  it('leaves the customer with what was paid ahead, and nothing is paid twice', async () => {
    const { trade } = await sent({ planCode: 'AHEAD' });
    await confirmAll(await desk.get(trade));
    const lost = await done(desk.act(trade, 'lose', { reason: 'The carrier cannot find it' }, office()));
    expect([lost.credits.map(({ status, amountMinor }) => [status, amountMinor]), lost.agreedMinor]).toEqual([
      [['PAID', 12_000]],
      null,
    ]);
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_PAYABLE: 0, GIFT_CARD_LIABILITY: -12_000, TRADE_IN_RECEIVABLE: 12_000 },
    });
  });

  it('is not paid for when a registry has the handset', async () => {
    const { imei, trade } = await sent();
    await done(office().post('/v1/block-lists/entries', { identifier: imei, reason: 'LOST_OR_STOLEN' }));
    const lost = await done(desk.act(trade, 'lose', { reason: 'The carrier cannot find it' }, office()));
    expect([lost.status, lost.credits, lost.agreedMinor]).toEqual(['LOST_IN_TRANSIT', [], null]);
  });

  it('is lost or docked, not both, by two people at the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      const { imei, trade } = await sent();
      const [lost, docked] = await Promise.all([
        desk.act(trade, 'lose', { reason: 'The carrier cannot find it' }, office()),
        desk.act(trade, 'dock', { identifier: imei, sealedBag: `BAG-${round}` }, second()),
      ]);
      // What was called lost first and then lies here has turned up.
      expect([lost.status, docked.status]).toContain(200);
      const now = await desk.get(trade);
      expect(now.status).toBe(docked.status === 200 ? 'RECEIVED' : 'LOST_IN_TRANSIT');
      expect(now.credits).toHaveLength(lost.status === 200 ? 1 : 0);
    }
  });

  it('is not paid for by who took the offer, where it is more than one person may give away', async () => {
    const rule = (
      await office().get<{ items: { kind: string; code: string; terms?: object }[] }>('/v1/trade-in-rules')
    ).body.items.find(({ terms }) => (terms as { channel?: string } | undefined)?.channel === 'MAIL')!;
    const { terms, code, kind } = rule;
    await desk.publish({ kind, code, terms: { ...terms, secondPersonAboveMinor: 10_000 } });
    const imei = desk.imei();
    const quote = await done(desk.quote({ identifier: imei, channel: 'MAIL' }, office()));
    const trade = await done(desk.accept(quote, { planCode: 'BANK', seller: seller() }, office()));
    await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
    await done(desk.act(trade, 'note-sent', {}, office()));
    const form = { reason: 'The carrier cannot find it' };
    expect((await desk.act(trade, 'lose', form, office())).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await desk.get(trade)).status).toBe('IN_TRANSIT');
    expect((await done(desk.act(trade, 'lose', form, second()))).credits).toHaveLength(1);
    await desk.publish({ kind, code, terms });
  });

  it('has no place in the terms of stores', async () => {
    const rule = sampleRule('US-STORE');
    const { status, body } = await office().post<{ errors: { pointer: string; code: string }[] }>(
      '/v1/trade-in-rules',
      { ...rule, terms: { ...rule.terms, lostInTransit: 'QUOTED' } },
    );
    expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([
      400,
      [['/terms/lostInTransit', 'NOT_EXPECTED']],
    ]);
  });
});

describe('what was taken back of a customer', () => {
  const form = { account: 'GIFT_CARD_LIABILITY', amountMinor: 5000, reason: 'The card is empty' };

  it('is written off as far as nobody will pay it, bit by bit and never beyond', async () => {
    const { trade } = await paidByCard();
    const early = await desk.act(trade, 'write-off', form, second());
    expect([early.status, early.body.code]).toEqual([409, 'WRONG_STATE']);
    await done(desk.act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office()));
    await done(desk.act(trade, 'write-off', form, second()));
    await done(desk.act(trade, 'write-off', { ...form, amountMinor: 7500 }, second()));
    const refused = await desk.act(trade, 'write-off', form, second());
    expect([refused.body.code, refused.body.facts]).toEqual([
      'MORE_THAN_IS_OWED',
      { account: 'GIFT_CARD_LIABILITY', openMinor: 700 },
    ]);
    expect(await desk.balances(trade)).toMatchObject({ GIFT_CARD_LIABILITY: -12_500, WRITE_OFF_EXPENSE: 12_500 });
    const { body } = await office().get<{ entries: { event: string; component: string; amountMinor: number }[] }>(
      `/v1/trade-ins/${trade.id}/money-entries`,
    );
    expect(
      body.entries
        .filter(({ event }) => event === 'WRITTEN_OFF')
        .map(({ component, amountMinor }) => [component, amountMinor]),
    ).toEqual([
      ['MARKET', 5000],
      ['MARKET', 7000],
      ['PROMOTION', 500],
    ]);
  });

  it('is written off once by ten people at the same moment', async () => {
    const { trade } = await paidByCard();
    await done(desk.act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office()));
    const all = { ...form, amountMinor: 13_200 };
    const tried = await Promise.all(Array.from({ length: 10 }, () => desk.act(trade, 'write-off', all, second())));
    expect(tried.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    expect(await desk.balances(trade)).toMatchObject({ GIFT_CARD_LIABILITY: -13_200, WRITE_OFF_EXPENSE: 13_200 });
  });

  it('above the amount of the terms takes somebody who moved none of that money', async () => {
    const strict = sampleRule('US-STORE');
    await desk.publish({ ...strict, terms: { ...strict.terms, secondPersonAboveMinor: 10_000 } });
    const { imei, trade } = await desk.received({
      quote: { accountId: await desk.account() },
      accept: { planCode: 'GIFT_CARD', seller: seller() },
    });
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers() }, office()));
    const paid = await confirmAll(await done(desk.act(trade, 'settle', {}, second())));
    await done(desk.act(paid, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office()));
    const large = { ...form, amountMinor: 13_200 };
    for (const one of [office(), second()]) {
      expect((await desk.act(trade, 'write-off', large, one)).body.code).toBe('SECOND_PERSON_NEEDED');
    }
    expect(await desk.balances(trade)).not.toHaveProperty('WRITE_OFF_EXPENSE');
    const third = await desk.shop.as({ sub: 'back-office-3', role: 'BACK_OFFICE', scope: 'trade-ins:review' });
    expect((await desk.act(trade, 'write-off', large, third)).status).toBe(200);
    await desk.publish(sampleRule('US-STORE'));
  });
});

describe('thirty days after a payout', () => {
  const thirtyDaysPass = (trade: Trade) =>
    desk.shop.db.query(
      `update trade_in set settled_at = settled_at - interval '30 days', recheck_at = recheck_at - interval '30 days'
       where id = $1`,
      [trade.id],
    );
  const days = (trade: Trade) =>
    desk.shop.one<{ days: number | null }>(
      `select extract(epoch from recheck_at - settled_at)::int / 86400 as days from trade_in where id = $1`,
      [trade.id],
    );

  it('the block lists are looked at again, then after sixty and ninety', async () => {
    const { trade } = await paidByCard();
    for (const next of [60, 90, null]) {
      await thirtyDaysPass(trade);
      while ((await days(trade)).days !== next) await pause(20);
    }
    const { checks, listedAt } = await desk.get(trade);
    expect(checks.filter(({ phase, name }) => phase === 'AFTER_PAYOUT' && name === 'BLOCK_LISTS')).toHaveLength(3);
    expect(listedAt).toBeNull();
  });

  it('a handset that was reported since is barred from sale, and the back office sees it to take the money back', async () => {
    const { imei, trade } = await paidByCard();
    await done(office().post('/v1/block-lists/entries', { identifier: imei, reason: 'LOST_OR_STOLEN' }));
    await thirtyDaysPass(trade);
    const listed = await until(trade, ({ listedAt }) => listedAt !== null);
    expect(listed.status).toBe('SETTLED');
    const queue = await office().get<{ items: { id: string }[] }>('/v1/trade-ins?queue=LISTED_AFTER');
    expect(queue.body.items.map(({ id }) => id)).toEqual([trade.id]);
    const barred = await desk.shop.one<{ kinds: string }>(
      `select string_agg(kind, ' ') as kinds from unit_encumbrance where unit_id = $1 and lifted_at is null`,
      [trade.unitId],
    );
    expect(barred.kinds).toBe('BLOCK_LISTED');
    expect(
      await desk.shop.count(
        `select count(*) from outbox_event where type = 'trade-in.listed-after-payout' and aggregate_id = $1`,
        [trade.id],
      ),
    ).toBe(1);
    await done(desk.act(trade, 'claw-back', { reason: 'BLOCKLISTED_AFTER', scope: 'ALL' }, office()));
    const after = await office().get<{ items: unknown[] }>('/v1/trade-ins?queue=LISTED_AFTER');
    expect(after.body.items).toEqual([]);
  });
});

describe('a seller who gave an address', () => {
  it('reads what is offered instead, why, until when, and what silence means', async () => {
    const email = 'ada@example.com';
    const { imei, trade } = await sent({ seller: seller({ email, language: 'es' }) });
    await done(desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-M' }, office()));
    await mailTo(desk.shop, email, 'Su teléfono ha llegado');
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers({ KEYBOARD: 'NO' }) }, office()));
    const form = { reasons: ['KEYBOARD_FAULT'], photographIds: [await desk.photograph(trade)] };
    const { counterOffer, number } = await done(desk.act(trade, 'counter-offer', form, office()));
    const { subject, text } = await mailTo(desk.shop, email, 'No está como se describió');
    expect(subject).toBe(`Novedades de su entrega ${number}`);
    expect(counterOffer!.marketMinor).toBe(4000);
    expect(text).toMatch(/^- \S/m);
    expect(text).toContain('40,00');
    expect(text).toContain('Sin respuesta se lo devolvemos.');
    await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }, home()));
    await confirmAll(await done(desk.act(trade, 'settle', {}, office())));
    await mailTo(desk.shop, email, 'Su entrega está completa.');
    await pause(300);
    expect((await mails(desk.shop, email)).map(({ text: one }) => one.split('\n')[0])).toHaveLength(3);
  });

  it('and others read nothing', async () => {
    const before = (await mails(desk.shop)).length;
    const { trade } = await paidByCard();
    await until(trade, () => true);
    for (;;) {
      const { told } = await desk.shop.one<{ told: string }>('select told_status as told from trade_in where id = $1', [
        trade.id,
      ]);
      if (told === 'SETTLED') break;
      await pause(20);
    }
    expect((await mails(desk.shop)).length).toBe(before);
  });
});

describe('what tax makes of it', () => {
  it('is kept with each credit as the terms say, and told to whoever pays', async () => {
    const { trade } = await sent({ planCode: 'GIFT_CARD' });
    const lost = await done(desk.act(trade, 'lose', { reason: 'Never came' }, office()));
    expect(lost.credits.map(({ component, taxTreatment }) => [component, taxTreatment])).toEqual([
      ['MARKET', 'PAYMENT_LIKE'],
      ['PROMOTION', 'POST_SALE_CREDIT'],
    ]);
    const { told } = await desk.shop.one<{ told: string[] }>(
      `select array_agg(payload->>'taxTreatment' order by payload->>'component') as told from outbox_event
       where type = 'payout.requested' and aggregate_id = $1`,
      [trade.id],
    );
    expect(told).toEqual(['PAYMENT_LIKE', 'POST_SALE_CREDIT']);
  });
});
