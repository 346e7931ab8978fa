import fc from 'fast-check';
import { labourMinor } from '../../src/stock/refurbishment/economics.js';
import { disagreements } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import { bench, type Order } from './bench.js';
import { type TradeInDesk, tradeInDesk } from './handed-in.js';

let shop: Shop;
let desk: TradeInDesk;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off', RATE_LIMIT_PER_MINUTE: '1000000' });
  desk = await tradeInDesk(shop);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

type Step =
  | { act: 'reserve'; quantity: number; unitCostMinor: number }
  | { act: 'use' | 'start' | 'hold' | 'resume' | 'erase' | 'rework' | 'giveUp' | 'open' }
  | { act: 'labour'; minutes: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constant('reserve' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      unitCostMinor: fc.nat(900),
    }),
    fc.record({ act: fc.constant('labour' as const), minutes: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ act: fc.constantFrom('use', 'start', 'hold', 'resume', 'erase', 'rework', 'giveUp', 'open') }),
  ),
  { minLength: 8, maxLength: 20 },
) as fc.Arbitrary<Step[]>;

describe('the cost of a handset', () => {
  it('is what was paid for it and what was spent on it, after any sequence of acts, refused ones among them', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const one = await bench(shop, desk, { parts: 20 });
        await one.certify();
        let order: Order = (await one.open({ expectedSaleMinor: 1_000_000 })).body;
        let spent = 0;
        for (const step of given) {
          const { status, body } = await ask(one, order, step);
          if (status > 201) continue;
          if (step.act === 'labour') spent += labourMinor(step.minutes, 3000);
          if (step.act === 'use') spent += usedCost(order, body);
          order = body;
          expect(await one.cost()).toBe(2000 + spent);
        }
        const booked = `select coalesce(sum(amount_minor), 0) from refurb_cost where holding_id = $1`;
        expect(await shop.count(booked, [one.holdingId])).toBe(spent);
        expect(await disagreements(shop)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

const costs = new Map<string, number>();

function ask(one: Awaited<ReturnType<typeof bench>>, order: Order, step: Step) {
  const reason = { reason: 'As the cards fell' };
  switch (step.act) {
    case 'reserve': {
      const { quantity, unitCostMinor } = step;
      return one.act(order.id, 'reserve-parts', { parts: [{ skuId: one.partSkuId, quantity, unitCostMinor }] });
    }
    case 'labour':
      return one.act(order.id, 'record-labour', { minutes: step.minutes, work: 'Worked' });
    case 'use':
      return one.act(order.id, 'use-part', {
        partId: order.parts.find(({ status }) => status === 'RESERVED')?.id ?? one.unitId,
      });
    case 'giveUp':
      return one.act(order.id, 'give-up', { outcome: 'BER' });
    case 'open':
      return one.open({ expectedSaleMinor: 1_000_000 });
    case 'erase':
      return one.act(order.id, 'confirm-erasure');
    case 'hold':
    case 'rework':
      return one.act(order.id, step.act, reason);
    case 'resume':
    case 'start':
      return one.act(order.id, step.act);
  }
}

/** What the part cost that is used now and was not before. */
function usedCost(before: Order, after: Order): number {
  const used = after.parts.filter(({ id, status }) => status === 'USED' && !costs.has(id));
  for (const { id, quantity, unitCostMinor } of used) costs.set(id, quantity * unitCostMinor);
  expect([before.id, used.length]).toEqual([after.id, 1]);
  return costs.get(used[0]!.id)!;
}
