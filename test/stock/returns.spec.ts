import { disagreements, faultsOf, movementsOf, refused, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { ERASED } from '../support/unit-on-shelf.js';
import { openShop, type Shop } from '../support/shop.js';

interface Sale {
  id: string;
  status: string;
  version: number;
  lines: { lineNo: number; unitId: string | null; returnedAt: string | null; returnReason: string | null }[];
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

/** A sale of so many handsets, and of three SIM kits, handed over. */
async function handedOver(units: number, location: object = {}) {
  const locationId = await shop.make.location({ ...location });
  const sku = await shop.make.sku();
  const made = await shop.make.units(sku, locationId, units);
  const kit = await shop.make.accessory();
  await shop.make.bulk(kit.skuId, locationId, 3);
  const till = await shop.associate(locationId);
  const lines = [...made.map(({ imei }) => ({ identifier: imei })), { skuId: kit.skuId, quantity: 3 }];
  const sold = await till.post<Sale>('/v1/sales', { lines, terms: 'FULL', currency: 'USD' });
  const given = await till.post<Sale>(`/v1/sales/${sold.body.id}/hand-over`, {
    identifiers: made.map(({ imei }) => imei),
  });
  expect([sold.status, given.status]).toEqual([201, 200]);
  const sale = given.body;
  const lineOf = (unitId: string | null) => sale.lines.find((line) => line.unitId === unitId)!.lineNo;
  const back = (form: object, headers: Record<string, string> = {}, client = till) =>
    client.post<Sale>(`/v1/sales/${sale.id}/return`, { reason: 'CHANGED_MIND', ...form }, { headers });
  return { locationId, sku, units: made, kit, till, sale, lineOf, back };
}

/** Makes the hand-over lie back in time, to the second before or after a midnight at the store. */
const handedOverAt = (saleId: string, at: string) =>
  shop.db.query(`update sale set handed_over_at = (${at}) where id = $1`, [saleId]);

describe('bring a handset back', () => {
  it('opens a new holding in quarantine, its condition unknown, and leaves the old one closed', async () => {
    const { locationId, units, sale, lineOf, back } = await handedOver(2);
    const { unitId, imei, holdingId } = units[0]!;
    const { status, body, headers } = await back({ lineNo: lineOf(unitId), identifier: imei, reason: 'FAULTY' });
    expect([status, body.status, body.version, headers.get('etag')]).toEqual([200, 'HANDED_OVER', 3, '"3"']);
    const line = body.lines.find((one) => one.unitId === unitId)!;
    expect([line.returnReason, line.returnedAt !== null]).toEqual(['FAULTY', true]);
    expect(await standing(shop, locationId)).toEqual({ QUARANTINE: 1 });
    const unit = await office.get<{ holding: Record<string, unknown> }>(`/v1/stock-units/${unitId}`);
    expect(unit.body).toMatchObject({
      reachesGrade: null,
      holding: {
        disposition: 'QUARANTINE',
        provenance: 'CUSTOMER_RETURN',
        costMinor: 2000,
        closedAt: null,
        cosmetic: null,
        functional: null,
        batteryPct: null,
        lockState: 'UNKNOWN',
        erasure: 'PENDING',
        kitComplete: false,
      },
    });
    expect(unit.body.holding['id']).not.toBe(holdingId);
    expect(await shop.one('select disposition from stock_holding where id = $1', [holdingId])).toEqual({
      disposition: 'SOLD',
    });
    expect((await movementsOf(shop, unitId)).at(-1)).toBe('RETURNED 1 0 FAULTY');
    const told = await shop.one(
      `select from_state, to_state, reason, details, hash is not null as hashed from history where subject_id = $1 and act = 'return'`,
      [sale.id],
    );
    expect(told).toEqual({
      from_state: 'HANDED_OVER',
      to_state: 'HANDED_OVER',
      reason: 'FAULTY',
      details: { lineNo: lineOf(unitId) },
      hashed: true,
    });
    expect(
      await shop.count(`select count(*) from outbox_event where aggregate_id = $1 and type = 'sale.line-returned'`, [
        sale.id,
      ]),
    ).toBe(1);
  });

  it('is sold a second time, once it was inspected and put on the shelf', async () => {
    const { units, till, lineOf, back } = await handedOver(1);
    const { unitId, imei } = units[0]!;
    await back({ lineNo: lineOf(unitId), identifier: imei });
    const certificate = await till.post<{ id: string }>(`/v1/stock-units/${unitId}/erasure-certificates`, ERASED);
    const bench = {
      ...{ cosmetic: 'B', functional: 1, batteryPct: 88, lockState: 'UNLOCKED', liquidDamage: false },
      ...{ partsOriginal: true, erasure: 'PASS', erasureCertificate: certificate.body.id, kitComplete: true },
    };
    expect((await till.post(`/v1/stock-units/${unitId}/inspect`, bench)).status).toBe(200);
    expect((await till.post(`/v1/stock-units/${unitId}/make-available`)).status).toBe(200);
    const form = { lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' };
    expect((await till.post('/v1/sales', form)).status).toBe(201);
    expect(await shop.count('select count(*) from stock_holding where unit_id = $1', [unitId])).toBe(2);
  });

  it('stays barred from sale when it was barred outside', async () => {
    const { units, lineOf, back } = await handedOver(1);
    const { unitId, imei } = units[0]!;
    const bar = { kind: 'BLOCK_LISTED', reason: 'reported while it was out' };
    expect((await office.post(`/v1/stock-units/${unitId}/encumber`, bar)).status).toBe(200);
    await back({ lineNo: lineOf(unitId), identifier: imei });
    expect(
      await shop.one('select encumbered from stock_holding where unit_id = $1 and closed_at is null', [unitId]),
    ).toEqual({ encumbered: true });
    const { facts } = await refused(
      shop,
      () => office.post(`/v1/stock-units/${unitId}/make-available`),
      409,
      'NOT_READY_FOR_SALE',
    );
    expect(facts['reasons']).toContain('ENCUMBERED');
  });
});

describe('bring everything back', () => {
  it('puts accessories back on the shelf, and makes the sale RETURNED with the last line', async () => {
    const { locationId, units, kit, lineOf, back } = await handedOver(1);
    const first = await back({ lineNo: lineOf(null), reason: 'WRONG_ITEM' });
    expect([first.status, first.body.status]).toEqual([200, 'HANDED_OVER']);
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [kit.skuId])).toEqual({
      on_hand: 3,
      reserved: 0,
    });
    const last = await back({ lineNo: lineOf(units[0]!.unitId), identifier: units[0]!.imei });
    expect([last.status, last.body.status]).toEqual([200, 'RETURNED']);
    expect(await standing(shop, locationId)).toEqual({ QUARANTINE: 1 });
  });
});

describe('a return that does not fit', () => {
  it('is refused for another handset than that of the line', async () => {
    const { units, lineOf, back, sku, locationId } = await handedOver(2);
    const stranger = await shop.make.unit(sku, locationId);
    const lineNo = lineOf(units[0]!.unitId);
    for (const { imei } of [units[1]!, stranger]) {
      const { facts } = await refused(shop, () => back({ lineNo, identifier: imei }), 409, 'WRONG_UNIT_SCANNED');
      expect(facts).toEqual({ lineNo });
    }
    await refused(shop, () => back({ lineNo, identifier: '490154203237518' }), 404, 'NOT_FOUND');
  });

  it('names the field when nothing is scanned, an accessory is scanned, or there is no such line', async () => {
    const { units, lineOf, back } = await handedOver(1);
    const { unitId, imei } = units[0]!;
    const faults = async (form: object) => faultsOf(await refused(shop, () => back(form), 400, 'INVALID_INPUT'));
    expect(await faults({ lineNo: lineOf(unitId) })).toEqual(['/identifier IDENTIFIER']);
    expect(await faults({ lineNo: lineOf(null), identifier: imei })).toEqual(['/identifier IDENTIFIER']);
    expect(await faults({ lineNo: 9, identifier: imei })).toEqual(['/lineNo UNKNOWN_LINE']);
    expect(await faults({ lineNo: 0 })).toEqual(['/lineNo MIN']);
    expect(await faults({ lineNo: 1, reason: 'BORED' })).toEqual(['/reason IS_IN']);
  });

  it('is refused a second time, in another version, from another store, and before the hand-over', async () => {
    const { units, lineOf, back, sku, locationId, till } = await handedOver(1);
    const form = { lineNo: lineOf(units[0]!.unitId), identifier: units[0]!.imei };
    await refused(shop, () => back(form, { 'if-match': '"1"' }), 412, 'STALE');
    const other = await shop.associate(await shop.make.location());
    await refused(shop, () => back(form, {}, other), 404, 'NOT_FOUND');
    expect((await back(form, { 'if-match': '"2"' })).status).toBe(200);
    expect((await refused(shop, () => back(form), 409, 'WRONG_STATE')).facts).toEqual({ state: 'RETURNED' });
    const next = await shop.make.unit(sku, locationId);
    const sold = await till.post<Sale>('/v1/sales', {
      lines: [{ identifier: next.imei }],
      terms: 'FULL',
      currency: 'USD',
    });
    const early = await refused(
      shop,
      () => till.post(`/v1/sales/${sold.body.id}/return`, { lineNo: 1, identifier: next.imei, reason: 'FAULTY' }),
      409,
      'WRONG_STATE',
    );
    expect(early.facts).toEqual({ state: 'SOLD' });
  });
});

describe('the remorse window', () => {
  // The day is counted where the store stands: these three are never on the same calendar day as UTC all day long.
  it.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Honolulu'])(
    'holds through its last day in %s',
    async (time_zone) => {
      const { units, sale, lineOf, back } = await handedOver(1, { time_zone, remorse_days: 14 });
      const form = { lineNo: lineOf(units[0]!.unitId), identifier: units[0]!.imei };
      const midnight = `date_trunc('day', now() at time zone '${time_zone}')`;
      await handedOverAt(
        sale.id,
        `(${midnight} - interval '14 days' - interval '1 second') at time zone '${time_zone}'`,
      );
      const { facts } = await refused(shop, () => back(form), 409, 'REMORSE_WINDOW_OVER');
      const { day } = await shop.one<{ day: string }>(
        `select ((now() at time zone '${time_zone}')::date - 1)::text as day`,
      );
      expect(facts).toEqual({ lastDay: day });
      await handedOverAt(sale.id, `(${midnight} - interval '14 days') at time zone '${time_zone}'`);
      expect((await back(form)).status).toBe(200);
    },
  );

  it('is the same day only where a store gives none', async () => {
    const { units, sale, lineOf, back } = await handedOver(1, { time_zone: 'UTC', remorse_days: 0 });
    const form = { lineNo: lineOf(units[0]!.unitId), identifier: units[0]!.imei };
    await handedOverAt(sale.id, `date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '1 second'`);
    await refused(shop, () => back(form), 409, 'REMORSE_WINDOW_OVER');
    await handedOverAt(sale.id, `date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`);
    expect((await back(form)).status).toBe(200);
  });
});
