import { importFile, faultsOf as importFaults } from '../imports/importing.js';
import { disagreements, faultsOf, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';
import { BENCH, type Unit, unitSold } from '../support/unit-on-shelf.js';
import { delivered, holdingOf, receive } from './receiving.js';

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterEach(async () => expect(await disagreements(shop)).toEqual([]));
afterAll(() => shop.close());

let skus = 0;
const skuOf = (variantId: string, condition: string, grade: string | null = null) =>
  shop.make.insert('sku', {
    ...{ id: `019b0000-0000-7000-8000-0000000e${String(++skus).padStart(4, '0')}`, code: `GATE-${skus}` },
    ...{ kind: 'DEVICE', variant_id: variantId, condition, grade },
  });

describe('a handset that somebody has used', () => {
  const inspectAs = async (provenance: string, condition: string, grade: string | null = null) => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    const unit = await shop.make.unit(sku, locationId, { disposition: 'INSPECTION', provenance });
    const skuId = await skuOf(sku.variantId, condition, grade);
    const form = { ...BENCH, erasure: 'PENDING', erasureCertificate: undefined, skuId };
    return {
      ...unit,
      sku,
      locationId,
      inspect: () => office.post<Unit>(`/v1/stock-units/${unit.unitId}/inspect`, form),
    };
  };

  it.each([
    ['TRADE_IN', 'NEW'],
    ['TRADE_IN', 'OPEN_BOX'],
    ['BUYBACK_LOT', 'NEW'],
  ])('a %s never becomes %s by being inspected', async (provenance, condition) => {
    const { inspect } = await inspectAs(provenance, condition);
    expect(faultsOf(await refused(shop, inspect, 400, 'INVALID_INPUT'))).toEqual(['/skuId SECOND_HAND']);
  });

  it('nor when a customer has had it in between', async () => {
    const { unitId, sku, locationId, inspect } = await inspectAs('CUSTOMER_RETURN', 'OPEN_BOX');
    const before = await unitSold(shop, sku, locationId);
    await shop.db.query(
      `insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, closed_at, currency,
         lock_state, erasure, kit_complete, pick_key)
       select gen_random_uuid(), $1, sku_id, location_id, disposition, 'TRADE_IN', received_at, closed_at, currency,
         lock_state, erasure, kit_complete, pick_key from stock_holding where id = $2`,
      [unitId, before.holdingId],
    );
    expect(faultsOf(await refused(shop, inspect, 400, 'INVALID_INPUT'))).toEqual(['/skuId SECOND_HAND']);
  });

  it.each([
    ['TRADE_IN', 'USED', null],
    ['TRADE_IN', 'REFURBISHED', 'FAIR'],
    ['CUSTOMER_RETURN', 'OPEN_BOX', null],
    ['NEW_PO', 'OPEN_BOX', null],
  ])('a %s may become %s %s', async (provenance, condition, grade) => {
    const { inspect } = await inspectAs(provenance, condition, grade);
    expect((await inspect()).status).toBe(200);
  });
});

describe('a delivery of new handsets', () => {
  it('puts one that we had before to the bench, and not on the shelf', async () => {
    const store = await shop.make.location();
    const sku = await shop.make.sku({ sku: { condition: 'NEW', grade: null } });
    const { unitId, imei } = await unitSold(shop, sku, store);
    const { body } = await receive(await shop.associate(store), {
      units: [delivered(sku.skuId, { identifier: imei }), delivered(sku.skuId)],
    });
    const standing = Object.fromEntries(body.lines.map((line) => [line.unitId === unitId, line.disposition]));
    expect(standing).toEqual({ true: 'RECEIVED', false: 'AVAILABLE' });
    expect(await holdingOf(shop, unitId)).toMatchObject({
      functional: null,
      lock_state: 'UNKNOWN',
      erasure: 'PENDING',
    });
  });
});

describe('a file of units', () => {
  const HEADER = 'imei,sku,location,cost,provenance,cosmetic,functional,lock_state,erasure,disposition';
  const codes = async ({ skuId }: { skuId: string }, locationId: string) =>
    shop.one<{ sku: string; place: string }>(
      'select s.code as sku, l.code as place from sku s, stock_location l where s.id = $1 and l.id = $2',
      [skuId, locationId],
    );
  const importUnit = async (sku: Pick<MadeSku, 'skuId'>, imei: string, provenance: string) => {
    const { sku: code, place } = await codes(sku, await shop.make.location());
    const line = `${imei},${code},${place},20.00,${provenance},B,0,UNLOCKED,PASS,AVAILABLE`;
    const job = await importFile(office, 'UNITS', `${HEADER}\n${line}\n`);
    return importFaults(office, job);
  };

  it('is believed of a traded-in handset when the books are opened, and not of one that we know', async () => {
    const [locationId, sku] = [await shop.make.location(), await shop.make.sku()];
    expect(await importUnit(sku, '490154203237518', 'TRADE_IN')).toEqual([]);
    const { unitId, imei } = await unitSold(shop, sku, locationId);
    expect(await importUnit(sku, imei, 'TRADE_IN')).toEqual(['2 disposition NOT_READY_FOR_SALE']);
    expect(await importUnit(sku, imei, 'CUSTOMER_RETURN')).toEqual(['2 disposition NOT_READY_FOR_SALE']);
    expect(
      await shop.count('select count(*) from stock_holding where unit_id = $1 and closed_at is null', [unitId]),
    ).toBe(0);
  });

  it('puts nothing on the shelf that is used as it was handed in', async () => {
    const { variantId } = await shop.make.sku();
    expect(await importUnit({ skuId: await skuOf(variantId, 'USED') }, '356112055940178', 'TRADE_IN')).toEqual([
      '2 sku NOT_READY_FOR_SALE',
    ]);
  });
});
