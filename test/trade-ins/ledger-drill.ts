import * as fc from 'fast-check';
import { done, type Trade, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

/** What is done to a trade-in that was validated, in an order that nobody would choose. */
export interface Course {
  planCode: string;
  acts: string[];
}

interface Made {
  imei: string;
  trade: Trade;
}

type Act = (desk: TradeDesk, made: Made, waiting: string) => Promise<unknown>;

const office = (desk: TradeDesk) => desk.people.office;

const ACTS: Readonly<Record<string, Act>> = {
  settle: (desk, { trade }) => desk.act(trade, 'settle'),
  clawAll: (desk, { trade }) => desk.act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }, office(desk)),
  clawExtra: (desk, { trade }) =>
    desk.act(trade, 'claw-back', { reason: 'PURCHASE_RETURNED', scope: 'PROMOTION' }, office(desk)),
  stop: (desk, { trade }) => desk.act(trade, 'stop-credits', { reason: 'LINE_CANCELLED' }, office(desk)),
  confirm: (desk, { trade }, creditId) => desk.act(trade, 'confirm-payout', { creditId, reference: 'R' }, office(desk)),
  fail: (desk, { trade }, creditId) => desk.act(trade, 'fail-payout', { creditId, failure: 'No' }, office(desk)),
  months: (desk, { trade }) => monthsPass(desk, trade, 5),
  suspend: (desk, { trade }) => desk.act(trade, 'suspend', { reason: 'OWNERSHIP_DOUBT' }, office(desk)),
  resume: (desk, { trade }) => desk.act(trade, 'resume', { reason: 'It is theirs' }, office(desk)),
  inspect: (desk, { imei, trade }) =>
    desk.act(trade, 'inspect', { identifier: imei, answers: answers({ BODY: 'DENTS' }) }),
  reject: (desk, { trade }) => desk.act(trade, 'reject', { reason: 'COUNTERFEIT' }, office(desk)),
  returned: (desk, { trade }) => desk.act(trade, 'send-back', {}, office(desk)),
  writeOffCard: (desk, { trade }) => writeOff(desk, trade, 'GIFT_CARD_LIABILITY'),
  writeOffBill: (desk, { trade }) => writeOff(desk, trade, 'CUSTOMER_ACCOUNT'),
};

const writeOff = (desk: TradeDesk, trade: Trade, account: string) =>
  desk.act(trade, 'write-off', { account, amountMinor: 1700, reason: 'Nobody pays' }, desk.people.second);

export const monthsPass = (desk: TradeDesk, trade: Trade, months: number) =>
  desk.shop.db.query(
    `update credit_instalment i set due_on = current_date - 2 from trade_in_credit c
     where c.id = i.credit_id and c.trade_in_id = $1 and i.no <= $2 and i.status = 'DUE'`,
    [trade.id, months],
  );

/** A desk that nobody is counted at, and where a credit may come before the handset. */
export async function openLedgerDesk(env: Readonly<Record<string, string>>): Promise<TradeDesk> {
  const desk = await TradeDesk.open(env);
  const rule = sampleRule('US-STORE');
  const limits = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
  const { plans: offered } = rule.terms as unknown as { plans: object[] };
  const plans = [...offered, { ...offered[0], code: 'INSTANT', timing: 'ON_ACCEPTANCE' }];
  await desk.publish({ ...rule, terms: { ...rule.terms, limits, plans } });
  return desk;
}

export const courses: fc.Arbitrary<Course> = fc.record({
  planCode: fc.constantFrom('BILL_CREDIT', 'GIFT_CARD', 'MONTHLY', 'BANK', 'INSTANT'),
  acts: fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 10 }),
});

/** Takes a trade-in through a course; whatever is refused is refused. @returns what is wrong with its books afterwards */
export async function run(desk: TradeDesk, { planCode, acts }: Course): Promise<string[]> {
  const accountId = await desk.account();
  const made = await desk.validated({ quote: { accountId }, accept: { planCode } });
  for (const act of acts) {
    const { credits } = await desk.get(made.trade);
    await ACTS[act]!(desk, made, credits.find(({ status }) => status === 'REQUESTED')?.id ?? made.trade.id);
  }
  return faultsOf(desk, made.trade);
}

const OWED_TO_US = ['INVENTORY', 'TRADE_IN_RECEIVABLE', 'PROMOTION_EXPENSE', 'WRITE_OFF_EXPENSE'];

/** What has to hold of the money of a trade-in whatever was done to it. */
async function faultsOf(desk: TradeDesk, { id }: Trade): Promise<string[]> {
  const now = await desk.get({ id });
  const balances = await desk.balances({ id });
  const faults: string[] = [];
  const sum = Object.values(balances).reduce((all, one) => all + one, 0);
  if (sum !== 0) faults.push(`debits and credits differ by ${sum}`);
  for (const [account, balance] of Object.entries(balances)) {
    if (OWED_TO_US.includes(account) ? balance < 0 : balance > 0) faults.push(`${account} stands at ${balance}`);
  }
  const given = now.credits.filter(({ status }) => status !== 'REVERSED');
  if (given.reduce((all, { amountMinor }) => all + amountMinor, 0) > 15_000) faults.push('more was given than agreed');
  const over = ['REJECTED', 'CLAWED_BACK'].includes(now.status);
  if (over && given.some(({ status }) => ['REQUESTED', 'FAILED'].includes(status))) faults.push('a credit still waits');
  return faults;
}

/** So many random courses, several at a time. @returns those that ended with wrong books */
export async function ledgerDrill(desk: TradeDesk, runs: number, seed: number): Promise<object[]> {
  const drawn = fc.sample(courses, { numRuns: runs, seed });
  const wrong: object[] = [];
  const worker = async (): Promise<void> => {
    for (let course = drawn.pop(); course; course = drawn.pop()) {
      const faults = await run(desk, course);
      if (faults.length) wrong.push({ ...course, faults });
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return wrong;
}

/** A trade-in over the counter, paid in this way. */
export async function paid(desk: TradeDesk, planCode: string): Promise<Trade> {
  const accountId = await desk.account();
  const { trade } = await desk.validated({ quote: { accountId }, accept: { planCode } });
  return done(desk.act(trade, 'settle'));
}
