import { setTimeout as pause } from 'node:timers/promises';
import { GRADING, type Order, PLANNED, reportOf } from '../stock/bench.js';
import { ERASED } from '../support/unit-on-shelf.js';
import { done, TradeDesk } from './trade-desk.js';
import { answers, sampleRule } from './trade-rules.js';

let desk: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open({ SWEEP_INTERVAL_MS: '150' });
  const law = sampleRule('LAW-US') as unknown as { jurisdiction: object };
  const held = { ...law.jurisdiction, jurisdiction: 'US-WA', holdDays: 30 };
  await desk.publish({ ...law, code: 'LAW-US-WA', jurisdiction: held });
});
afterAll(() => desk.shop.close());

interface Holding {
  id: string;
  disposition: string;
  cost_minor: string;
  grade: string | null;
}

describe('the loop: a Q10 sold in 2013 comes back in February 2014', () => {
  it('and is sold again as refurbished: the same IMEI, a second holding, its own cost and margin', async () => {
    const { till, office } = desk.people;
    const sold = await desk.shop.make.unit(desk.q10, desk.storeId, {
      ...{ disposition: 'SOLD', provenance: 'NEW_PO', received_at: '2013-06-05T16:00:00Z', cost_minor: 41_000 },
      ...{ closed_at: '2013-07-01T18:30:00Z', erasure: 'NOT_NEEDED' },
    });

    // Traded in: the keyboard is gone, which the inspection sees as the owner said.
    const said = answers({ SCREEN: 'LIGHT', KEYBOARD: 'NO' });
    const { trade } = await desk.validated({ imei: sold.imei, quote: { answers: said } });
    expect([trade.unitId, trade.agreedMinor]).toEqual([sold.unitId, 3000]);
    const { status, credits } = await done(desk.act(trade, 'settle'));
    expect(status).toBe('SETTLING');
    await done(desk.act(trade, 'confirm-payout', { creditId: credits[0]!.id, reference: 'ACH-1' }, office));
    expect((await holdings(sold.unitId)).map(({ disposition }) => disposition)).toEqual(['SOLD', 'QUARANTINE']);

    // Held for thirty days by the law of the place: nothing is done with it before.
    const unit = `/v1/stock-units/${sold.unitId}`;
    await done(office.post(`${unit}/triage`));
    const early = await office.post('/v1/refurb-orders', { ...PLANNED, unitId: sold.unitId });
    expect([early.status, early.body['code']]).toEqual([409, 'UNIT_ON_HOLD']);
    await daysPass(sold.unitId);

    // Repaired, erased, tested, graded.
    const battery = await desk.shop.make.accessory();
    await desk.shop.make.bulk(battery.skuId, desk.storeId, 3);
    const order = await done(office.post<Order>('/v1/refurb-orders', { ...PLANNED, unitId: sold.unitId }));
    const act = (name: string, body: object = {}) =>
      done(office.post<Order>(`/v1/refurb-orders/${order.id}/${name}`, body));
    const { parts } = await act('reserve-parts', {
      parts: [{ skuId: battery.skuId, quantity: 1, unitCostMinor: 900 }],
    });
    await act('start');
    await act('use-part', { partId: parts[0]!.id });
    await act('record-labour', { minutes: 30, work: 'New keyboard and battery' });
    const shelf = await office.post(`${unit}/make-available`);
    expect([shelf.status, shelf.body['code']]).toEqual([409, 'NOT_READY_FOR_SALE']);
    await done(office.post(`${unit}/erasure-certificates`, { ...ERASED, performedAt: new Date().toISOString() }));
    await act('confirm-erasure');
    await done(office.post(`${unit}/diagnostic-reports`, reportOf()));
    await act('confirm-tests');
    expect((await act('grade', { ...GRADING, batteryPct: 84 })).grade).toBe('GOOD');
    await act('close', { outcome: 'REPAIRED' });
    await done(office.post(`${unit}/make-available`));

    // Sold again, to somebody else.
    const form = { lines: [{ identifier: sold.imei }], terms: 'FULL', currency: 'USD' };
    const sale = await done(till.post<{ id: string; totalMinor: number }>('/v1/sales', form));
    await done(till.post(`/v1/sales/${sale.id}/hand-over`, { identifiers: [sold.imei] }));
    const [first, second] = await holdings(sold.unitId);
    expect([first!.id === sold.holdingId, first!.cost_minor]).toEqual([true, '41000']);
    expect(second).toMatchObject({ disposition: 'SOLD', grade: 'GOOD', cost_minor: String(3000 + 900 + 1500) });
    expect(sale.totalMinor - Number(second!.cost_minor)).toBe(38_400 - 5400);
    const imeis = 'select count(*) from unit_identifier where value = $1 and revoked_at is null';
    expect(await desk.shop.count(imeis, [sold.imei.slice(0, 14)])).toBe(1);

    // And may come back once more.
    const again = await done(desk.quote({ identifier: sold.imei }));
    expect([again.outcome, again.reasons]).toEqual(['BOUGHT', []]);
  });

  it('but not while it stands in our own stock', async () => {
    const unit = await desk.shop.make.unit(desk.q10, desk.storeId);
    const { outcome, reasons } = await done(desk.quote({ identifier: unit.imei }));
    expect([outcome, reasons]).toEqual(['REFUSED', ['OWN_STOCK_IMEI']]);
  });
});

const holdings = async (unitId: string): Promise<Holding[]> =>
  (
    await desk.shop.db.query<Holding>(
      `select h.id, h.disposition, h.cost_minor, s.grade from stock_holding h join sku s on s.id = h.sku_id
       where h.unit_id = $1 order by h.received_at`,
      [unitId],
    )
  ).rows;

async function daysPass(unitId: string): Promise<void> {
  await desk.shop.db.query(`update unit_encumbrance set until = now() - interval '1 second' where unit_id = $1`, [
    unitId,
  ]);
  const live = 'select count(*) from unit_encumbrance where unit_id = $1 and lifted_at is null';
  while ((await desk.shop.count(live, [unitId])) > 0) await pause(20);
}
