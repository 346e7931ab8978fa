import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { courses, ledgerDrill, monthsPass as pass, openLedgerDesk, paid as paidAt, run } from './ledger-drill.js';
import { done, type Trade, type TradeDesk } from './trade-desk.js';
import { answers } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => {
  desk = await openLedgerDesk({ SWEEP_INTERVAL_MS: '150' });
});
afterAll(() => desk.shop.close());

const office = () => desk.people.office;
const paid = (planCode: string) => paidAt(desk, planCode);
const until = async (trade: Trade, right: (now: Trade) => boolean): Promise<Trade> => {
  for (;;) {
    const now = await desk.get(trade);
    if (right(now)) return now;
    await pause(20);
  }
};

describe('what is on top of the market value', () => {
  it('is kept apart from it: a gift card worth ten per cent more', async () => {
    const settling = await paid('GIFT_CARD');
    expect([settling.status, settling.agreedMinor, settling.agreedExtraMinor]).toEqual(['SETTLING', 12_000, 1200]);
    for (const { id } of settling.credits) {
      await done(desk.act(settling, 'confirm-payout', { creditId: id, reference: `GC-${id}` }, office()));
    }
    expect((await desk.get(settling)).status).toBe('SETTLED');
    expect(await desk.balances(settling)).toEqual({
      ...{ CUSTOMER_PAYABLE: 0, GIFT_CARD_LIABILITY: -13_200, INVENTORY: 12_000, PROMOTION_EXPENSE: 1200 },
    });
  });

  it('is taken back when the purchase is, and the market value stays', async () => {
    const settling = await paid('GIFT_CARD');
    for (const { id } of settling.credits) {
      await done(desk.act(settling, 'confirm-payout', { creditId: id, reference: `GC-${id}` }, office()));
    }
    const taken = await desk.act(settling, 'claw-back', { reason: 'PURCHASE_RETURNED', scope: 'PROMOTION' }, office());
    expect([taken.body.status, taken.body.credits.map(({ status }) => status).sort()]).toEqual([
      ...['SETTLED', ['PAID', 'REVERSED']],
    ]);
    const twice = await desk.act(settling, 'claw-back', { reason: 'PURCHASE_RETURNED', scope: 'PROMOTION' }, office());
    expect([twice.status, twice.body.code]).toEqual([409, 'WRONG_STATE']);
    expect(await desk.balances(settling)).toEqual({
      ...{ CUSTOMER_PAYABLE: 0, GIFT_CARD_LIABILITY: -12_000, INVENTORY: 12_000, PROMOTION_EXPENSE: 0 },
    });
  });
});

describe('monthly credits', () => {
  it('come month by month, those that are late with the first', async () => {
    const trade = await paid('MONTHLY');
    expect([trade.status, trade.credits.map(({ amountMinor, status }) => [amountMinor, status])]).toEqual([
      ...[
        'SETTLED',
        [
          [12_000, 'CREDITING'],
          [3000, 'CREDITING'],
        ],
      ],
    ]);
    expect(trade.credits[0]!.instalments).toHaveLength(24);
    expect(await desk.balances(trade)).toEqual({ CUSTOMER_PAYABLE: -12_000, INVENTORY: 12_000 });
    await monthsPass(trade, 3);
    await until(trade, (now) => now.credits.every(({ instalments }) => applied(instalments) === 3));
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_ACCOUNT: -1875, CUSTOMER_PAYABLE: -10_500, INVENTORY: 12_000, PROMOTION_EXPENSE: 375 },
    });
  });

  it('end early for what is on top of the value, never for the value itself', async () => {
    const trade = await paid('MONTHLY');
    const refused = await desk.act(trade, 'stop-credits', { reason: 'FRAUD' }, office());
    expect([refused.status, refused.body.code]).toEqual([409, 'PAYOUT_NOT_CLEARED']);
    const { body } = await desk.act(trade, 'stop-credits', { reason: 'LINE_CANCELLED' }, office());
    expect(body.credits.map(({ component, status }) => [component, status])).toEqual([
      ['MARKET', 'CREDITING'],
      ['PROMOTION', 'STOPPED'],
    ]);
    await monthsPass(trade, 24);
    const end = await until(trade, (now) => now.credits[0]!.status === 'PAID');
    expect(applied(end.credits[1]!.instalments)).toBe(0);
    expect(await desk.balances(trade)).toEqual({ CUSTOMER_ACCOUNT: -12_000, CUSTOMER_PAYABLE: 0, INVENTORY: 12_000 });
  });

  it('are each paid once by three workers at a time', async () => {
    const trades = await Promise.all(Array.from({ length: 6 }, () => paid('MONTHLY')));
    for (const trade of trades) await monthsPass(trade, 24);
    for (const trade of trades) {
      await until(trade, (now) => now.credits.every(({ status }) => status === 'PAID'));
      expect((await desk.balances(trade))['CUSTOMER_ACCOUNT']).toBe(-15_000);
    }
  });
});

const applied = (instalments: readonly { status: string }[]): number =>
  instalments.filter(({ status }) => status === 'APPLIED').length;

const monthsPass = (trade: Trade, months: number) => pass(desk, trade, months);

describe('a handset that is still being paid for', () => {
  it('pays for itself, and what is left goes on the bill', async () => {
    const accountId = await desk.account();
    const imei = desk.imei();
    await owed(imei, accountId, 4500);
    const quote = await done(desk.quote({ identifier: imei, accountId }));
    expect([quote.outcome, quote.reasons, quote.plans.map(({ code }) => code)]).toEqual([
      ...['BOUGHT', ['FINANCED_OPEN'], ['PAYOFF']],
    ]);
    const { trade } = await desk.validated({ imei, quote: { accountId }, accept: { planCode: 'PAYOFF' } });
    const settled = await done(desk.act(trade, 'settle'));
    expect([settled.status, settled.credits.map(({ instrument, amountMinor }) => [instrument, amountMinor])]).toEqual([
      ...[
        'SETTLED',
        [
          ['EIP_PAYOFF', 4500],
          ['BILL_CREDIT', 7500],
        ],
      ],
    ]);
    const record = await desk.shop.one('select balance_minor, payoff_channel from device_record where imei14 = $1', [
      imei.slice(0, 14),
    ]);
    expect(record).toEqual({ balance_minor: '0', payoff_channel: 'TRADE_IN' });
  });

  it('is not taken when it owes more than it is worth', async () => {
    const accountId = await desk.account();
    const imei = desk.imei();
    await owed(imei, accountId, 40_000);
    const { outcome, reasons } = await done(desk.quote({ identifier: imei, accountId }));
    expect([outcome, reasons]).toEqual(['REFUSED', ['FINANCED_OPEN', 'NO_WAY_TO_PAY']]);
  });

  const owed = (imei: string, accountId: string, balance: number) =>
    desk.shop.make.insert('device_record', {
      ...{ id: accountId, imei14: imei.slice(0, 14), account_id: accountId, sold_by_us: true },
      ...{ balance_minor: balance, currency: 'USD' },
    });
});

describe('a credit before we have seen the handset', () => {
  const ahead = async () => {
    const accountId = await desk.account();
    return desk.received({ quote: { accountId }, accept: { planCode: 'INSTANT' } });
  };

  it('is owed by the handset until it is here', async () => {
    const { imei, trade } = await ahead();
    expect(trade.credits.map(({ status, amountMinor }) => [status, amountMinor])).toEqual([['PAID', 12_000]]);
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_ACCOUNT: -12_000, CUSTOMER_PAYABLE: 0, TRADE_IN_RECEIVABLE: 12_000 },
    });
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers() }));
    expect((await done(desk.act(trade, 'settle'))).status).toBe('SETTLED');
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_ACCOUNT: -12_000, CUSTOMER_PAYABLE: 0, INVENTORY: 12_000, TRADE_IN_RECEIVABLE: 0 },
    });
  });

  it('is taken back and given anew when the handset is worth something else', async () => {
    const { imei, trade } = await ahead();
    await done(desk.act(trade, 'inspect', { identifier: imei, answers: answers({ SCREEN: 'DEEP' }) }));
    const photographIds = [await desk.photograph(trade)];
    await done(desk.act(trade, 'counter-offer', { reasons: ['SCREEN_SCRATCHED'], photographIds }));
    await done(desk.act(trade, 'answer-counter-offer', { answer: 'ACCEPT' }));
    const settled = await done(desk.act(trade, 'settle'));
    expect(settled.credits.map(({ status, amountMinor }) => [status, amountMinor])).toEqual([
      ['REVERSED', 12_000],
      ['PAID', 7000],
    ]);
    expect(await desk.balances(trade)).toEqual({
      ...{ CUSTOMER_ACCOUNT: -7000, CUSTOMER_PAYABLE: 0, INVENTORY: 7000, TRADE_IN_RECEIVABLE: 0 },
    });
  });
});

describe('the books', () => {
  it('cannot be written over, nor an entry taken back twice or in part', async () => {
    const trade = await paid('BILL_CREDIT');
    const entry = await desk.shop.one<Record<string, unknown>>(
      `select * from money_entry where trade_in_id = $1 and event = 'PAYOUT_MADE'`,
      [trade.id],
    );
    const tried = (sql: string, values: unknown[]) =>
      desk.shop.db.query(sql, values).then(
        () => 'done',
        (refused: { constraint?: string; message: string }) => refused.constraint ?? refused.message,
      );
    const mirror = (amount: number) =>
      tried(
        `insert into money_entry (id, trade_in_id, event, debit_account, credit_account, amount_minor, currency, component,
           location_id, reverses_id, actor, correlation_id)
         select gen_random_uuid(), trade_in_id, 'REVERSED', credit_account, debit_account, $2, currency, component, location_id,
           id, 'test', 'test' from money_entry where id = $1`,
        [entry['id'], amount],
      );
    expect(await tried('update money_entry set amount_minor = 1 where id = $1', [entry['id']])).toContain(
      'append-only',
    );
    expect(await tried('delete from money_entry where id = $1', [entry['id']])).toContain('append-only');
    expect(await mirror(1)).toBe('money_entry_reverses_fk');
    expect(await mirror(12_000)).toBe('done');
    expect(await mirror(12_000)).toBe('money_entry_reverses_key');
  });

  it('balance, and never owe less than nothing, after any acts in any order', async () => {
    const sound = fc.asyncProperty(courses, async (course) => expect(await run(desk, course)).toEqual([]));
    await fc.assert(sound, { numRuns: 10 });
    expect(await ledgerDrill(desk, 50, Math.floor(Math.random() * 2 ** 31))).toEqual([]);
  });
});
