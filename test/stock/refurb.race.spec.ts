import { disagreements } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import { tally, together } from '../support/till-drills.js';
import { bench, GRADING } from './bench.js';
import { DOCUMENT, type TradeInDesk, tradeInDesk } from './handed-in.js';

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

/** An order up to its grading. */
async function graded() {
  const one = await bench(shop, desk);
  const { id } = (await one.open()).body;
  await one.act(id, 'start');
  await one.certify();
  await one.act(id, 'confirm-erasure');
  await one.report();
  await one.act(id, 'confirm-tests');
  expect((await one.act(id, 'grade', GRADING)).status).toBe(200);
  return { ...one, id };
}

describe('two at the same bench', () => {
  it('close one order once', async () => {
    const { id, unitId, act } = await graded();
    const answers = await together(6, () => act(id, 'close', { outcome: 'REPAIRED' }));
    expect(tally(answers)).toEqual({ 200: 1, '409 WRONG_STATE': 5 });
    const ended = `select count(*) from stock_movement where unit_id = $1 and kind = 'REFURB_ENDED'`;
    expect(await shop.count(ended, [unitId])).toBe(1);
  });

  it('open one order on a handset', async () => {
    const { open, unitId } = await bench(shop, desk);
    expect(tally(await together(6, () => open()))).toEqual({ 201: 1, '409 WRONG_STATE': 5 });
    expect(await shop.count('select count(*) from refurb_order where unit_id = $1', [unitId])).toBe(1);
  });

  it('use one part once, and its cost is on the handset once', async () => {
    const { open, act, partSkuId, cost } = await bench(shop, desk);
    const { id } = (await open()).body;
    const parts = [{ skuId: partSkuId, quantity: 1, unitCostMinor: 700 }];
    const { body } = await act(id, 'reserve-parts', { parts });
    await act(id, 'start');
    const answers = await together(6, () => act(id, 'use-part', { partId: body.parts[0]!.id }));
    expect([tally(answers), await cost()]).toEqual([{ 200: 1, '404 NOT_FOUND': 5 }, 2700]);
  });

  it('get the last battery between them, one of two orders', async () => {
    const first = await bench(shop, desk, { parts: 1 });
    const { locationId, partSkuId, office } = first;
    const orders = [(await first.open()).body.id];
    for (let n = 0; n < 5; n++) {
      const { unitId } = await desk.handedIn(first.sku, locationId, { costMinor: 1000 });
      await office.post(`/v1/stock-units/${unitId}/triage`);
      orders.push((await first.open({ unitId })).body.id);
    }
    const parts = [{ skuId: partSkuId, quantity: 1, unitCostMinor: 700 }];
    const answers = await Promise.all(orders.map((id) => first.act(id, 'reserve-parts', { parts })));
    expect(tally(answers)).toEqual({ 200: 1, '409 INSUFFICIENT_STOCK': 5 });
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [partSkuId])).toEqual({
      ...{ on_hand: 1, reserved: 1 },
    });
  });

  it('never put a handset on the shelf that is held at the same moment', async () => {
    for (let n = 0; n < 4; n++) {
      const { id, unitId, act, office } = await graded();
      await act(id, 'close', { outcome: 'REPAIRED' });
      const hold = { unitId, reason: 'POLICE_INQUIRY', until: null, documentId: DOCUMENT };
      const [shelved] = await Promise.all([
        office.post(`/v1/stock-units/${unitId}/make-available`),
        desk.step('hold', hold),
      ]);
      const stands = await shop.one('select disposition, encumbered from stock_holding where unit_id = $1', [unitId]);
      expect(stands).toEqual({ disposition: 'QUARANTINE', encumbered: true });
      expect([200, 409]).toContain(shelved.status);
    }
  });

  it('end a hold and pass the gate at the same moment, and nothing is lost', async () => {
    const { id, unitId, act, office } = await graded();
    await act(id, 'close', { outcome: 'REPAIRED' });
    await desk.step('hold', { unitId, reason: 'HOLD', until: new Date(Date.now() + 3_600_000), documentId: DOCUMENT });
    await shop.db.query(`update stock_holding set disposition = 'INSPECTION' where unit_id = $1`, [unitId]);
    await shop.db.query(`update unit_encumbrance set until = now() where unit_id = $1`, [unitId]);
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => office.post<{ code?: string }>(`/v1/stock-units/${unitId}/make-available`)),
      desk.step('liftHold', { unitId, reason: 'Over' }).then(() => undefined),
    ]);
    const shelved = answers.filter((answer) => answer !== undefined);
    expect(tally(shelved)).toEqual({ 200: 1, '409 WRONG_STATE': 2 });
    const lifts = `select count(*) from history where subject_id = $1 and act = 'liftEncumbrance'`;
    expect(await shop.count(lifts, [unitId])).toBe(1);
  });
});
