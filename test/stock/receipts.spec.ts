import { brokenLinks } from '../../src/platform/history.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import {
  asNew,
  delivered,
  holdingOf,
  newImei,
  pointers,
  receive,
  received,
  type Received,
  type ReceiptPage,
  type Refused,
} from './receiving.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

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
    const made = await receive(associate, { units: [delivered(sku.skuId), delivered(sku.skuId)], pieces });
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
    expect(await holdingOf(shop, made.body.lines[0]!.unitId!)).toEqual({
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
    const { body } = await receive(await shop.associate(store, 'ann'), { units: [delivered(sku.skuId)] });
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
    const { body } = await receive(await shop.associate(store), { units: [delivered(sku.skuId, over)] });
    expect(body.lines).toMatchObject([{ disposition: 'RECEIVED' }]);
    expect(await holdingOf(shop, body.lines[0]!.unitId!)).toMatchObject({ disposition: 'RECEIVED', ...expected });
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
    const { body } = await receive(await shop.associate(store), { units: [delivered(skuId, told)] });
    expect(await holdingOf(shop, body.lines[0]!.unitId!)).toEqual({
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
      units: [delivered(skuId, { identifier, imei2, serial: 'c39-xk 1' })],
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
    const form = { units: [delivered((await shop.make.sku(asNew)).skuId)] };
    const first = await receive(associate, form, 'receive-once-1');
    const before = await received(shop);
    const again = await receive(associate, form, 'receive-once-1');
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, first.body, 'true']);
    expect(await received(shop)).toEqual(before);
  });

  it('takes two hundred handsets in at once', async () => {
    const associate = await shop.associate(await shop.make.location());
    const { skuId } = await shop.make.sku(asNew);
    const made = await receive(associate, { units: Array.from({ length: 200 }, () => delivered(skuId)) });
    expect([made.status, made.body.units, made.body.lines.length]).toEqual([201, 200, 200]);
    expect(await shop.count('select count(*) from stock_holding where sku_id = $1', [skuId])).toBe(200);
    const tooMany = await receive<Refused>(associate, { units: Array.from({ length: 201 }, () => delivered(skuId)) });
    expect([tooMany.status, pointers(tooMany.body)]).toEqual([400, ['/units ARRAY_MAX_SIZE']]);
  });
});

describe('the receipts of a store', () => {
  it('are listed newest first, and shown with what came in', async () => {
    const store = await shop.make.location();
    const associate = await shop.associate(store);
    const { skuId } = await shop.make.sku(asNew);
    const made: Received[] = [];
    for (const reference of ['A', 'B', 'C']) {
      made.push((await receive(associate, { reference, units: [delivered(skuId)] })).body);
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
    const { body } = await receive(await shop.associate(store), { units: [delivered(skuId)] });
    const stranger = await shop.associate(foreign);
    expect((await stranger.get(`/v1/receipts/${body.id}`)).status).toBe(404);
    expect((await stranger.get<ReceiptPage>(`/v1/receipts?locationId=${store}`)).body.items).toEqual([]);
    expect((await office.get<ReceiptPage>(`/v1/receipts?locationId=${store}`)).body.items).toHaveLength(1);
  });
});
