import {
  ORDER_ACTS,
  ORDER_STATES,
  type OrderAct,
  type OrderState,
} from '../../src/stock/refurbishment/refurb-order.lifecycle.js';
import { disagreements, refused } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import { bench, type Bench, GRADING, type Order } from './bench.js';
import { type TradeInDesk, tradeInDesk } from './handed-in.js';

let shop: Shop;
let desk: TradeInDesk;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  desk = await tradeInDesk(shop);
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const REASON = { reason: 'As the table says' };
/** How each act is asked for. */
const ASKED: Readonly<Record<OrderAct, [path: string, body: (bench: Bench, order: Order) => object]>> = {
  reserveParts: [
    'reserve-parts',
    ({ partSkuId }) => ({ parts: [{ skuId: partSkuId, quantity: 1, unitCostMinor: 100 }] }),
  ],
  start: ['start', () => ({})],
  usePart: ['use-part', (_, { parts }) => ({ partId: parts[0]!.id })],
  recordLabour: ['record-labour', () => ({ minutes: 1, work: 'Looked' })],
  confirmErasure: ['confirm-erasure', () => ({})],
  confirmTests: ['confirm-tests', () => ({})],
  grade: ['grade', () => GRADING],
  close: ['close', () => ({ outcome: 'REFURBISHED' })],
  rework: ['rework', () => REASON],
  hold: ['hold', () => REASON],
  resume: ['resume', () => ({})],
  giveUp: ['give-up', () => ({ outcome: 'BER' })],
};

/** An order with a part held for it that stands like this, every proof at hand. */
async function orderIn(state: OrderState): Promise<{ one: Bench; order: Order }> {
  const one = await bench(shop, desk);
  const opened = (await one.open()).body;
  const parts = [{ skuId: one.partSkuId, quantity: 1, unitCostMinor: 100 }];
  await one.act(opened.id, 'reserve-parts', { parts });
  await one.act(opened.id, 'start');
  await one.certify();
  await one.report();
  const ended = state === 'CLOSED' || state === 'BER';
  if (ended) {
    if (state === 'CLOSED') {
      for (const [path, body] of [
        ['confirm-erasure', {}],
        ['confirm-tests', {}],
        ['grade', GRADING],
      ] as const) {
        await one.act(opened.id, path, body);
      }
    }
    await one.act(opened.id, state === 'CLOSED' ? 'close' : 'give-up', {
      outcome: state === 'CLOSED' ? 'REPAIRED' : 'BER',
    });
  } else {
    const heldFrom = state === 'ON_HOLD' ? 'TESTED' : null;
    await shop.db.query('update refurb_order set status = $2, held_from = $3 where id = $1', [
      opened.id,
      state,
      heldFrom,
    ]);
  }
  return { one, order: (await one.office.get<Order>(`/v1/refurb-orders/${opened.id}`)).body };
}

const leads = (state: OrderState, act: OrderAct): OrderState | undefined => {
  const { from, to } = ORDER_ACTS[act];
  if (!(from as readonly OrderState[]).includes(state)) return undefined;
  return act === 'resume' ? 'TESTED' : to;
};

describe.each(ORDER_STATES)('a work order that is %s', (state) => {
  const acts = Object.keys(ORDER_ACTS) as OrderAct[];
  const allowed = acts.filter((act) => leads(state, act));

  it(`refuses ${acts.length - allowed.length} acts, and nothing changes`, async () => {
    const { one, order } = await orderIn(state);
    expect(order.possibleActs.sort()).toEqual([...allowed].sort());
    for (const act of acts.filter((name) => !allowed.includes(name))) {
      const [path, body] = ASKED[act];
      const { facts } = await refused(shop, () => one.act(order.id, path, body(one, order)), 409, 'WRONG_STATE');
      expect(facts['state']).toBe(state);
    }
  });

  if (allowed.length) {
    it.each(allowed)('takes %s to where the table says', async (act) => {
      const { one, order } = await orderIn(state);
      const [path, body] = ASKED[act];
      const { status, body: after } = await one.act(order.id, path, body(one, order));
      expect([status, after.status]).toEqual([200, leads(state, act)]);
      const told = await shop.one(
        `select from_state, to_state from history where subject_id = $1 and act = $2 and hash is not null
         order by occurred_at desc limit 1`,
        [order.id, act],
      );
      expect(told).toEqual({ from_state: state, to_state: leads(state, act) });
    });
  }
});
