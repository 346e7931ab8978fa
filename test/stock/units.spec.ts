import { disagreements, faultsOf, lapse, movementsOf, refused, standing } from '../support/books.js';
import { type Client, everyPage } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY } from '../support/shopfloor.js';
import { BENCH, lastAct, type Unit, unitOn } from '../support/unit-on-shelf.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const unitAt = (disposition: string, over: object = {}) => unitOn(shop, disposition, over);

describe('inspect a unit', () => {
  it('records what the bench found, and keeps it at the bench', async () => {
    const { unitId, holdingId, act, events } = await unitAt('QUARANTINE', {
      ...{ cosmetic: null, functional: null, battery_pct: null, lock_state: 'UNKNOWN', erasure: 'PENDING' },
      kit_complete: false,
    });
    const { status, headers, body } = await act('inspect', BENCH, { 'if-match': '"1"' });
    expect([status, body.version, headers.get('etag')]).toEqual([200, 2, '"2"']);
    expect(body).toMatchObject({
      id: unitId,
      reachesGrade: 'EXCELLENT',
      holding: {
        ...{ id: holdingId, disposition: 'INSPECTION', cosmetic: 'B', functional: 1, batteryPct: 88 },
        ...{ lockState: 'UNLOCKED', erasure: 'PASS', kitComplete: true },
      },
    });
    const kept = await shop.one(
      `select inspected_by, cosmetic, functional, battery_pct, liquid_damage, parts_original, erasure_certificate, retail_grade,
              grade_profile from unit_inspection where unit_id = $1`,
      [unitId],
    );
    expect(kept).toEqual({
      ...{ inspected_by: 'associate-1', cosmetic: 'B', functional: 1, battery_pct: 88, liquid_damage: false },
      ...{ parts_original: true, erasure_certificate: 'WIPE-0001', retail_grade: 'EXCELLENT', grade_profile: '2026-1' },
    });
    expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 0', 'INSPECTED 0 0']);
    expect(await lastAct(shop, unitId)).toMatchObject({
      act: 'inspect',
      from_state: 'QUARANTINE',
      to_state: 'INSPECTION',
    });
    expect((await events()).map(([type]) => type)).toEqual(['stock-unit.inspected']);
  });

  it('makes it another SKU of the same hardware, and the ledger follows', async () => {
    const { unitId, sku, act } = await unitAt('INSPECTION');
    const fair = await shop.make.insert('sku', {
      ...{ id: '019b0000-0000-7000-8000-00000000f001', code: 'FAIR-1', kind: 'DEVICE', variant_id: sku.variantId },
      ...{ condition: 'REFURBISHED', grade: 'FAIR' },
    });
    const { body } = await act('inspect', { ...BENCH, cosmetic: 'C', skuId: fair });
    expect([body.holding['skuId'], body.reachesGrade]).toEqual([fair, 'FAIR']);
    const { rows } = await shop.db.query(
      `select sku_id, sum(on_hand)::int as on_hand from stock_movement where unit_id = $1 group by 1 order by 2`,
      [unitId],
    );
    expect(rows).toEqual([
      { sku_id: sku.skuId, on_hand: 0 },
      { sku_id: fair, on_hand: 1 },
    ]);
  });

  it('wants the certificate of a passed erasure, and a SKU of the same hardware', async () => {
    const { act } = await unitAt('INSPECTION');
    const other = await shop.make.sku();
    const faults = async (form: object) =>
      faultsOf(await refused(shop, () => act('inspect', form), 400, 'INVALID_INPUT'));
    expect(await faults({ ...BENCH, erasureCertificate: undefined })).toEqual(['/erasureCertificate CERTIFICATE']);
    expect(await faults({ ...BENCH, skuId: other.skuId })).toEqual(['/skuId OTHER_HARDWARE']);
    expect(await faults({ ...BENCH, skuId: NOBODY })).toEqual(['/skuId OTHER_HARDWARE']);
    expect(await faults({ ...BENCH, functional: 10, batteryPct: 101, cosmetic: 'F', kitComplete: 'yes' })).toEqual([
      '/cosmetic IS_IN',
      '/functional MAX',
      '/batteryPct MAX',
      '/kitComplete IS_BOOLEAN',
    ]);
  });

  it.each(['AVAILABLE', 'ALLOCATED'])('is refused while it is %s', async (disposition) => {
    const { act } = await unitAt(disposition);
    expect((await refused(shop, () => act('inspect', BENCH), 409, 'WRONG_STATE')).facts['state']).toBe(disposition);
  });
});

describe('put a unit on the shelf', () => {
  it.each(['RECEIVED', 'INSPECTION', 'DISPLAY'])('passes the gate from %s', async (disposition) => {
    const { unitId, locationId, act, events } = await unitAt(disposition);
    const { status, body } = await act('make-available');
    expect([status, body.holding.disposition]).toEqual([200, 'AVAILABLE']);
    expect(await standing(shop, locationId)).toEqual({ AVAILABLE: 1 });
    expect(await movementsOf(shop, unitId)).toEqual(['RECEIVED 1 0', 'MADE_AVAILABLE 0 1']);
    expect(await lastAct(shop, unitId)).toMatchObject({
      act: 'makeAvailable',
      from_state: disposition,
      to_state: 'AVAILABLE',
    });
    expect(await events()).toEqual([['stock-unit.moved', { from: disposition, to: 'AVAILABLE', reason: null }]]);
  });

  it('is stopped at the gate with every reason at once', async () => {
    const { unitId, act } = await unitAt('INSPECTION', {
      ...{ functional: 9, battery_pct: 12, cosmetic: 'E', lock_state: 'LOCKED', erasure: 'FAIL', kit_complete: false },
      ...{ cost_minor: null, warranty_days: null },
    });
    await office.post(`/v1/stock-units/${unitId}/encumber`, { kind: 'LEGAL_HOLD', reason: 'case 12' });
    await office.post(`/v1/stock-units/${unitId}/inspect`, {
      ...BENCH,
      ...{ functional: 9, batteryPct: 12, cosmetic: 'E' },
      ...{ lockState: 'LOCKED', erasure: 'FAIL', kitComplete: false },
    });
    const { facts } = await refused(shop, () => act('make-available'), 409, 'NOT_READY_FOR_SALE');
    expect(facts).toEqual({
      reasons: [
        ...['FUNCTIONAL_FAULT', 'GRADE_TOO_LOW', 'BATTERY_WORN', 'LOCKED', 'NOT_ERASED', 'COST_UNKNOWN'],
        ...['KIT_INCOMPLETE', 'WARRANTY_MISSING', 'ENCUMBERED'],
      ],
    });
  });

  it('is stopped when nobody has tested it', async () => {
    const { act } = await unitAt('RECEIVED', { functional: null, cosmetic: null });
    const { facts } = await refused(shop, () => act('make-available'), 409, 'NOT_READY_FOR_SALE');
    expect(facts).toEqual({ reasons: ['NOT_TESTED', 'GRADE_MISSING'] });
  });

  it('goes from quarantine by way of the bench only', async () => {
    const { act } = await unitAt('QUARANTINE');
    const { facts } = await refused(shop, () => act('make-available'), 409, 'WRONG_STATE');
    expect(facts).toEqual({
      state: 'QUARANTINE',
      possible: [
        ...['inspect', 'miss', 'writeOff', 'reportStolen'],
        ...['acquire', 'returnToSeller', 'surrender', 'recycle', 'triage'],
      ],
    });
    expect((await act('inspect', BENCH)).status).toBe(200);
    expect((await act('make-available')).status).toBe(200);
  });

  it('is refused in another version, at another store, and when we never had it', async () => {
    const { unitId, act } = await unitAt('INSPECTION');
    expect((await refused(shop, () => act('make-available', {}, { 'if-match': '"4"' }), 412, 'STALE')).facts).toEqual({
      version: 1,
    });
    const other = await shop.associate(await shop.make.location());
    await refused(shop, () => other.post(`/v1/stock-units/${unitId}/make-available`), 404, 'NOT_FOUND');
    await refused(shop, () => office.post(`/v1/stock-units/${NOBODY}/make-available`), 404, 'NOT_FOUND');
  });
});

describe('set a unit apart', () => {
  it.each(['RECEIVED', 'INSPECTION', 'AVAILABLE', 'DISPLAY'])('from %s', async (disposition) => {
    const { unitId, act } = await unitAt(disposition);
    const { status, body } = await act('quarantine', { reason: 'BATTERY_SWOLLEN' });
    expect([status, body.holding.disposition]).toEqual([200, 'QUARANTINE']);
    const free = disposition === 'AVAILABLE' ? -1 : 0;
    expect((await movementsOf(shop, unitId)).at(-1)).toBe(`QUARANTINED 0 ${free} BATTERY_SWOLLEN`);
    expect(await lastAct(shop, unitId)).toMatchObject({
      act: 'quarantine',
      from_state: disposition,
      reason: 'BATTERY_SWOLLEN',
    });
  });

  it('is refused while somebody holds it, and possible once that has run out', async () => {
    const { imei, till, act } = await unitAt('AVAILABLE');
    const { body } = await till.post<{ id: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ identifier: imei }],
    });
    const { facts } = await refused(shop, () => act('quarantine', { reason: 'RECALL' }), 409, 'WRONG_STATE');
    expect(facts).toEqual({ state: 'RESERVED', possible: ['release', 'sellReserved'] });
    await lapse(shop, body.id);
    expect((await act('quarantine', { reason: 'RECALL' })).body.holding.disposition).toBe('QUARANTINE');
    expect((await office.get<{ status: string }>(`/v1/reservations/${body.id}`)).body.status).toBe('EXPIRED');
  });

  it('wants a known reason', async () => {
    const { act } = await unitAt('AVAILABLE');
    expect(faultsOf(await refused(shop, () => act('quarantine', { reason: 'MOOD' }), 400, 'INVALID_INPUT'))).toEqual([
      '/reason IS_IN',
    ]);
    await refused(shop, () => act('quarantine', {}), 400, 'INVALID_INPUT');
  });
});

describe('put a unit on display', () => {
  it.each(['RECEIVED', 'INSPECTION', 'AVAILABLE'])('from %s: seen, not sold', async (disposition) => {
    const { imei, till, act } = await unitAt(disposition);
    expect((await act('display')).body.holding.disposition).toBe('DISPLAY');
    const form = { lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' };
    await refused(shop, () => till.post('/v1/sales', form), 409, 'UNIT_NOT_AVAILABLE');
    expect((await act('make-available')).body.holding.disposition).toBe('AVAILABLE');
    expect((await till.post('/v1/sales', form)).status).toBe(201);
  });

  it('is refused in quarantine and while sold', async () => {
    for (const disposition of ['QUARANTINE', 'ALLOCATED']) {
      const { act } = await unitAt(disposition);
      await refused(shop, () => act('display'), 409, 'WRONG_STATE');
    }
  });
});

describe('show units', () => {
  it('shows one with its identifiers and what may be done with it', async () => {
    const { unitId, imei, sku, locationId, holdingId, till } = await unitAt('AVAILABLE');
    const { body, headers } = await till.get<Unit>(`/v1/stock-units/${unitId}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toEqual({
      id: unitId,
      variantId: sku.variantId,
      identifiers: [{ kind: 'IMEI', value: imei, position: 1 }],
      holding: {
        ...{ id: holdingId, skuId: sku.skuId, locationId, disposition: 'AVAILABLE', provenance: 'NEW_PO' },
        ...{ receivedAt: '2026-01-05T09:00:00.000Z', closedAt: null, costMinor: 2000, currency: 'USD', cosmetic: 'B' },
        ...{
          functional: 0,
          batteryPct: 90,
          lockState: 'UNLOCKED',
          erasure: 'PASS',
          warrantyDays: 90,
          disclosure: null,
          gradeProfile: null,
          sealedBag: null,
          kitComplete: true,
        },
        reservedUntil: null,
      },
      encumbrances: [],
      reachesGrade: 'EXCELLENT',
      possibleActs: ['reserve', 'sell', 'display', 'quarantine', 'miss', 'writeOff', 'reportStolen'],
      version: 1,
    });
    const other = await shop.associate(await shop.make.location());
    await refused(shop, () => other.get(`/v1/stock-units/${unitId}`), 404, 'NOT_FOUND');
  });

  it('lists those of a store by SKU and disposition, each once', async () => {
    const { locationId, sku, till } = await unitAt('AVAILABLE');
    for (const disposition of ['AVAILABLE', 'AVAILABLE', 'DISPLAY', 'QUARANTINE']) {
      await shop.make.unit(sku, locationId, { disposition });
    }
    const other = await shop.make.sku();
    await shop.make.unit(other, locationId);
    await shop.make.unit(sku, await shop.make.location());
    const list = async (query: string) => {
      const seen = (await everyPage<Unit>(till, `/v1/stock-units?limit=2${query}`)).map(({ id }) => id);
      return [seen.length, new Set(seen).size];
    };
    expect(await list('')).toEqual([6, 6]);
    expect(await list(`&skuId=${sku.skuId}`)).toEqual([5, 5]);
    expect(await list(`&skuId=${sku.skuId}&disposition=AVAILABLE`)).toEqual([3, 3]);
    expect(await list('&disposition=SOLD')).toEqual([0, 0]);
  });
});
