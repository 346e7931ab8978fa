import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { disagreements, faultsOf, lapse, movementsOf, refused, standing } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Reservation {
  id: string;
  number: string;
  locationId: string;
  status: string;
  madeBy: string;
  madeAt: string;
  expiresAt: string;
  latestExpiry: string;
  lines: { lineNo: number; skuId: string; unitId: string | null; quantity: number }[];
  version: number;
}

const NOBODY = '019b0000-0000-7000-8000-000000000000';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  // No sweeper: what has run out stays as it is until somebody asks.
  shop = await openShop({ WORKER: 'off' });
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

/** A store with so many units of one SKU, and a till there. */
async function store(units: number) {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku();
  const made = await shop.make.units(sku, locationId, units);
  const till = await shop.associate(locationId);
  const reserve = (lines: object[], over: object = {}) =>
    till.post<Reservation>('/v1/reservations', { purpose: 'POS_BASKET', lines, ...over });
  const held = async (lines: object[], over: object = {}) => {
    const { status, body } = await reserve(lines, over);
    expect([status, body.status]).toEqual([201, 'ACTIVE']);
    return body;
  };
  return { locationId, sku, skuId: sku.skuId, units: made, till, reserve, held };
}

const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;

describe('reserve by SKU', () => {
  it('holds a free unit, and says which and until when', async () => {
    const { locationId, skuId, units, reserve } = await store(1);
    const { status, headers, body } = await reserve([{ skuId }], { customerReference: 'order 7' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String) as string,
      number: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z*~$=-]{8,}$/i) as string,
      locationId,
      purpose: 'POS_BASKET',
      status: 'ACTIVE',
      madeBy: 'associate-1',
      customerReference: 'order 7',
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
        act: 'reserve',
        from_state: null,
        to_state: 'ACTIVE',
        actor: 'associate-1',
        actor_role: 'ASSOCIATE',
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
    const office = await shop.backOffice();
    const form = { purpose: 'POS_BASKET', lines: [{ skuId }], locationId: '019b0000-0000-7000-8000-000000000000' };
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
    const list = async (query: string) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { body: { items: Reservation[]; nextCursor: string | null } } = await till.get(
          `/v1/reservations?limit=2${query}${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...page.body.items.map(({ id }) => id));
        cursor = page.body.nextCursor;
      }
      return seen;
    };
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
    const swept = await openShop({ SWEEP_INTERVAL_MS: '50' });
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
