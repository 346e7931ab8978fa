import {
  TRADE_IN_ACTS,
  TRADE_IN_STATES,
  type TradeInAct,
  type TradeInState,
} from '../../src/trade-ins/trades/trade-in.lifecycle.js';
import type { Answer } from '../support/client.js';
import { done, type Trade, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open();
  // One person walks hundreds of handsets through: more than a carrier's limits let anybody.
  await desk.publish({ ...wideTerms(), terms: { ...wideTerms().terms, receivesAtLocationId: desk.dockId } });
});
afterAll(() => desk.shop.close());

const wideTerms = () => {
  const rule = sampleRule('US-MAIL');
  const limits = { perSellerInThirtyDays: 10_000, perEmployeeInADay: 100_000, perAccountInThirtyDays: 10_000 };
  return { ...rule, terms: { ...rule.terms, limits } };
};

interface Walked extends Trade {
  imei: string;
}

const office = () => desk.people.office;
const act = (trade: Walked, verb: string, body: object = {}) => desk.act(trade, verb, body, office());
const inspect = (trade: Walked, over = {}) => act(trade, 'inspect', { identifier: trade.imei, answers: answers(over) });
const dock = (trade: Walked) => act(trade, 'dock', { identifier: trade.imei, sealedBag: `BAG-${trade.imei}` });
const credit = (trade: Walked) => trade.credits[0]?.id ?? trade.id;
const give = (trade: Walked, answer: string) => act(trade, 'answer-counter-offer', { answer });

/** How each act is done over HTTP. */
const CALLS: Readonly<Record<TradeInAct, (trade: Walked) => Promise<Answer<Trade>>>> = {
  handOver: (trade) => act(trade, 'hand-over', { identifier: trade.imei, sealedBag: 'BAG-1' }),
  issueLabel: (trade) => act(trade, 'issue-label', { tracking: '1Z999AA1' }),
  cancel: (trade) => act(trade, 'cancel', { reason: 'Changed my mind' }),
  noteSent: (trade) => act(trade, 'note-sent'),
  dock,
  passDeadline: (trade) => passed(trade, 'deadline_at'),
  lose: (trade) => act(trade, 'lose', { reason: 'The carrier cannot find it' }),
  arriveLate: dock,
  startInspection: (trade) => inspect(trade, { SCREEN: 'DEEP' }),
  validate: (trade) => inspect(trade),
  counterOffer: async (trade) =>
    act(trade, 'counter-offer', { reasons: ['SCREEN_SCRATCHED'], photographIds: [await desk.photograph(trade)] }),
  acceptCounterOffer: (trade) => give(trade, 'ACCEPT'),
  askBack: (trade) => give(trade, 'RETURN'),
  letRecycle: (trade) => give(trade, 'RECYCLE'),
  suspend: (trade) => act(trade, 'suspend', { reason: 'LOCK_ON_RECEIVED' }),
  resume: (trade) => act(trade, 'resume', { reason: 'Signed out' }),
  reject: (trade) => act(trade, 'reject', { reason: 'COUNTERFEIT' }),
  sendBack: (trade) => act(trade, 'send-back'),
  surrender: (trade) => act(trade, 'surrender', { reason: 'Asked for by the police' }),
  noteReturned: (trade) => act(trade, 'note-returned', { tracking: '1Z999AA2' }),
  settle: (trade) => act(trade, 'settle'),
  confirmPayout: (trade) => act(trade, 'confirm-payout', { creditId: credit(trade), reference: 'ACH-1' }),
  failPayout: (trade) => act(trade, 'fail-payout', { creditId: credit(trade), failure: 'Account closed' }),
  clawBack: (trade) => act(trade, 'claw-back', { reason: 'FRAUD', scope: 'ALL' }),
};

/** Lets the time of a trade-in pass, and waits until the program has seen to it. */
async function passed(trade: Walked, column: 'deadline_at'): Promise<Answer<Trade>> {
  const before = await desk.get(trade);
  await desk.shop.db.query(`update trade_in set ${column} = now() - interval '1 second' where id = $1`, [trade.id]);
  for (let tries = 0; tries < 100; tries++) {
    const answer = await office().get<Trade>(`/v1/trade-ins/${trade.id}`);
    if (answer.body.status !== before.status) return answer;
    await new Promise((later) => setTimeout(later, 30));
  }
  return office().get<Trade>(`/v1/trade-ins/${trade.id}`);
}

/** By which act each state is reached, from which one. */
const WAYS: Readonly<Record<Exclude<TradeInState, 'ACCEPTED'>, [TradeInState, TradeInAct]>> = {
  AWAITING_DEVICE: ['ACCEPTED', 'issueLabel'],
  IN_TRANSIT: ['AWAITING_DEVICE', 'noteSent'],
  RECEIVED: ['IN_TRANSIT', 'dock'],
  INSPECTING: ['RECEIVED', 'startInspection'],
  SUSPENDED: ['INSPECTING', 'suspend'],
  COUNTER_OFFERED: ['INSPECTING', 'counterOffer'],
  VALIDATED: ['RECEIVED', 'validate'],
  REJECTED: ['INSPECTING', 'reject'],
  RETURN_PENDING: ['REJECTED', 'sendBack'],
  RETURNED: ['RETURN_PENDING', 'noteReturned'],
  RECYCLED: ['COUNTER_OFFERED', 'letRecycle'],
  SURRENDERED: ['REJECTED', 'surrender'],
  CANCELLED: ['ACCEPTED', 'cancel'],
  NOT_RECEIVED: ['AWAITING_DEVICE', 'passDeadline'],
  LOST_IN_TRANSIT: ['IN_TRANSIT', 'lose'],
  SETTLING: ['VALIDATED', 'settle'],
  PAYOUT_FAILED: ['SETTLING', 'failPayout'],
  SETTLED: ['SETTLING', 'confirmPayout'],
  CLAWED_BACK: ['SETTLED', 'clawBack'],
};

/** A trade-in that has come to a state by nothing but acts. */
async function walkedTo(state: TradeInState): Promise<Walked> {
  if (state === 'ACCEPTED') {
    const imei = desk.imei();
    const quote = await done(desk.quote({ identifier: imei, channel: 'MAIL' }, office()));
    return { ...(await done(desk.accept(quote, {}, office()))), imei };
  }
  const [before, by] = WAYS[state];
  const trade = await walkedTo(before);
  const { status, body, text } = await CALLS[by](trade);
  if (status !== 200 || body.status !== state) throw new Error(`${before} ${by}: ${status} ${text}`);
  return { ...body, imei: trade.imei };
}

const acts = Object.keys(TRADE_IN_ACTS) as TradeInAct[];
const allowed = acts.flatMap((one) =>
  TRADE_IN_ACTS[one].from.map((from) => [from, one, TRADE_IN_ACTS[one].to] as const),
);

/** Acts that go by one call; whichever the state allows is done. */
const SAME_CALL: Partial<Record<TradeInAct, TradeInAct>> = { arriveLate: 'dock', validate: 'startInspection' };
const callOf = (one: TradeInAct): TradeInAct => SAME_CALL[one] ?? one;
const allowsCall = (state: TradeInState, call: TradeInAct): boolean =>
  acts.some((one) => callOf(one) === call && (TRADE_IN_ACTS[one].from as readonly TradeInState[]).includes(state));
const calls = acts.filter((one) => callOf(one) === one && one !== 'passDeadline');
const ANSWERS: readonly TradeInAct[] = ['acceptCounterOffer', 'askBack', 'letRecycle'];

describe('every step of a trade-in that its table allows', () => {
  it.each(allowed)('%s: %s leads to %s', async (from, one, to) => {
    const trade = await walkedTo(from);
    const { status, body } = await CALLS[one](trade);
    expect([status, body.status]).toEqual([200, to]);
    const recorded = await desk.shop.one<{ from_state: string; to_state: string }>(
      'select from_state, to_state from history where subject_id = $1 and act = $2 order by id desc limit 1',
      [trade.id, one],
    );
    expect(recorded).toEqual({ from_state: from, to_state: to });
  });
});

describe('every step that it does not', () => {
  let base: Walked;
  beforeAll(async () => void (base = await walkedTo('SETTLED')));

  it.each(TRADE_IN_STATES)('from %s is refused, and nothing changes', async (state) => {
    await desk.shop.db.query(
      `update trade_in set status = $2, waits_until = now() + interval '1 day', deadline_at = null, inspected_by = $4,
         suspended_for = case when $2 = 'SUSPENDED' then 'LOCK_ON_RECEIVED' end, seller_id = $3 where id = $1`,
      [base.id, state, await sellerOf(base), null],
    );
    const before = await standing(base);
    for (const call of calls.filter((one) => !allowsCall(state, one))) {
      if (ANSWERS.includes(call) && state === 'COUNTER_OFFERED') continue;
      const { status, body } = await CALLS[call](base);
      const code = ['confirmPayout', 'failPayout'].includes(call) ? ['WRONG_STATE', 'NOT_FOUND'] : ['WRONG_STATE'];
      expect([call, status === 409 || status === 404, code.includes(body.code)]).toEqual([call, true, true]);
    }
    expect(await standing(base)).toEqual(before);
  });
});

const sellerOf = async (trade: Trade): Promise<string> =>
  (await desk.shop.one<{ seller_id: string }>('select seller_id from trade_in where id = $1', [trade.id])).seller_id;

const standing = (trade: Trade) =>
  desk.shop.one(
    `select t.status, t.version, (select count(*) from money_entry where trade_in_id = t.id) as entries,
            (select count(*) from history where subject_id = t.id) as acts,
            (select count(*) from outbox_event where aggregate_id = t.id) as events
     from trade_in t where t.id = $1`,
    [trade.id],
  );
