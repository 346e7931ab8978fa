import { faultsOf, disagreements, lapse, movementsOf, refused, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY, shopfloor } from '../support/shopfloor.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  // No sweeper: what has run out stays as it is until somebody asks.
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

const store = (units: number) => shopfloor(shop, units);
const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;

describe('reserve by SKU', () => {
  it('holds a free unit, and says which and until when', async () => {
    const { locationId, skuId, units, reserve } = await store(1);
    const { status, headers, body } = await reserve([{ skuId }], { customerReference: 'order 7' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String) as string,
      number: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z*~$=-]{8,}$/i) as string,
      ...{ locationId, purpose: 'POS_BASKET', status: 'ACTIVE', madeBy: 'associate-1', customerReference: 'order 7' },
      madeAt: expect.any(String) as string,
      expiresAt: expect.any(String) as string,
      latestExpiry: expect.any(String) as string,
      lines: [{ lineNo: 1, skuId, unitId: units[0]!.unitId, quantity: 1 }],
      version: 1,
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(await standing(shop, locationId)).toEqual({ RESERVED: 1 });
    expect(await movementsOf(shop, units[0]!.unitId)).toEqual(['RECEIVED 1 1', 'RESERVED 0 -1']);
    const { rows } = await shop.db.query(
      `select act, from_state, to_state, actor, actor_role, location_id from history where subject_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([
      {
        ...{ act: 'reserve', from_state: null, to_state: 'ACTIVE', actor: 'associate-1', actor_role: 'ASSOCIATE' },
        location_id: locationId,
      },
    ]);
    const { type, payload } = await shop.one<{ type: string; payload: object }>(
      'select type, payload from outbox_event where aggregate_id = $1',
      [body.id],
    );
    expect([type, payload]).toEqual(['reservation.made', { number: body.number, purpose: 'POS_BASKET', units: 1 }]);
  });

  it.each([
    ['POS_BASKET', 15, 60],
    ['SELF_SERVICE', 15, 45],
    ['CLICK_AND_COLLECT', 2880, 4320],
  ])('holds for %s %i minutes, %i at the most', async (purpose, usual, most) => {
    const { skuId, held } = await store(1);
    const { madeAt, expiresAt, latestExpiry } = await held([{ skuId }], { purpose });
    expect([minutesBetween(madeAt, expiresAt), minutesBetween(madeAt, latestExpiry)]).toEqual([usual, most]);
  });

  it('holds for fewer minutes when asked, never for more', async () => {
    const { skuId, held } = await store(2);
    const short = await held([{ skuId }], { minutes: 3 });
    const long = await held([{ skuId }], { minutes: 600 });
    expect([short, long].map(({ madeAt, expiresAt }) => minutesBetween(madeAt, expiresAt))).toEqual([3, 15]);
  });

  it('holds several of several SKUs, and pieces of an accessory, as one', async () => {
    const { locationId, skuId, held } = await store(4);
    const other = await shop.make.sku();
    await shop.make.units(other, locationId, 2);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 10);
    const { lines } = await held([
      { skuId, quantity: 2 },
      { skuId: kit.skuId, quantity: 3 },
      { skuId: other.skuId },
      { skuId },
      { skuId: kit.skuId, quantity: 4 },
    ]);
    const pieces = (id: string) => lines.filter((line) => line.skuId === id).reduce((sum, l) => sum + l.quantity, 0);
    expect([pieces(skuId), pieces(other.skuId), pieces(kit.skuId), lines.length]).toEqual([3, 1, 7, 5]);
    expect(await standing(shop, locationId)).toEqual({ AVAILABLE: 2, RESERVED: 4 });
    expect(await shop.one('select on_hand, reserved from bulk_stock where sku_id = $1', [kit.skuId])).toEqual({
      on_hand: 10,
      reserved: 7,
    });
  });

  it('holds nothing at all when one line cannot be met', async () => {
    const { locationId, skuId, reserve } = await store(2);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 2);
    const bare = await shop.make.sku();
    for (const lines of [
      [{ skuId, quantity: 3 }],
      [{ skuId, quantity: 2 }, { skuId }],
      [{ skuId }, { skuId: bare.skuId }],
      [{ skuId }, { skuId: kit.skuId, quantity: 3 }],
      [{ skuId }, { skuId: kit.skuId }, { skuId: kit.skuId, quantity: 2 }],
    ]) {
      await refused(shop, () => reserve(lines), 409, 'INSUFFICIENT_STOCK');
    }
    const { facts } = await refused(shop, () => reserve([{ skuId, quantity: 9 }]), 409, 'INSUFFICIENT_STOCK');
    expect(facts).toEqual({ skuId, wanted: 9 });
  });

  it.each([
    ['on display', 'DISPLAY'],
    ['in quarantine', 'QUARANTINE'],
    ['at the bench', 'INSPECTION'],
    ['just received', 'RECEIVED'],
    ['sold and not handed over', 'ALLOCATED'],
  ])('does not take a unit that is %s', async (_how, disposition) => {
    const { locationId, skuId, sku, reserve } = await store(0);
    await shop.make.unit(sku, locationId, { disposition });
    await refused(shop, () => reserve([{ skuId }]), 409, 'INSUFFICIENT_STOCK');
    await shop.make.unit(sku, locationId);
    expect((await reserve([{ skuId }])).status).toBe(201);
  });

  it('knows no location that does not exist', async () => {
    const { skuId } = await shop.make.sku();
    const form = { purpose: 'POS_BASKET', lines: [{ skuId }], locationId: NOBODY };
    await refused(shop, () => office.post('/v1/reservations', form), 404, 'NOT_FOUND');
  });

  it('takes nothing from another store', async () => {
    const { skuId } = await store(1);
    const { reserve } = await store(0);
    await refused(shop, () => reserve([{ skuId }]), 409, 'INSUFFICIENT_STOCK');
  });

  it('takes what a reservation held that has run out, before any sweep', async () => {
    const { skuId, units, held, locationId } = await store(1);
    const first = await held([{ skuId }]);
    await lapse(shop, first.id);
    const second = await held([{ skuId }]);
    expect(second.lines[0]!.unitId).toBe(units[0]!.unitId);
    const { rows } = await shop.db.query(
      'select status from reservation where location_id = $1 order by made_at, status desc',
      [locationId],
    );
    expect(rows).toEqual([{ status: 'EXPIRED' }, { status: 'ACTIVE' }]);
    expect(await movementsOf(shop, units[0]!.unitId)).toHaveLength(4);
    const told = await shop.one(
      'select act, from_state, to_state, actor from history where subject_id = $1 and act = $2',
      [first.id, 'expire'],
    );
    expect(told).toEqual({ act: 'expire', from_state: 'ACTIVE', to_state: 'EXPIRED', actor: 'associate-1' });
  });
});

describe('reserve the one unit scanned', () => {
  it('takes it by IMEI in any spelling, and once when it is named twice', async () => {
    const { locationId, units, held } = await store(2);
    const imei = units[1]!.imei;
    const spaced = `${imei.slice(0, 2)}-${imei.slice(2, 8)}-${imei.slice(8, 14)}-${imei.slice(14)}`;
    const { lines } = await held([{ identifier: spaced }, { identifier: imei }]);
    expect(lines.map(({ unitId }) => unitId)).toEqual([units[1]!.unitId]);
    expect(await standing(shop, locationId)).toEqual({ AVAILABLE: 1, RESERVED: 1 });
  });

  it('takes it by its serial number', async () => {
    const { units, held } = await store(1);
    await shop.db.query(`insert into unit_identifier (unit_id, kind, value, position) values ($1, 'SERIAL', $2, 1)`, [
      units[0]!.unitId,
      '2BXYZ001',
    ]);
    expect((await held([{ identifier: '2bxyz001' }])).lines[0]!.unitId).toBe(units[0]!.unitId);
  });

  it('takes it together with another of the same SKU', async () => {
    const { skuId, units, held } = await store(2);
    const { lines } = await held([{ identifier: units[0]!.imei }, { skuId }]);
    expect(lines.map(({ unitId }) => unitId).sort()).toEqual(units.map(({ unitId }) => unitId).sort());
  });

  it('says who holds it and until when', async () => {
    const { locationId, units, held } = await store(1);
    const first = await held([{ identifier: units[0]!.imei }]);
    const second = await shop.associate(locationId, 'associate-2');
    const { facts, detail } = await refused(
      shop,
      () => second.post('/v1/reservations', { purpose: 'POS_BASKET', lines: [{ identifier: units[0]!.imei }] }),
      409,
      'UNIT_RESERVED',
    );
    expect(facts).toEqual({
      reservationId: first.id,
      reservationNumber: first.number,
      heldBy: 'associate-1',
      heldUntil: first.expiresAt,
    });
    expect(detail).toBe(`associate-1 holds it until ${first.expiresAt}.`);
  });

  it('takes it when the reservation that held it has run out', async () => {
    const { units, held } = await store(1);
    const first = await held([{ identifier: units[0]!.imei }]);
    await lapse(shop, first.id);
    const second = await held([{ identifier: units[0]!.imei }]);
    expect(second.lines[0]!.unitId).toBe(units[0]!.unitId);
  });

  it.each(['DISPLAY', 'QUARANTINE', 'INSPECTION', 'RECEIVED', 'ALLOCATED'])(
    'says that it is %s',
    async (disposition) => {
      const { locationId, sku, reserve } = await store(0);
      const { imei } = await shop.make.unit(sku, locationId, { disposition });
      const { facts } = await refused(shop, () => reserve([{ identifier: imei }]), 409, 'UNIT_NOT_AVAILABLE');
      expect(facts).toEqual({ disposition });
    },
  );

  it('says that it stands at another store', async () => {
    const elsewhere = await store(1);
    const { reserve } = await store(0);
    const { facts } = await refused(
      shop,
      () => reserve([{ identifier: elsewhere.units[0]!.imei }]),
      409,
      'UNIT_NOT_AVAILABLE',
    );
    expect(facts).toEqual({ locationId: elsewhere.locationId, disposition: 'AVAILABLE' });
  });

  it('holds nothing when one of several cannot be had', async () => {
    const { units, held, reserve, skuId } = await store(3);
    await held([{ identifier: units[0]!.imei }]);
    for (const lines of [
      [{ identifier: units[1]!.imei }, { identifier: units[0]!.imei }],
      [{ identifier: units[0]!.imei }, { skuId }],
    ]) {
      await refused(shop, () => reserve(lines), 409, 'UNIT_RESERVED');
    }
    await refused(
      shop,
      () => reserve([{ identifier: units[1]!.imei }, { skuId, quantity: 2 }]),
      409,
      'INSUFFICIENT_STOCK',
    );
  });

  it('refuses an identifier we never had, and one that cannot be right', async () => {
    const { reserve, units } = await store(1);
    await refused(shop, () => reserve([{ identifier: '490154203237518' }]), 404, 'NOT_FOUND');
    const imei = units[0]!.imei;
    const wrong = `${imei.slice(0, 14)}${(Number(imei[14]) + 1) % 10}`;
    const problem = await refused(shop, () => reserve([{ identifier: wrong }]), 400, 'INVALID_INPUT');
    expect(faultsOf(problem)).toEqual(['/lines/0/identifier CHECK_DIGIT']);
    expect(JSON.stringify(problem)).not.toContain(imei.slice(0, 14));
  });
});
