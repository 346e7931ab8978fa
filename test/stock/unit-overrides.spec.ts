import { disagreements, faultsOf, lapse, movementsOf, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import { BENCH, lastAct, unitOn } from '../support/unit-on-shelf.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const unitAt = (disposition: string, over: object = {}) => unitOn(shop, disposition, over);

describe('correct the stock by hand', () => {
  it.each([
    ['COUNT_SHORT', 'MISSING', -1],
    ['MISSING', 'MISSING', -1],
    ['MISPLACED', 'MISSING', -1],
    ['UNEXPLAINED_SHRINKAGE', 'WRITTEN_OFF', -1],
    ['STOLEN_STORE', 'STOLEN', -1],
    ['STOLEN_TRANSIT', 'STOLEN', -1],
    ['DAMAGED_STORE', 'QUARANTINE', 0],
    ['DAMAGED_TRANSIT', 'QUARANTINE', 0],
    ['SCRAPPED', 'WRITTEN_OFF', -1],
    ['DATA_ENTRY_ERROR', 'WRITTEN_OFF', -1],
    ['ISSUE_NOT_RECORDED', 'WRITTEN_OFF', -1],
  ])('%s makes it %s', async (reason, disposition, onHand) => {
    const { unitId, act, events } = await unitAt('AVAILABLE');
    const { status, body } = await act('adjust', { reason }, {}, office);
    expect([status, body.holding.disposition]).toEqual([200, disposition]);
    expect(body.holding['closedAt'] === null).toBe(!['WRITTEN_OFF', 'STOLEN'].includes(disposition));
    expect((await movementsOf(shop, unitId)).at(-1)).toMatch(
      new RegExp(`^(ADJUSTED|QUARANTINED) ${onHand} -1 ${reason}$`),
    );
    const audited = await shop.one(
      `select from_state, to_state, reason from history where subject_id = $1 and act = 'adjust' and hash is not null`,
      [unitId],
    );
    expect(audited).toEqual({ from_state: 'AVAILABLE', to_state: disposition, reason });
    expect(await events()).toEqual([['stock-unit.moved', { from: 'AVAILABLE', to: disposition, reason }]]);
  });

  it.each(['FOUND', 'COUNT_OVER'])('%s brings a missing unit into quarantine', async (reason) => {
    const { unitId, act } = await unitAt('AVAILABLE');
    expect((await act('adjust', { reason: 'MISSING' }, {}, office)).body.holding.disposition).toBe('MISSING');
    expect((await act('adjust', { reason }, {}, office)).body.holding.disposition).toBe('QUARANTINE');
    expect(await movementsOf(shop, unitId)).toEqual([
      'RECEIVED 1 1',
      'ADJUSTED -1 -1 MISSING',
      `ADJUSTED 1 0 ${reason}`,
    ]);
  });

  it('finds nothing that was not missing, and misses nothing that is gone', async () => {
    const { act } = await unitAt('AVAILABLE');
    const adjust = (reason: string) => act('adjust', { reason }, {}, office);
    await refused(shop, () => adjust('FOUND'), 409, 'WRONG_STATE');
    expect((await adjust('SCRAPPED')).status).toBe(200);
    await refused(shop, () => adjust('MISSING'), 404, 'NOT_FOUND');
  });

  it('is refused while it is reserved or sold, and to an associate', async () => {
    const { imei, till, act } = await unitAt('AVAILABLE');
    await refused(shop, () => act('adjust', { reason: 'MISSING' }), 403, 'NOT_ALLOWED');
    await till.post('/v1/reservations', { purpose: 'POS_BASKET', lines: [{ identifier: imei }] });
    await refused(shop, () => act('adjust', { reason: 'MISSING' }, {}, office), 409, 'WRONG_STATE');
    const sold = await unitAt('ALLOCATED');
    await refused(shop, () => sold.act('adjust', { reason: 'STOLEN_STORE' }, {}, office), 409, 'WRONG_STATE');
  });
});

describe('bar a unit from sale', () => {
  const bar = { kind: 'LEGAL_HOLD', reason: 'police inquiry 88' };

  it.each(['LEGAL_HOLD', 'BLOCK_LISTED', 'FINANCED', 'LOCKED', 'RECALLED', 'HAZARDOUS'])(
    'takes it off the shelf: %s',
    async (kind) => {
      const { unitId, act, events } = await unitAt('AVAILABLE');
      const { status, body } = await act('encumber', { ...bar, kind }, {}, office);
      expect([status, body.holding.disposition, body.encumbrances]).toMatchObject([
        200,
        'QUARANTINE',
        [{ kind, reason: bar.reason, placedBy: 'back-office-1' }],
      ]);
      expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 1', `QUARANTINED 0 -1 ${kind}`]);
      expect(await lastAct(shop, unitId)).toEqual({
        ...{ act: 'encumber', from_state: null, to_state: null, reason: bar.reason, actor: 'back-office-1' },
        hashed: true,
      });
      expect(await events()).toEqual([['stock-unit.encumbrance-changed', { act: 'encumber', kind }]]);
    },
  );

  it('leaves a reserved unit with its reservation, which can then not be sold', async () => {
    const { imei, till, act, show } = await unitAt('AVAILABLE');
    const made = await till.post<{ id: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ identifier: imei }],
    });
    await act('encumber', bar, {}, office);
    expect((await show()).holding.disposition).toBe('RESERVED');
    const sale = { reservationId: made.body.id, terms: 'FULL', currency: 'USD' };
    await refused(shop, () => till.post('/v1/sales', sale), 409, 'UNIT_ENCUMBERED');
    await act('lift-encumbrance', bar, {}, office);
    expect((await till.post('/v1/sales', sale)).status).toBe(201);
  });

  it('sends it into quarantine when the reservation runs out', async () => {
    const { unitId, imei, sku, till, act } = await unitAt('AVAILABLE');
    const form = { purpose: 'POS_BASKET', lines: [{ identifier: imei }] };
    const made = await till.post<{ id: string }>('/v1/reservations', form);
    await act('encumber', bar, {}, office);
    await lapse(shop, made.body.id);
    const bySku = { purpose: 'POS_BASKET', lines: [{ skuId: sku.skuId }] };
    await refused(shop, () => till.post('/v1/reservations', bySku), 409, 'INSUFFICIENT_STOCK');
    const { facts } = await refused(shop, () => till.post('/v1/reservations', form), 409, 'UNIT_NOT_AVAILABLE');
    expect(facts).toEqual({ disposition: 'QUARANTINE' });
    expect((await act('inspect', BENCH)).status).toBe(200);
    expect((await movementsOf(shop, unitId)).slice(2).sort()).toEqual(['EXPIRED 0 0', 'INSPECTED 0 0']);
  });

  it('bears several bars at once, each kind once, and is free when the last is lifted', async () => {
    const { act, show } = await unitAt('INSPECTION');
    const recall = { kind: 'RECALLED', reason: 'maker notice 3' };
    await act('encumber', bar, {}, office);
    await act('encumber', recall, {}, office);
    const twice = await refused(shop, () => act('encumber', bar, {}, office), 409, 'WRONG_STATE');
    expect(twice.facts).toEqual({ state: 'ENCUMBERED' });
    await act('inspect', BENCH);
    const stopped = await refused(shop, () => act('make-available'), 409, 'NOT_READY_FOR_SALE');
    expect(stopped.facts).toEqual({ reasons: ['ENCUMBERED'] });
    await act('lift-encumbrance', bar, {}, office);
    await refused(shop, () => act('make-available'), 409, 'NOT_READY_FOR_SALE');
    await act('lift-encumbrance', recall, {}, office);
    expect((await show()).encumbrances).toEqual([]);
    expect((await act('make-available')).status).toBe(200);
    const free = await refused(shop, () => act('lift-encumbrance', recall, {}, office), 409, 'WRONG_STATE');
    expect(free.facts).toEqual({ state: 'FREE' });
    expect((await act('encumber', bar, {}, office)).status).toBe(200);
  });

  it('is refused in another version, to an associate, and of what we never had', async () => {
    const { act } = await unitAt('AVAILABLE');
    await refused(shop, () => act('encumber', bar, { 'if-match': '"9"' }, office), 412, 'STALE');
    await refused(shop, () => act('encumber', bar), 403, 'NOT_ALLOWED');
    await refused(shop, () => act('lift-encumbrance', bar), 403, 'NOT_ALLOWED');
    await refused(shop, () => office.post(`/v1/stock-units/${NOBODY}/encumber`, bar), 404, 'NOT_FOUND');
    const noReason = await refused(
      shop,
      () => act('encumber', { kind: 'RECALLED', reason: '' }, {}, office),
      400,
      'INVALID_INPUT',
    );
    expect(faultsOf(noReason)).toHaveLength(1);
    expect((await act('encumber', bar, { 'if-match': '"1"' }, office)).status).toBe(200);
  });
});
