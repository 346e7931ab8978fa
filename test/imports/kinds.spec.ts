import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { countsOf, importFile, sample } from './importing.js';

const FILES = [
  ['LOCATIONS', 'locations', 17],
  ['CATALOGUE', 'catalogue', 391],
  ['CHANNELS', 'channels', 645],
  ['TACS', 'tacs', 85],
  ['PRICES', 'prices', 515],
  ['UNITS', 'units', 910],
  ['BULK_STOCK', 'bulk', 114],
] as const;

const TABLES = [
  'stock_location',
  'brand',
  'device_model',
  'device_variant',
  'sku',
  'sku_channel',
  'tac_claim',
  'price',
  'stock_unit',
  'unit_identifier',
  'stock_holding',
  'bulk_stock',
  'stock_movement',
];

let shop: Shop;
let client: Client;

/** How many rows there are, and which transaction last wrote one. */
const versions = () =>
  Promise.all(
    TABLES.map((table) => shop.one(`select count(*)::int as rows, max(xmin::text::bigint) as latest from ${table}`)),
  );

beforeAll(async () => {
  shop = await openShop();
  client = await shop.backOffice();
  for (const [kind, file, lines] of FILES) {
    const job = await importFile(client, kind, sample(file));
    expect([kind, ...countsOf(job)]).toEqual([kind, 'DONE', lines, lines, 0, 0]);
  }
});
afterAll(() => shop.close());

describe('import the files of a whole carrier', () => {
  it('makes a holding, identifiers and a ledger line of every unit', async () => {
    expect(await shop.count('select count(*) from stock_holding where closed_at is null')).toBe(910);
    expect(
      await shop.count(
        `select count(*) from stock_movement where kind = 'RECEIVED' and unit_id is not null and on_hand = 1`,
      ),
    ).toBe(910);
    expect(await shop.count(`select sum(free) from stock_movement where unit_id is not null`)).toBe(
      await shop.count(`select count(*) from stock_holding where disposition = 'AVAILABLE'`),
    );
    expect(await shop.count(`select count(*) from unit_identifier where kind = 'IMEI' and position = 2`)).toBe(814);
  });

  it('opens the books of bulk stock through the ledger', async () => {
    expect(await shop.count('select count(*) from bulk_stock')).toBe(114);
    expect(
      await shop.count(`select count(*) from bulk_stock b where on_hand <> (select coalesce(sum(on_hand), 0) from stock_movement m
        where m.location_id = b.location_id and m.sku_id = b.sku_id and m.reason = 'INITIAL_LOAD')`),
    ).toBe(0);
  });

  it('keeps prices in minor units, and models findable', async () => {
    expect(
      await shop.one(`select amount_minor, down_payment_minor, months from price p join sku s on s.id = p.sku_id
        where s.code = 'BB-Q10-16-BLK-NEW' order by effective_from limit 1`),
    ).toEqual({ amount_minor: '57999', down_payment_minor: '9999', months: 24 });
    expect(
      await shop.count(
        `select count(*) from device_model where search_compact like '%sqn1001%' and search_text like '%bb q10%'`,
      ),
    ).toBe(1);
  });

  it('tells history and the outside once a job, and lets the file go', async () => {
    expect(await shop.count(`select count(*) from history where subject_kind = 'import_job' and act = 'finish'`)).toBe(
      7,
    );
    expect(await shop.count(`select count(*) from outbox_event where type = 'import.finished'`)).toBe(7);
    expect(await shop.count('select count(*) from import_chunk')).toBe(0);
  });

  it('finds everything unchanged the second time, and touches no row', async () => {
    const before = await versions();
    for (const [kind, file, lines] of FILES) {
      expect([kind, ...countsOf(await importFile(client, kind, sample(file)))]).toEqual([
        kind,
        'DONE',
        lines,
        0,
        lines,
        0,
      ]);
    }
    expect(await versions()).toEqual(before);
  });

  it('opens a new holding for a unit that was sold and comes in again', async () => {
    const imei = '356760050000016';
    const unit = await shop.one<{ unit_id: string }>(
      `select unit_id from unit_identifier where value = '35676005000001'`,
    );
    await shop.db.query(`update stock_holding set disposition = 'SOLD', closed_at = now() where unit_id = $1`, [
      unit.unit_id,
    ]);
    const text = `imei,sku,location,cost,provenance,cosmetic,functional,lock_state,erasure,disposition\n${imei},BB-Q10-16-BLK-REF-GOOD,WA-0102,20.00,TRADE_IN,B,1,UNLOCKED,PASS,RECEIVED\n`;
    expect(countsOf(await importFile(client, 'UNITS', text))).toEqual(['DONE', 1, 1, 0, 0]);
    expect(await shop.count('select count(*) from stock_holding where unit_id = $1', [unit.unit_id])).toBe(2);
    expect(
      await shop.count(`select cost_minor from stock_holding where unit_id = $1 and closed_at is null`, [unit.unit_id]),
    ).toBe(2000);
  });

  it('takes the same fields as JSON lines, lists as arrays', async () => {
    const device = {
      brand: 'Nokia',
      model: 'Lumia 1020',
      aliases: ['lumia'],
      lifecycle: 'ON_SALE',
      maker_code: 'RM-877',
      storage_gb: 32,
      colour: 'Yellow',
      bands: ['LTE B2', 'LTE B4'],
      sku: 'NO-1020-32-YEL-NEW',
    };
    const type = 'application/x-ndjson';
    const text = `\ufeff${JSON.stringify(device)}\r\n\n{"broken\n`;
    expect(countsOf(await importFile(client, 'CATALOGUE', text, { type }))).toEqual(['DONE', 2, 1, 0, 1]);
    expect(await shop.one(`select storage_gb, bands from device_variant where maker_code = 'RM-877'`)).toEqual({
      storage_gb: 32,
      bands: ['LTE B2', 'LTE B4'],
    });
    const price = `{"sku":"NO-1020-32-YEL-NEW","currency":"USD","amount":199.99,"effective_from":"2014-01-01T00:00:00+02:00"}`;
    expect(countsOf(await importFile(client, 'PRICES', price, { type }))).toEqual(['DONE', 1, 1, 0, 0]);
  });
});
