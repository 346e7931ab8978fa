import { setTimeout as pause } from 'node:timers/promises';
import { disagreements, refused } from '../support/books.js';
import { openShop, type Shop } from '../support/shop.js';
import type { MadeSku } from '../support/make.js';
import type { Unit } from '../support/unit-on-shelf.js';
import { ANOTHER_DOCUMENT, DOCUMENT, type TradeInDesk, tradeInDesk } from './handed-in.js';

let shop: Shop;
let desk: TradeInDesk;
let locationId: string;
let sku: MadeSku;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  desk = await tradeInDesk(shop);
  [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const hold = (unitId: string, until: Date | null, documentId = DOCUMENT) =>
  desk.step('hold', { unitId, reason: `until ${until?.toISOString() ?? 'lifted'}`, until, documentId });
const holdOf = (unitId: string) =>
  shop.one<{ until: Date | null; document_id: string; lifted: boolean; encumbered: boolean }>(
    `select e.until, e.document_id, e.lifted_at is not null as lifted, h.encumbered
     from unit_encumbrance e join stock_holding h on h.unit_id = e.unit_id and h.closed_at is null
     where e.unit_id = $1 order by e.placed_at desc limit 1`,
    [unitId],
  );
const over = (unitId: string) =>
  shop.db.query(`update unit_encumbrance set until = now() - interval '1 second' where unit_id = $1`, [unitId]);

describe('a legal hold', () => {
  it('keeps the later of two ends, whichever came first, and no end is the latest', async () => {
    const { unitId } = await desk.handedIn(sku, locationId);
    const [seven, thirty] = [inDays(7), inDays(30)];
    await hold(unitId, seven);
    await hold(unitId, thirty, ANOTHER_DOCUMENT);
    await hold(unitId, seven);
    expect(await holdOf(unitId)).toMatchObject({ until: thirty, document_id: ANOTHER_DOCUMENT, encumbered: true });
    await hold(unitId, null);
    await hold(unitId, thirty);
    expect(await holdOf(unitId)).toMatchObject({ until: null, document_id: DOCUMENT });
    expect(await shop.count('select count(*) from unit_encumbrance where unit_id = $1', [unitId])).toBe(1);
    const { rows } = await shop.db.query<{ act: string }>(
      `select act from history where subject_id = $1 and hash is not null order by occurred_at`,
      [unitId],
    );
    expect(rows.map(({ act }) => act)).toEqual(['encumber', 'extendHold', 'extendHold']);
  });

  it('is lifted early, and lifting it again is no refusal', async () => {
    const { unitId } = await desk.handedIn(sku, locationId);
    await hold(unitId, inDays(7));
    await desk.step('liftHold', { unitId, reason: 'Released by the police' });
    await desk.step('liftHold', { unitId, reason: 'Released by the police' });
    expect(await holdOf(unitId)).toMatchObject({ lifted: true, encumbered: false });
    await desk.step('giveBack', {
      unitId,
      documentId: DOCUMENT,
      how: 'RETURNED_TO_SELLER',
      reason: 'CUSTOMER_DECLINED',
    });
  });

  it('bars nothing once it is over, swept or not: the shelf, the till and the counter know', async () => {
    const till = await shop.associate(locationId);
    const made = await shop.make.unit(sku, locationId);
    await hold(made.unitId, inDays(1));
    const show = async () => (await till.get<Unit>(`/v1/stock-units/${made.unitId}`)).body;
    expect((await show()).holding.disposition).toBe('QUARANTINE');
    await shop.db.query(`update stock_holding set disposition = 'INSPECTION' where unit_id = $1`, [made.unitId]);
    const { facts } = await refused(
      shop,
      () => till.post(`/v1/stock-units/${made.unitId}/make-available`),
      409,
      'NOT_READY_FOR_SALE',
    );
    expect(facts['reasons']).toEqual(['ENCUMBERED']);
    await over(made.unitId);
    expect((await show()).encumbrances).toEqual([]);
    expect((await till.post(`/v1/stock-units/${made.unitId}/make-available`)).status).toBe(200);
    expect(await holdOf(made.unitId)).toMatchObject({ lifted: true, encumbered: false });
  });

  it('does not stop the sale of what was reserved before it, once it is over', async () => {
    const till = await shop.associate(locationId);
    const made = await shop.make.unit(sku, locationId);
    const form = { purpose: 'POS_BASKET', lines: [{ identifier: made.imei }] };
    const { body } = await till.post<{ id: string }>('/v1/reservations', form);
    await hold(made.unitId, inDays(1));
    const sale = { reservationId: body.id, terms: 'FULL', currency: 'USD' };
    await refused(shop, () => till.post('/v1/sales', sale), 409, 'UNIT_ENCUMBERED');
    await over(made.unitId);
    expect((await till.post('/v1/sales', sale)).status).toBe(201);
  });

  it('stops the hand-over of what was sold before it, until it is over', async () => {
    const till = await shop.associate(locationId);
    const made = await shop.make.unit(sku, locationId);
    const lines = [{ identifier: made.imei }];
    const { body } = await till.post<{ id: string }>('/v1/sales', { lines, terms: 'FULL', currency: 'USD' });
    const handOver = () =>
      till.post<{ status: string }>(`/v1/sales/${body.id}/hand-over`, { identifiers: [made.imei] });
    await hold(made.unitId, inDays(1));
    const { facts } = await refused(shop, handOver, 409, 'UNIT_ENCUMBERED');
    expect(facts).toEqual({ unitId: made.unitId });
    await over(made.unitId);
    const handed = await handOver();
    expect([handed.status, handed.body.status]).toEqual([200, 'HANDED_OVER']);
    expect(
      await shop.count('select count(*) from unit_encumbrance where unit_id = $1 and lifted_at is null', [made.unitId]),
    ).toBe(0);
  });

  it.each(['SCRAPPED', 'UNEXPLAINED_SHRINKAGE', 'DATA_ENTRY_ERROR'])(
    'keeps a handset from being written off as %s, until it is lifted',
    async (reason) => {
      const office = await shop.backOffice();
      const made = await shop.make.unit(sku, locationId);
      const adjust = () => office.post<Unit>(`/v1/stock-units/${made.unitId}/adjust`, { reason });
      await hold(made.unitId, null);
      await refused(shop, adjust, 409, 'UNIT_ON_HOLD');
      await desk.step('liftHold', { unitId: made.unitId, reason: 'Released by the police' });
      expect((await adjust()).body.holding.disposition).toBe('WRITTEN_OFF');
    },
  );

  it('is not needed to keep what is not ours yet from being written off', async () => {
    const office = await shop.backOffice();
    const { unitId } = await desk.handedIn(sku, locationId);
    const adjust = (reason: string) => office.post<Unit>(`/v1/stock-units/${unitId}/adjust`, { reason });
    const { facts } = await refused(shop, () => adjust('SCRAPPED'), 409, 'WRONG_STATE');
    expect(facts).toEqual({ state: 'TRADE_IN_INTAKE' });
    expect((await adjust('MISSING')).body.holding.disposition).toBe('MISSING');
  });

  it('that is over makes way for a new one', async () => {
    const { unitId } = await desk.handedIn(sku, locationId);
    await hold(unitId, inDays(1));
    await over(unitId);
    const thirty = inDays(30);
    await hold(unitId, thirty, ANOTHER_DOCUMENT);
    expect(await holdOf(unitId)).toMatchObject({ until: thirty, lifted: false, encumbered: true });
    expect(await shop.count('select count(*) from unit_encumbrance where unit_id = $1', [unitId])).toBe(2);
  });
});

describe('the sweep of holds', () => {
  it('lifts each that is over exactly once, in any number of processes, beside those who lift by hand', async () => {
    const swept = await openShop({ SWEEP_INTERVAL_MS: '150' });
    const steps = await tradeInDesk(swept);
    try {
      const [place, what] = [await swept.make.location(), await swept.make.sku()];
      const units: string[] = [];
      for (let n = 0; n < 40; n++) units.push((await steps.handedIn(what, place)).unitId);
      await steps.step('bar', { unitId: units[0]!, kind: 'RECALLED', reason: 'Notice 3' });
      const soon = new Date(Date.now() + 400);
      for (const [at, unitId] of units.entries()) {
        const until = at === 39 ? inDays(1) : soon;
        await steps.step('hold', { unitId, reason: 'HOLD', until, documentId: DOCUMENT });
      }
      await Promise.all(units.slice(1, 20).map((unitId) => steps.step('liftHold', { unitId, reason: 'By hand' })));
      const left = `select count(*) from unit_encumbrance where lifted_at is null and kind = 'LEGAL_HOLD'`;
      for (let tries = 0; tries < 200 && (await swept.count(left)) > 1; tries++) await pause(50);
      expect(await swept.count(left)).toBe(1);
      const { rows } = await swept.db.query<{ lifts: number; events: number; n: number }>(
        `select lifts, events, count(*)::int as n from (
           select (select count(*)::int from history h where h.subject_id = u.id and h.act = 'liftEncumbrance') as lifts,
             (select count(*)::int from outbox_event e where e.aggregate_id = u.id and e.payload->>'act' = 'liftEncumbrance') as events
           from stock_unit u) told group by 1, 2 order by 1`,
      );
      expect(rows).toEqual([
        { lifts: 0, events: 0, n: 1 },
        { lifts: 1, events: 1, n: 39 },
      ]);
      expect(await swept.count('select count(*) from stock_holding where encumbered')).toBe(2);
    } finally {
      await steps.close();
      await swept.close();
    }
  });
});
