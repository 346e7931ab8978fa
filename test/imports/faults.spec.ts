import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { countsOf, faultsOf, importFile, importGround, sample } from './importing.js';

let shop: Shop;
let client: Client;

beforeAll(async () => {
  shop = await openShop();
  client = await shop.backOffice();
  await importGround(client);
});
afterAll(() => shop.close());

const UNITS = 'imei,serial,sku,location,cost,provenance,cosmetic,functional,lock_state,erasure,disposition,received_at';
const GOOD = 'BB-Q10-16-BLK-REF-GOOD,WA-0101,61.50,TRADE_IN,B,1,UNLOCKED,PASS';
const units = (...lines: string[]) => [UNITS, ...lines, ''].join('\r\n');

describe('import a file with broken lines', () => {
  it('names line, column and reason of each, and stores the rest', async () => {
    const job = await importFile(
      client,
      'UNITS',
      units(
        `356112055451341,SN0001,${GOOD},AVAILABLE,2026-01-02T00:00:00Z`,
        `3.56E+14,,${GOOD},AVAILABLE,`,
        `35611205545134,,${GOOD},AVAILABLE,`,
        `356112055451342,,${GOOD},AVAILABLE,`,
        `356112055451341,,${GOOD},AVAILABLE,`,
        `356112055940178,SN0001,${GOOD},AVAILABLE,`,
        `357759057835357,,${GOOD.replace('61.50', '"61,50"')},AVAILABLE,2/21/2014`,
        `357759057835357,"SN"0002,${GOOD},AVAILABLE,`,
        `357759057835357,,${GOOD},AVAILABLE`,
        '',
        `356760053809272,,NO-SUCH-SKU,XX-0000,1.00,TRADE_IN,B,1,UNLOCKED,PASS,AVAILABLE,`,
        `356762058595989,,BB-Q10-16-BLK-REF-GOOD,WA-0101,,TRADE_IN,D,3,LOCKED,FAIL,AVAILABLE,`,
        `357759054495254,,${GOOD},RESERVED,`,
        `356762058595989,,${GOOD},RECEIVED,2026-02-30T00:00:00Z`,
        `357759057835357,"SN\u0000",${GOOD},RECEIVED,`,
        `357759057835357,SN0003,${GOOD},RECEIVED,`,
      ),
    );
    expect(await faultsOf(client, job)).toEqual([
      '3 imei SPREADSHEET_DAMAGE',
      '4 imei WRONG_LENGTH',
      '5 imei CHECK_DIGIT',
      '6 imei TWICE_IN_FILE',
      '7 serial TWICE_IN_FILE',
      '8 cost DECIMAL_COMMA',
      '8 received_at AMBIGUOUS_DATE',
      '9  BROKEN_QUOTES',
      '10  COLUMN_COUNT',
      '12 sku UNKNOWN_SKU',
      '12 location UNKNOWN_LOCATION',
      '13 functional NOT_READY_FOR_SALE',
      '13 lock_state NOT_READY_FOR_SALE',
      '13 erasure NOT_READY_FOR_SALE',
      '13 cost NOT_READY_FOR_SALE',
      '13 cosmetic NOT_READY_FOR_SALE',
      '14 disposition NOT_ONE_OF',
      '15 received_at NOT_A_TIME',
      '16 serial BROKEN_TEXT',
    ]);
    expect(countsOf(job)).toEqual(['DONE', 15, 2, 0, 13]);
    expect(await shop.count('select count(*) from stock_unit')).toBe(2);
  });

  it('takes no unit that is yet to come', async () => {
    const soon = new Date(Date.now() + 120_000).toISOString();
    const file = units(
      `490154203237518,,${GOOD},RECEIVED,2099-01-01T00:00:00Z`,
      `356760053809272,,${GOOD},RECEIVED,${soon}`,
    );
    const job = await importFile(client, 'UNITS', file);
    expect(await faultsOf(client, job)).toEqual(['2 received_at IN_THE_FUTURE', '3 received_at IN_THE_FUTURE']);
  });

  it('says where a unit stands already', async () => {
    const job = await importFile(
      client,
      'UNITS',
      units(`356112055451341,,${GOOD.replace('WA-0101', 'OR-0201')},AVAILABLE,`),
    );
    expect(await faultsOf(client, job)).toEqual(['2 imei ALREADY_IN_STOCK']);
  });

  it('never lets an open quote swallow the lines that follow', async () => {
    const text = `code,kind,name,country,latitude,longitude,time_zone\nST-1,STORE,"One\nDowntown",US,1,1,America/Chicago\nST-2,STORE,"Two,US,1,1,America/Chicago\n${Array.from({ length: 30 }, (_, n) => `ST-1${n},STORE,Many,US,1,1,America/Chicago\n`).join('')}ST-3,STORE,Three,US,1,1,America/Nowhere`;
    const job = await importFile(client, 'LOCATIONS', text);
    expect(await faultsOf(client, job)).toEqual(['4  BROKEN_QUOTES', '35 time_zone NOT_A_TIME_ZONE']);
    expect(countsOf(job)).toEqual(['DONE', 33, 31, 0, 2]);
    expect(await shop.one(`select name from stock_location where code = 'ST-1'`)).toEqual({ name: 'One\nDowntown' });
  });

  it.each([
    [
      'a column is missing and another unknown',
      'sku,place\nX,Y\n',
      ['1 column 2 UNKNOWN_COLUMN', '1 location MISSING_COLUMN', '1 quantity MISSING_COLUMN'],
    ],
    ['columns are separated by semicolons', 'sku;location;quantity\nX;Y;1\n', ['1  NOT_COMMAS']],
    ['the header names a column twice', 'sku,location,quantity,sku\n', ['1 column 4 COLUMN_TWICE']],
    ['there is nothing but blank', '\n', ['1 sku MISSING_COLUMN']],
  ])('refuses the file as a whole when %s', async (_, text, faults) => {
    const job = await importFile(client, 'BULK_STOCK', text);
    expect(countsOf(job)).toEqual(['FAILED', 0, 0, 0, 0]);
    expect((await faultsOf(client, job)).slice(0, faults.length).sort()).toEqual(
      expect.arrayContaining(faults.filter((fault) => !fault.includes('sku MISSING'))),
    );
  });

  it('tells contradictions about a model at the later line', async () => {
    const text =
      'brand,model,aliases,lifecycle,maker_code,sku,condition,grade\nHTC,One,m7,ON_SALE,A,HTC-1,NEW,\nhtc,ONE,m8,ON_SALE,B,HTC-2,NEW,\nHTC,One,m7,ON_SALE,A,HTC-3,NEW,\nHTC,One,m7,ON_SALE,A,HTC-1,OPEN_BOX,\nHTC,One,m7,ON_SALE,A,HTC-4,REFURBISHED,\n';
    const job = await importFile(client, 'CATALOGUE', text);
    expect(await faultsOf(client, job)).toEqual([
      '3 aliases CONTRADICTS_EARLIER_LINE',
      '4 sku TWICE_IN_FILE',
      '5 sku TWICE_IN_FILE',
      '6 grade REQUIRED',
    ]);
    expect(await shop.count(`select count(*) from sku where code like 'HTC-_'`)).toBe(1);
  });

  it('changes neither a price that stands, nor what a SKU stands for, nor a count', async () => {
    await importFile(client, 'PRICES', sample('prices'));
    await importFile(client, 'BULK_STOCK', sample('bulk'));
    const price = await importFile(
      client,
      'PRICES',
      'sku,currency,amount,down_payment,months,effective_from\nBB-Q10-16-BLK-NEW,USD,580.00,99.99,24,2013-06-05T08:00:00Z\nBB-Q10-16-BLK-NEW,USD,1.005,0,24,2013-06-06T08:00:00Z\n',
    );
    expect(await faultsOf(client, price)).toEqual(['2 amount PRICE_STANDS', '3 amount NOT_AN_AMOUNT']);
    const other = await importFile(
      client,
      'CATALOGUE',
      'brand,model,lifecycle,maker_code,sku,condition,grade\nBlackBerry,Z10,SELL_THROUGH,X,BB-Q10-16-BLK-NEW,NEW,\nBlackBerry,Q10,ANNOUNCED,X,BB-X,NEW,\n',
    );
    expect(await faultsOf(client, other)).toEqual(['2 sku SKU_IS_ANOTHER', '3 lifecycle LIFECYCLE']);
    const count = await importFile(
      client,
      'BULK_STOCK',
      'sku,location,quantity\nACC-SIM-NANO,WA-0101,85\nBB-Q10-16-BLK-NEW,WA-0101,1\n',
    );
    expect(await faultsOf(client, count)).toEqual(['2 quantity USE_AN_ADJUSTMENT', '3 sku COUNTED_BY_UNIT']);
  });

  it('names spreadsheet damage in TACs, and models and codes it does not know', async () => {
    const job = await importFile(
      client,
      'TACS',
      'tac,brand,model,maker_code,source,confidence\n3.5611E+7,BlackBerry,Q10,,GSMA,90\n1234567,BlackBerry,Q10,,GSMA,90\n35611205,BlackBerry,Q11,,GSMA,90\n35611205,BlackBerry,Q10,NOPE,GSMA,90\n35611205,BlackBerry,Q10,,GSMA,101\n',
    );
    expect(await faultsOf(client, job)).toEqual([
      '2 tac SPREADSHEET_DAMAGE',
      '3 tac SPREADSHEET_DAMAGE',
      '4 model UNKNOWN_MODEL',
      '5 maker_code UNKNOWN_MAKER_CODE',
      '6 confidence OUT_OF_RANGE',
    ]);
  });

  it('keeps ten thousand faults and counts them all, and gives them as a CSV no spreadsheet runs', async () => {
    const job = await importFile(client, 'BULK_STOCK', `sku,location,quantity\n${'=cmd(),WA-0101,1\n'.repeat(10_050)}`);
    expect(countsOf(job)).toEqual(['DONE', 10_050, 0, 0, 10_050]);
    expect(await shop.count('select count(*) from import_fault where job_id = $1', [job.id])).toBe(10_000);
    const report = await client.get(`/v1/imports/${job.id}/faults?format=csv`);
    expect(report.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(report.text.split('\r\n').slice(0, 2)).toEqual([
      'line,column,value,code,detail',
      expect.stringMatching(/^2,sku,'=cmd\(\),FORMAT,/),
    ]);
    const pages = await client.get<{ items: { line: number }[]; nextCursor: string }>(
      `/v1/imports/${job.id}/faults?limit=2`,
    );
    const next = await client.get<{ items: { line: number }[] }>(
      `/v1/imports/${job.id}/faults?limit=2&cursor=${pages.body.nextCursor}`,
    );
    expect([...pages.body.items, ...next.body.items].map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });
});
