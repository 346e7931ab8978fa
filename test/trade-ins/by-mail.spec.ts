import { setTimeout as pause } from 'node:timers/promises';
import { CUSTOMER } from '../support/tokens.js';
import { done, type Trade, TradeDesk } from './trade-desk.js';
import { answers } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => void (desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' })));
afterAll(() => desk.shop.close());

const home = () => desk.people.customer;
const office = () => desk.people.office;

/** A customer at home who has taken an offer. */
async function offeredByMail(over: { answers?: object; accept?: object } = {}) {
  const imei = desk.imei();
  const given = { identifier: imei, channel: 'MAIL', answers: over.answers ?? answers() };
  const quote = await done(desk.quote(given, home()));
  return { imei, trade: await done(desk.accept(quote, over.accept, home())) };
}

async function docked(over: Parameters<typeof offeredByMail>[0] = {}) {
  const { imei, trade } = await offeredByMail(over);
  await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
  await done(desk.act(trade, 'note-sent', {}, home()));
  return { imei, trade: await done(desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-M' }, office())) };
}

const until = async (trade: Trade, status: string): Promise<Trade> => {
  for (;;) {
    const now = await desk.get(trade);
    if (now.status === status) return now;
    await pause(20);
  }
};

describe('a customer sends a Q10 by mail', () => {
  it('and is paid to the bank once it has been found as described', async () => {
    const { imei, trade } = await docked();
    const form = { identifier: imei, answers: answers() };
    expect((await done(desk.act(trade, 'inspect', form, office()))).status).toBe('VALIDATED');
    const settling = await done(desk.act(trade, 'settle', {}, office()));
    expect([settling.status, settling.credits[0]!.status]).toEqual(['SETTLING', 'REQUESTED']);
    const creditId = settling.credits[0]!.id;
    const settled = await done(desk.act(trade, 'confirm-payout', { creditId, reference: 'ACH-77' }, office()));
    expect([settled.status, settled.credits[0]!.status]).toEqual(['SETTLED', 'PAID']);
    expect(await desk.balances(trade)).toEqual({ BANK_CLEARING: -12_000, CUSTOMER_PAYABLE: 0, INVENTORY: 12_000 });
  });

  it('sees how it goes, and nothing of who looked into it or what the registries say', async () => {
    const { trade } = await docked();
    const own = await home().get<Trade>(`/v1/trade-ins/${trade.id}`);
    expect([own.status, own.body.status, own.body.checks]).toEqual([200, 'RECEIVED', []]);
    const another = await desk.shop.as({ ...CUSTOMER, sub: 'customer-9' });
    expect((await another.get(`/v1/trade-ins/${trade.id}`)).status).toBe(404);
    expect((await another.get<{ items: unknown[] }>('/v1/trade-ins')).body.items).toEqual([]);
  });

  it('writes to the inspector and is answered', async () => {
    const { trade } = await docked();
    const at = `/v1/trade-ins/${trade.id}/messages`;
    await done(home().post(at, { text: 'Has it come?' }));
    await done(office().post(at, { text: 'It has.' }));
    const { body } = await home().get<{ items: { author: string; text: string }[] }>(at);
    expect(body.items.map(({ author, text }) => [author, text])).toEqual([
      ['CUSTOMER', 'Has it come?'],
      ['CARRIER', 'It has.'],
    ]);
  });

  it('of another kind than was quoted: an offer for what came, from the frozen book', async () => {
    const { trade } = await offeredByMail();
    await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
    const other = desk.imei();
    await done(desk.act(trade, 'dock', { identifier: other, sealedBag: 'BAG-M' }, office()));
    const form = { identifier: other, answers: answers({ SCREEN: 'LIGHT' }) };
    const { status, inspections } = await done(desk.act(trade, 'inspect', form, office()));
    expect([status, inspections[0]!.verdict, inspections[0]!.marketMinor]).toEqual(['INSPECTING', 'WORSE', 10_000]);
    expect(inspections[0]!.differs).toEqual(['IMEI', 'SCREEN']);
  });

  it('that is better than described is paid better', async () => {
    const { imei, trade } = await docked({ answers: answers({ SCREEN: 'DEEP' }) });
    expect(trade.quotedMinor).toBe(7000);
    const form = { identifier: imei, answers: answers() };
    const { status, agreedMinor, inspections } = await done(desk.act(trade, 'inspect', form, office()));
    expect([status, agreedMinor, inspections[0]!.verdict]).toEqual(['VALIDATED', 12_000, 'UPWARD_ADJUSTMENT']);
  });

  it('is priced as on the day of the quote, whatever the book says since', async () => {
    const { imei, trade } = await docked();
    const { bookId } = await desk.approvePrices('US-2');
    await desk.shop.db.query(
      `update price_line l set amount_minor = 100 from price_book_version v
       where v.id = l.version_id and v.code = 'US-2' and v.book_id = $1`,
      [bookId],
    );
    const form = { identifier: imei, answers: answers({ BODY: 'DENTS' }) };
    const { inspections } = await done(desk.act(trade, 'inspect', form, office()));
    expect(inspections[0]!.marketMinor).toBe(7000);
    await desk.approvePrices('US-3');
  });

  it('never sends it: the time passes, and a late one is still taken within the grace', async () => {
    const { imei, trade } = await offeredByMail();
    await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
    await desk.shop.db.query(`update trade_in set deadline_at = now() where id = $1`, [trade.id]);
    expect((await until(trade, 'NOT_RECEIVED')).closeReason).toBe('DEADLINE_PASSED');
    const late = await desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-M' }, office());
    expect([late.status, late.body.status]).toEqual([200, 'RECEIVED']);
  });

  it('too late: it is not taken, and nothing changes', async () => {
    const { imei, trade } = await offeredByMail();
    await done(desk.act(trade, 'issue-label', { tracking: '1Z999AA1' }, office()));
    await desk.shop.db.query(
      `update trade_in set deadline_at = now(), accepted_at = now() - interval '45 days' where id = $1`,
      [trade.id],
    );
    await until(trade, 'NOT_RECEIVED');
    const late = await desk.act(trade, 'dock', { identifier: imei, sealedBag: 'BAG-M' }, office());
    expect([late.status, late.body.code]).toEqual([409, 'TOO_LATE']);
    expect((await desk.get(trade)).unitId).toBeNull();
  });

  it('has a swollen battery: no label, recycling at a store instead', async () => {
    const swollen = [
      { question: 'OWNER', answer: 'YES' },
      { question: 'BATTERY', answer: 'SWOLLEN' },
    ];
    const mail = await done(desk.quote({ channel: 'MAIL', answers: swollen }, home()));
    expect([mail.status, mail.outcome, mail.reasons]).toEqual([
      ...['VOIDED', 'REFUSED', ['BATTERY_HAZARD_MAIL', 'TRADE_IN_NOT_FUNCTIONAL']],
    ]);
    expect((await desk.accept(mail, {}, home())).body.code).toBe('QUOTE_NOT_BOUGHT');
    const store = await done(desk.quote({ answers: swollen }));
    expect([store.outcome, store.marketMinor, store.plans.map(({ code }) => code)]).toEqual([
      'RECYCLED',
      null,
      ['RECYCLE'],
    ]);
  });
});

describe('a counter-offer', () => {
  const counterOffered = async () => {
    const { imei, trade } = await docked();
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers({ KEYBOARD: 'NO' }) }, office()));
    const form = { reasons: ['KEYBOARD_FAULT'], photographIds: [await desk.photograph(trade)] };
    return done(desk.act(trade, 'counter-offer', form, office()));
  };

  it('takes reasons that are served for this handset, with photographs of it, and no price', async () => {
    const { imei, trade } = await docked();
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers({ KEYBOARD: 'NO' }) }, office()));
    const { body } = await office().get<{ items: { code: string }[] }>(`/v1/trade-ins/${trade.id}/reasons`);
    expect(body.items.map(({ code }) => code)).toContain('KEYBOARD_FAULT');
    const photographIds = [await desk.photograph(trade)];
    const tried = async (form: object) => {
      const { status, body: refused } = await desk.act(trade, 'counter-offer', form, office());
      return [status, refused.errors?.map(({ pointer, code }) => [pointer, code])];
    };
    expect(await tried({ reasons: ['STOLEN'], photographIds })).toEqual([400, [['/reasons/0', 'REASON_NOT_SERVED']]]);
    expect(await tried({ reasons: ['KEYBOARD_FAULT'], photographIds: [trade.id] })).toEqual([
      ...[400, [['/photographIds/0', 'UNKNOWN_PHOTOGRAPH']]],
    ]);
    expect(await tried({ reasons: ['KEYBOARD_FAULT'], photographIds, marketMinor: 1 })).toEqual([
      ...[400, [['/marketMinor', 'UNKNOWN_FIELD']]],
    ]);
    expect((await desk.get(trade)).status).toBe('INSPECTING');
  });

  it('is declined: the handset comes back, and leaves our books', async () => {
    const trade = await counterOffered();
    expect((await done(desk.act(trade, 'answer-counter-offer', { answer: 'RETURN' }, home()))).status).toBe(
      'RETURN_PENDING',
    );
    const back = await done(desk.act(trade, 'note-returned', { tracking: '1Z999AA9' }, office()));
    expect(back.status).toBe('RETURNED');
    const left = `select disposition from stock_holding where unit_id = $1 order by received_at desc limit 1`;
    expect(await desk.shop.one(left, [trade.unitId])).toEqual({ disposition: 'RETURNED_TO_SELLER' });
    expect(await desk.balances(trade)).toEqual({});
  });

  it('is not answered: what the terms say happens', async () => {
    const trade = await counterOffered();
    await desk.shop.db.query('update trade_in set waits_until = now() where id = $1', [trade.id]);
    const end = await until(trade, 'RETURN_PENDING');
    expect([end.closeReason, end.counterOffer?.status]).toEqual(['OFFER_EXPIRED', 'DECLINED_RETURN']);
  });

  it('lets it be recycled: ours for nothing', async () => {
    const trade = await counterOffered();
    expect((await done(desk.act(trade, 'answer-counter-offer', { answer: 'RECYCLE' }, home()))).status).toBe(
      'RECYCLED',
    );
    const held = `select disposition, cost_minor from stock_holding where unit_id = $1 and closed_at is null`;
    expect(await desk.shop.one(held, [trade.unitId])).toEqual({ disposition: 'QUARANTINE', cost_minor: '0' });
  });
});
