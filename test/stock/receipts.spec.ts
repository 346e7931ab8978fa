import { brokenLinks } from '../../src/platform/history.js';
import { imeiOf15 } from '../../src/values/check-digits.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Received {
  id: string;
  units: number;
  pieces: number;
  lines: { skuId: string; unitId: string | null; quantity: number; disposition: string | null }[];
  warnings: { pointer: string; code: string; detail: string }[];
}
interface ReceiptPage {
  items: { id: string; reference: string }[];
  nextCursor: string | null;
}
interface Refused {
  code: string;
  detail: string;
  errors?: { pointer: string; code: string }[];
  facts?: Record<string, unknown>;
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

let serial = 0;
const newImei = (tac = '35209900') => imeiOf15(tac + String(++serial).padStart(6, '0'));

const asNew = { sku: { condition: 'NEW', grade: null } };
const unit = (skuId: string, over: object = {}) => ({
  identifier: newImei(),
  skuId,
  costMinor: 52_000,
  currency: 'USD',
  provenance: 'NEW_PO',
  ...over,
});

const receive = <T = Received>(client: Client, form: object, key?: string) =>
  client.post<T>('/v1/receipts', { reference: 'DN-1001', supplier: 'Ingram', ...form }, key ? { key } : {});
const pointers = ({ errors }: Refused) => errors?.map(({ pointer, code }) => `${pointer} ${code}`);
const holdingOf = (unitId: string) =>
  shop.one(
    `select disposition, provenance, cost_minor::int as cost, currency, cosmetic, functional, battery_pct, lock_state, erasure,
       kit_complete, warranty_days, encumbered from stock_holding where unit_id = $1 and closed_at is null`,
    [unitId],
  );

/** Everything that receiving writes, counted. */
const books = () =>
  shop.one(
    `select (select count(*)::int from stock_unit) as units, (select count(*)::int from unit_identifier) as identifiers,
            (select count(*)::int from stock_holding) as holdings, (select count(*)::int from stock_movement) as movements,
            (select coalesce(sum(on_hand), 0)::int from bulk_stock) as pieces, (select count(*)::int from receipt) as receipts,
            (select count(*)::int from history) as history, (select count(*)::int from outbox_event) as events`,
  );

describe('receive a delivery', () => {
  it('puts new handsets on the shelf and accessories into the count, each with its line in the ledger', async () => {
    const store = await shop.make.location();
    const associate = await shop.associate(store);
    const [sku, kit] = [await shop.make.sku(asNew), await shop.make.accessory()];
    await shop.make.bulk(kit.skuId, store, 5);
    const pieces = [
      { skuId: kit.skuId, quantity: 20 },
      { skuId: kit.skuId, quantity: 4 },
    ];
    const made = await receive(associate, { units: [unit(sku.skuId), unit(sku.skuId)], pieces });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      locationId: store,
      reference: 'DN-1001',
      supplier: 'Ingram',
      units: 2,
      pieces: 24,
      warnings: [],
    });
    expect(made.body.lines).toMatchObject([
      { skuId: sku.skuId, quantity: 1, disposition: 'AVAILABLE' },
      { skuId: sku.skuId, quantity: 1, disposition: 'AVAILABLE' },
      { skuId: kit.skuId, unitId: null, quantity: 24, disposition: null },
    ]);
    expect(await holdingOf(made.body.lines[0]!.unitId!)).toEqual({
      ...{
        disposition: 'AVAILABLE',
        provenance: 'NEW_PO',
        cost: 52_000,
        currency: 'USD',
        cosmetic: null,
        functional: 0,
      },
      ...{
        battery_pct: null,
        lock_state: 'UNLOCKED',
        erasure: 'NOT_NEEDED',
        kit_complete: true,
        warranty_days: 365,
        encumbered: false,
      },
    });
    expect(await shop.one('select on_hand, reserved from bulk_stock where location_id = $1', [store])).toEqual({
      on_hand: 29,
      reserved: 0,
    });
    const ledger = await shop.db.query(
      `select kind, sum(on_hand)::int as on_hand, sum(free)::int as free, count(*)::int as lines from stock_movement
       where document_id = $1 group by sku_id, kind order by lines desc`,
      [made.body.id],
    );
    expect(ledger.rows).toEqual([
      { kind: 'RECEIVED', on_hand: 2, free: 2, lines: 2 },
      { kind: 'RECEIVED', on_hand: 24, free: 24, lines: 1 },
    ]);
  });

  it('leaves who received what for how much, hash-chained, and tells the outside', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku(asNew);
    const { body } = await receive(await shop.associate(store, 'ann'), { units: [unit(sku.skuId)] });
    const unitId = body.lines[0]!.unitId;
    expect(await shop.one('select act, actor, chain, details from history where subject_id = $1', [body.id])).toEqual({
      ...{ act: 'receive', actor: 'ann', chain: store },
      details: { reference: 'DN-1001', units: [{ unitId, costMinor: 52_000, currency: 'USD' }], pieces: [] },
    });
    const db = { query: async (sql: string, values?: unknown[]) => (await shop.db.query(sql, values)).rows as never };
    expect(await brokenLinks(db, store)).toBe(0);
    expect(
      await shop.one('select type, location_id, payload from outbox_event where aggregate_id = $1', [body.id]),
    ).toEqual({
      ...{ type: 'stock.received', location_id: store },
      payload: { units: [unitId], pieces: [] },
    });
  });

  it.each([
    ['without its cost', { costMinor: undefined }, { cost: null, functional: 0, lock_state: 'UNLOCKED' }],
    ['with parts missing from the box', { kitComplete: false }, { kit_complete: false, lock_state: 'UNLOCKED' }],
    [
      'that a customer brought back',
      { provenance: 'CUSTOMER_RETURN' },
      { functional: null, lock_state: 'UNKNOWN', erasure: 'PENDING', warranty_days: null },
    ],
    ['that is locked', { lockState: 'LOCKED' }, { lock_state: 'LOCKED', erasure: 'NOT_NEEDED' }],
  ])('keeps a new handset %s from the shelf', async (_, over, expected) => {
    const store = await shop.make.location();
    const sku = await shop.make.sku(asNew);
    const { body } = await receive(await shop.associate(store), { units: [unit(sku.skuId, over)] });
    expect(body.lines).toMatchObject([{ disposition: 'RECEIVED' }]);
    expect(await holdingOf(body.lines[0]!.unitId!)).toMatchObject({ disposition: 'RECEIVED', ...expected });
    expect(await shop.one('select on_hand, free from stock_movement where document_id = $1', [body.id])).toEqual({
      on_hand: 1,
      free: 0,
    });
  });

  it('records what is told of a used one, for the bench to confirm', async () => {
    const store = await shop.make.location();
    const { skuId } = await shop.make.sku();
    const told = {
      provenance: 'TRADE_IN',
      costMinor: 2000,
      cosmetic: 'B',
      functional: 1,
      batteryPct: 86,
      lockState: 'UNLOCKED',
      erasure: 'PASS',
      warrantyDays: 90,
    };
    const { body } = await receive(await shop.associate(store), { units: [unit(skuId, told)] });
    expect(await holdingOf(body.lines[0]!.unitId!)).toEqual({
      ...{
        disposition: 'RECEIVED',
        provenance: 'TRADE_IN',
        cost: 2000,
        currency: 'USD',
        cosmetic: 'B',
        functional: 1,
        battery_pct: 86,
      },
      ...{ lock_state: 'UNLOCKED', erasure: 'PASS', kit_complete: true, warranty_days: 90, encumbered: false },
    });
  });

  it('knows a handset by each of its numbers afterwards', async () => {
    const store = await shop.make.location();
    const { skuId } = await shop.make.sku(asNew);
    const [identifier, imei2] = [newImei(), newImei()];
    const { body } = await receive(await shop.associate(store), {
      units: [unit(skuId, { identifier, imei2, serial: 'c39-xk 1' })],
    });
    const { rows } = await shop.db.query(
      'select kind, value, position from unit_identifier where unit_id = $1 order by kind, position',
      [body.lines[0]!.unitId],
    );
    expect(rows).toEqual([
      { kind: 'IMEI', value: identifier.slice(0, 14), position: 1 },
      { kind: 'IMEI', value: imei2.slice(0, 14), position: 2 },
      { kind: 'SERIAL', value: 'C39XK1', position: 1 },
    ]);
  });

  it('does it once, however often the till repeats the request', async () => {
    const associate = await shop.associate(await shop.make.location());
    const form = { units: [unit((await shop.make.sku(asNew)).skuId)] };
    const first = await receive(associate, form, 'receive-once-1');
    const before = await books();
    const again = await receive(associate, form, 'receive-once-1');
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, first.body, 'true']);
    expect(await books()).toEqual(before);
  });

  it('takes two hundred handsets in at once', async () => {
    const associate = await shop.associate(await shop.make.location());
    const { skuId } = await shop.make.sku(asNew);
    const made = await receive(associate, { units: Array.from({ length: 200 }, () => unit(skuId)) });
    expect([made.status, made.body.units, made.body.lines.length]).toEqual([201, 200, 200]);
    expect(await shop.count('select count(*) from stock_holding where sku_id = $1', [skuId])).toBe(200);
    const tooMany = await receive<Refused>(associate, { units: Array.from({ length: 201 }, () => unit(skuId)) });
    expect([tooMany.status, pointers(tooMany.body)]).toEqual([400, ['/units ARRAY_MAX_SIZE']]);
  });
});

describe('a handset that comes back', () => {
  it('goes on with its life: the same unit, a new holding at a new cost', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku();
    const sold = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    const serial1 = 'RF8M 33XYZ';
    const line = unit(sku.skuId, { identifier: sold.imei, serial: serial1, provenance: 'TRADE_IN', costMinor: 9_900 });
    const { body } = await receive(await shop.associate(store), { units: [line] });
    expect(body.lines).toMatchObject([{ unitId: sold.unitId, disposition: 'RECEIVED' }]);
    const { rows } = await shop.db.query(
      'select disposition, cost_minor::int as cost from stock_holding where unit_id = $1 order by received_at',
      [sold.unitId],
    );
    expect(rows).toEqual([
      { disposition: 'SOLD', cost: 2000 },
      { disposition: 'RECEIVED', cost: 9_900 },
    ]);
    expect(await shop.count('select count(*) from unit_identifier where unit_id = $1', [sold.unitId])).toBe(2);
  });

  it('stays barred from sale when something bars it', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku(asNew);
    const gone = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    await shop.make.insert('unit_encumbrance', {
      ...{ id: '019ab000-0000-7000-8000-0000000000e1', unit_id: gone.unitId, kind: 'BLOCK_LISTED' },
      ...{ reason: 'Reported stolen', placed_by: 'test' },
    });
    const { body } = await receive(await shop.associate(store), {
      units: [unit(sku.skuId, { identifier: gone.imei })],
    });
    expect(body.lines).toMatchObject([{ disposition: 'RECEIVED' }]);
    expect(await holdingOf(gone.unitId)).toMatchObject({ disposition: 'RECEIVED', encumbered: true });
  });

  it('is refused as other hardware than it was, or with numbers that are not its own', async () => {
    const store = await shop.make.location();
    const [sku, other] = [await shop.make.sku(), await shop.make.sku()];
    const closed = { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' };
    const sold = () => shop.make.unit(sku, store, closed);
    const [one, two, three] = [await sold(), await sold(), await sold()];
    await shop.make.insert('unit_identifier', { unit_id: three.unitId, kind: 'SERIAL', value: 'RIGHT1', position: 1 });
    const before = await books();
    const tradedIn = { provenance: 'TRADE_IN' };
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [
        unit(other.skuId, { identifier: one.imei, ...tradedIn }),
        unit(sku.skuId, { identifier: newImei(), imei2: two.imei, serial: 'RIGHT1', ...tradedIn }),
        unit(sku.skuId, { identifier: three.imei, serial: 'WRONG1', ...tradedIn }),
      ],
    });
    expect([refused.status, pointers(refused.body)]).toEqual([
      400,
      [
        '/units/0/skuId OTHER_HARDWARE',
        '/units/1/identifier IDENTITY_CONFLICT',
        '/units/2/identifier IDENTITY_CONFLICT',
      ],
    ]);
    expect(await books()).toEqual(before);
  });
});

describe('a delivery that is refused', () => {
  it('names every faulty line at once and takes nothing in', async () => {
    const store = await shop.make.location();
    const [sku, kit] = [await shop.make.sku(asNew), await shop.make.accessory()];
    const here = await shop.make.unit(sku, store);
    const [first, second] = [newImei(), newImei()];
    const before = await books();
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [
        unit(sku.skuId, { identifier: first, imei2: second }),
        unit(sku.skuId, { identifier: '490154203237519' }),
        unit(kit.skuId),
        unit('019ab000-0000-7000-8000-000000000000'),
        unit(sku.skuId, { identifier: second }),
        unit(sku.skuId, { imei2: 'ABC-123456' }),
        unit(sku.skuId, { identifier: here.imei }),
        unit(sku.skuId, { serial: '!' }),
        unit(sku.skuId),
      ],
      pieces: [
        { skuId: sku.skuId, quantity: 1 },
        { skuId: '019ab000-0000-7000-8000-000000000000', quantity: 1 },
        { skuId: kit.skuId, quantity: 1 },
      ],
    });
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect(pointers(refused.body)!.sort()).toEqual([
      '/pieces/0/skuId COUNTED_BY_UNIT',
      '/pieces/1/skuId UNKNOWN_SKU',
      '/units/1/identifier CHECK_DIGIT',
      '/units/2/skuId NOT_A_HANDSET',
      '/units/3/skuId UNKNOWN_SKU',
      '/units/4/identifier TWICE_IN_LIST',
      '/units/5/imei2 NOT_AN_IDENTIFIER',
      '/units/6/identifier ALREADY_IN_STOCK',
      '/units/7/serial NOT_AN_IDENTIFIER',
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('4901542');
    expect(await books()).toEqual(before);
  });

  it('names the lines that are in stock already', async () => {
    const [store, elsewhere] = [await shop.make.location(), await shop.make.location()];
    const sku = await shop.make.sku(asNew);
    const [here, there] = [await shop.make.unit(sku, store), await shop.make.unit(sku, elsewhere)];
    const before = await books();
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [here.imei, newImei(), there.imei].map((identifier) => unit(sku.skuId, { identifier })),
      pieces: [],
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'ALREADY_IN_STOCK']);
    expect(refused.body.facts).toEqual({ lines: ['/units/0/identifier', '/units/2/identifier'] });
    expect(pointers(refused.body)).toEqual([
      '/units/0/identifier ALREADY_IN_STOCK',
      '/units/2/identifier ALREADY_IN_STOCK',
    ]);
    expect(JSON.stringify(refused.body)).not.toContain(elsewhere);
    expect(await books()).toEqual(before);
  });

  it('sees through one handset that stands in two lines by two of its numbers', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku();
    const gone = await shop.make.unit(sku, store, { disposition: 'SOLD', closed_at: '2026-01-20T09:00:00Z' });
    await shop.make.insert('unit_identifier', {
      unit_id: gone.unitId,
      kind: 'SERIAL',
      value: 'ZX81SPECTRUM',
      position: 1,
    });
    const before = await books();
    const refused = await receive<Refused>(await shop.associate(store), {
      units: [gone.imei, 'ZX81SPECTRUM'].map((identifier) => unit(sku.skuId, { identifier, provenance: 'TRADE_IN' })),
    });
    expect([refused.status, pointers(refused.body)]).toEqual([400, ['/units/1/identifier TWICE_IN_LIST']]);
    expect(await books()).toEqual(before);
  });

  it('has at least one line, and nothing in it that is not asked for', async () => {
    const associate = await shop.associate(await shop.make.location());
    const { skuId } = await shop.make.sku(asNew);
    const empty = await receive<Refused>(associate, {});
    expect([empty.status, pointers(empty.body)]).toEqual([400, [' EMPTY']]);
    const odd = await receive<Refused>(associate, {
      units: [unit(skuId), unit(skuId, { costMinor: 1.5, colour: 'Red' })],
    });
    expect([odd.status, pointers(odd.body)!.sort()]).toEqual([
      400,
      ['/units/1/colour UNKNOWN_FIELD', '/units/1/costMinor IS_INT'],
    ]);
  });

  it('is for the own store, and for those who may receive', async () => {
    const [own, foreign] = [await shop.make.location(), await shop.make.location()];
    const { skuId } = await shop.make.sku(asNew);
    const before = await books();
    const units = [unit(skuId)];
    expect((await receive(await shop.associate(own), { units, locationId: foreign })).status).toBe(404);
    expect((await receive(office, { units })).status).toBe(404);
    expect((await receive(office, { units, locationId: '019ab000-0000-7000-8000-000000000000' })).status).toBe(404);
    expect((await receive(await shop.customer(), { units, locationId: own })).status).toBe(403);
    expect(await books()).toEqual(before);
  });
});

describe('a TAC that belongs to another model', () => {
  it('is told as a warning, and the handset is received', async () => {
    const [q10, z10] = [await shop.make.sku(asNew), await shop.make.sku(asNew)];
    const claim = (tac: string, variant_id: string) =>
      shop.make.insert('tac_claim', { tac, source: 'test', variant_id, confidence: 90 });
    await claim('35999901', z10.variantId);
    await claim('35999902', q10.variantId);
    await claim('35999902', z10.variantId);
    const { body } = await receive(await shop.associate(await shop.make.location()), {
      units: ['35999902', '35999901', '35999903'].map((tac) => unit(q10.skuId, { identifier: newImei(tac) })),
    });
    expect(body.units).toBe(3);
    const { name } = await shop.one<{ name: string }>('select name from device_model where id = $1', [z10.modelId]);
    expect(body.warnings).toEqual([
      {
        pointer: '/units/1/identifier',
        code: 'TAC_OF_ANOTHER_MODEL',
        detail: `TAC 35999901 is known as BlackBerry ${name}, not as the model of this SKU.`,
      },
    ]);
  });
});

describe('the receipts of a store', () => {
  it('are listed newest first, and shown with what came in', async () => {
    const store = await shop.make.location();
    const associate = await shop.associate(store);
    const { skuId } = await shop.make.sku(asNew);
    const made: Received[] = [];
    for (const reference of ['A', 'B', 'C']) {
      made.push((await receive(associate, { reference, units: [unit(skuId)] })).body);
    }
    const first = await associate.get<ReceiptPage>('/v1/receipts?limit=2');
    const next = await associate.get<ReceiptPage>(`/v1/receipts?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...next.body.items].map(({ reference }) => reference)).toEqual(['C', 'B', 'A']);
    const { warnings: _, ...shown } = made[1]!;
    expect((await associate.get(`/v1/receipts/${shown.id}`)).body).toEqual(shown);
  });

  it('are nobody else’s', async () => {
    const [store, foreign] = [await shop.make.location(), await shop.make.location()];
    const { skuId } = await shop.make.sku(asNew);
    const { body } = await receive(await shop.associate(store), { units: [unit(skuId)] });
    const stranger = await shop.associate(foreign);
    expect((await stranger.get(`/v1/receipts/${body.id}`)).status).toBe(404);
    expect((await stranger.get<ReceiptPage>(`/v1/receipts?locationId=${store}`)).body.items).toEqual([]);
    expect((await office.get<ReceiptPage>(`/v1/receipts?locationId=${store}`)).body.items).toHaveLength(1);
  });
});
