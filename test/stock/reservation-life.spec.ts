import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { disagreements, faultsOf, lapse, movementsOf, refused, standing } from '../support/books.js';
import { type Client, everyPage } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { NOBODY, type Reservation, shopfloor } from '../support/shopfloor.js';

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

describe('ask for a reservation wrongly', () => {
  it.each([
    ['no lines', { lines: [] }, ['/lines ARRAY_MIN_SIZE']],
    ['neither SKU nor identifier', { lines: [{}] }, ['/lines/0/skuId ONE_OF']],
    ['both', { lines: [{ skuId: NOBODY, identifier: '490154203237518' }] }, ['/lines/0/skuId ONE_OF']],
    [
      'two of one identifier',
      { lines: [{ identifier: '490154203237518', quantity: 2 }] },
      ['/lines/0/quantity ONE_UNIT'],
    ],
    ['an unknown SKU', { lines: [{ skuId: NOBODY }] }, ['/lines/0/skuId UNKNOWN_SKU']],
    ['no pieces', { lines: [{ skuId: NOBODY, quantity: 0 }] }, ['/lines/0/quantity MIN']],
    ['half a piece', { lines: [{ skuId: NOBODY, quantity: 1.5 }] }, ['/lines/0/quantity IS_INT']],
    ['an unknown purpose', { purpose: 'FRIENDS', lines: [{ skuId: NOBODY }] }, ['/purpose IS_IN']],
    ['null as reference', { customerReference: null, lines: [{ skuId: NOBODY }] }, ['/customerReference IS_STRING']],
    ['no minutes', { minutes: 0, lines: [{ skuId: NOBODY }] }, ['/minutes MIN']],
    ['something unknown', { discount: 5, lines: [{ skuId: NOBODY }] }, ['/discount UNKNOWN_FIELD']],
  ])('names the field: %s', async (_what, form, faults) => {
    const { till } = await store(0);
    const problem = await refused(
      shop,
      () => till.post('/v1/reservations', { purpose: 'POS_BASKET', ...form }),
      400,
      'INVALID_INPUT',
    );
    expect(faultsOf(problem)).toEqual(faults);
  });

  it('is refused at another store, and without a store at all', async () => {
    const elsewhere = await store(1);
    const { reserve } = await store(0);
    const lines = [{ skuId: elsewhere.skuId }];
    await refused(shop, () => reserve(lines, { locationId: elsewhere.locationId }), 404, 'NOT_FOUND');
    await refused(shop, () => office.post('/v1/reservations', { purpose: 'POS_BASKET', lines }), 404, 'NOT_FOUND');
    const atStore = await office.post<Reservation>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines,
      locationId: elsewhere.locationId,
    });
    expect([atStore.status, atStore.body.locationId]).toEqual([201, elsewhere.locationId]);
  });

  it('is refused to a customer and to a stranger', async () => {
    const { skuId } = await store(1);
    const form = { purpose: 'SELF_SERVICE', lines: [{ skuId }] };
    const customer = await shop.customer();
    const stranger = await shop.as();
    await refused(shop, () => customer.post('/v1/reservations', form), 403, 'NOT_ALLOWED');
    await refused(shop, () => stranger.post('/v1/reservations', form), 401, 'NOT_SIGNED_IN');
  });
});

describe('extend a reservation', () => {
  it('holds the units longer, and writes it down', async () => {
    const { skuId, held, till } = await store(1);
    const { id, lines } = await held([{ skuId }], { minutes: 5 });
    const { status, body, headers } = await till.post<Reservation>(`/v1/reservations/${id}/extend`, { minutes: 30 });
    expect([status, body.status, body.version, headers.get('etag')]).toEqual([200, 'ACTIVE', 2, '"2"']);
    expect(minutesBetween(body.madeAt, body.expiresAt)).toBeCloseTo(30, 0);
    const unit = await till.get<{ holding: { reservedUntil: string } }>(`/v1/stock-units/${lines[0]!.unitId}`);
    expect(unit.body.holding.reservedUntil).toBe(body.expiresAt);
    expect(
      await shop.count(
        `select count(*) from history where subject_id = $1 and act = 'extend' and to_state = 'ACTIVE'`,
        [id],
      ),
    ).toBe(1);
    expect(
      await shop.count(`select count(*) from outbox_event where aggregate_id = $1 and type = 'reservation.extended'`, [
        id,
      ]),
    ).toBe(1);
  });

  it('stops at the hard limit, and refuses beyond', async () => {
    const { skuId, held, till } = await store(1);
    const { id, latestExpiry } = await held([{ skuId }]);
    const { body } = await till.post<Reservation>(`/v1/reservations/${id}/extend`, { minutes: 600 });
    expect(body.expiresAt).toBe(latestExpiry);
    const { facts } = await refused(
      shop,
      () => till.post(`/v1/reservations/${id}/extend`, { minutes: 600 }),
      409,
      'RESERVATION_AT_ITS_LIMIT',
    );
    expect(facts).toEqual({ latestExpiry });
  });

  it('never shortens', async () => {
    const { skuId, held, till } = await store(1);
    const { id } = await held([{ skuId }]);
    await refused(
      shop,
      () => till.post(`/v1/reservations/${id}/extend`, { minutes: 1 }),
      409,
      'RESERVATION_AT_ITS_LIMIT',
    );
  });

  it('is refused when it has run out, is over, is not the version seen, or is not ours', async () => {
    const { skuId, held, till } = await store(3);
    const [lapsed, released, live] = [await held([{ skuId }]), await held([{ skuId }]), await held([{ skuId }])];
    await lapse(shop, lapsed.id);
    await till.post(`/v1/reservations/${released.id}/release`);
    const extend = (id: string, client = till, headers = {}) =>
      client.post(`/v1/reservations/${id}/extend`, {}, { headers });
    await refused(shop, () => extend(lapsed.id), 409, 'RESERVATION_LAPSED');
    const over = await refused(shop, () => extend(released.id), 409, 'WRONG_STATE');
    expect(over.facts).toEqual({ state: 'RELEASED' });
    const { facts } = await refused(shop, () => extend(live.id, till, { 'if-match': '"7"' }), 412, 'STALE');
    expect(facts).toEqual({ version: 1 });
    await refused(shop, () => extend(live.id, till, { 'if-match': 'seven' }), 400, 'INVALID_INPUT');
    const other = await store(0);
    await refused(shop, () => extend(live.id, other.till), 404, 'NOT_FOUND');
    await refused(shop, () => extend(NOBODY), 404, 'NOT_FOUND');
  });
});

describe('release a reservation', () => {
  it('puts units and pieces back on the shelf', async () => {
    const { locationId, skuId, units, held, till } = await store(1);
    const kit = await shop.make.accessory();
    await shop.make.bulk(kit.skuId, locationId, 5);
    const { id, version } = await held([{ skuId }, { skuId: kit.skuId, quantity: 5 }]);
    const { status, body } = await till.post<Reservation>(
      `/v1/reservations/${id}/release`,
      { reason: 'changed their mind' },
      { headers: { 'if-match': `"${version}"` } },
    );
    expect([status, body.status, body.lines.length, body.version]).toEqual([200, 'RELEASED', 2, 2]);
    expect(await standing(shop, locationId)).toEqual({ AVAILABLE: 1 });
    expect(await movementsOf(shop, units[0]!.unitId)).toEqual([
      'RECEIVED 1 1',
      'RESERVED 0 -1',
      'RELEASED 0 1 changed their mind',
    ]);
    expect(await shop.count('select reserved from bulk_stock where sku_id = $1', [kit.skuId])).toBe(0);
    const told = await shop.one('select from_state, to_state, reason from history where subject_id = $1 and act = $2', [
      id,
      'release',
    ]);
    expect(told).toEqual({ from_state: 'ACTIVE', to_state: 'RELEASED', reason: 'changed their mind' });
  });

  it('is refused a second time, after it ran out, and from another store', async () => {
    const { skuId, held, till } = await store(2);
    const [once, lapsed] = [await held([{ skuId }]), await held([{ skuId }])];
    const release = (id: string, client = till, headers = {}) =>
      client.post(`/v1/reservations/${id}/release`, {}, { headers });
    await refused(shop, () => release(once.id, till, { 'if-match': '"2"' }), 412, 'STALE');
    expect((await release(once.id)).status).toBe(200);
    await refused(shop, () => release(once.id), 409, 'WRONG_STATE');
    await lapse(shop, lapsed.id);
    await refused(shop, () => release(lapsed.id), 409, 'RESERVATION_LAPSED');
    const other = await store(0);
    await refused(shop, () => release(lapsed.id, other.till), 404, 'NOT_FOUND');
  });

  it('sends a unit that was barred meanwhile into quarantine, not back on the shelf', async () => {
    const { locationId, skuId, units, held, till } = await store(1);
    const { id } = await held([{ skuId }]);
    await office.post(`/v1/stock-units/${units[0]!.unitId}/encumber`, { kind: 'LEGAL_HOLD', reason: 'court order' });
    expect((await till.post(`/v1/reservations/${id}/release`)).status).toBe(200);
    expect(await standing(shop, locationId)).toEqual({ QUARANTINE: 1 });
  });
});

describe('show reservations', () => {
  it('shows one to its own store and the back office, to nobody else', async () => {
    const { skuId, held, till } = await store(1);
    const made = await held([{ skuId }]);
    const path = `/v1/reservations/${made.id}`;
    for (const client of [till, office]) expect((await client.get(path)).body).toEqual(made);
    const other = await store(0);
    await refused(shop, () => other.till.get(path), 404, 'NOT_FOUND');
  });

  it('lists them newest first, each once, by state', async () => {
    const { locationId, skuId, held, till } = await store(5);
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.push((await held([{ skuId }])).id);
    await till.post(`/v1/reservations/${made[2]}/release`);
    const list = async (query: string) =>
      (await everyPage<Reservation>(till, `/v1/reservations?limit=2${query}`)).map(({ id }) => id);
    expect(await list('')).toEqual([...made].reverse());
    expect(await list('&status=RELEASED')).toEqual([made[2]]);
    expect(await list('&status=ACTIVE')).toHaveLength(4);
    const { body } = await office.get<{ items: Reservation[] }>(`/v1/reservations?locationId=${locationId}&limit=200`);
    expect(body.items).toHaveLength(5);
  });

  it('refuses a cursor of another list', async () => {
    const { till } = await store(0);
    const { body } = await office.get<{ nextCursor: string }>('/v1/stock-units?limit=1');
    await refused(shop, () => till.get(`/v1/reservations?cursor=${body.nextCursor}`), 400, 'INVALID_INPUT');
  });
});

describe('the sweep', () => {
  it('frees what has run out, and leaves alone what has not', async () => {
    const swept = await openShop({ SWEEP_INTERVAL_MS: '150' });
    try {
      const locationId = await swept.make.location();
      const sku = await swept.make.sku();
      await swept.make.units(sku, locationId, 3);
      const kit = await swept.make.accessory();
      await swept.make.bulk(kit.skuId, locationId, 4);
      const till = await swept.associate(locationId);
      const lines = [{ skuId: sku.skuId }, { skuId: kit.skuId }];
      const made: string[] = [];
      for (let n = 0; n < 3; n++) {
        const { body } = await till.post<Reservation>(
          '/v1/reservations',
          { purpose: 'POS_BASKET', lines },
          { key: randomUUID() },
        );
        made.push(body.id);
      }
      await lapse(swept, made[0]!);
      await lapse(swept, made[1]!);
      const live = () => swept.count(`select count(*) from reservation where status = 'ACTIVE'`);
      for (const until = Date.now() + 10_000; (await live()) > 1 && Date.now() < until;) await pause(20);
      const { rows } = await swept.db.query('select status from reservation order by id');
      expect(rows.map(({ status }: { status: string }) => status)).toEqual(['EXPIRED', 'EXPIRED', 'ACTIVE']);
      expect(await standing(swept, locationId)).toEqual({ AVAILABLE: 2, RESERVED: 1 });
      expect(await swept.count('select reserved from bulk_stock')).toBe(1);
      expect(await swept.count(`select count(*) from outbox_event where type = 'reservation.expired'`)).toBe(2);
      expect(await swept.count(`select count(*) from history where act = 'expire' and actor_role = 'SYSTEM'`)).toBe(2);
      expect(await disagreements(swept)).toEqual([]);
    } finally {
      await swept.close();
    }
  });
});
