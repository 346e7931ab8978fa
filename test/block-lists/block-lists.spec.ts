import 'reflect-metadata';
import { AllRegistries } from '../../src/block-lists/registries/all-registries.js';
import { reportingDay } from '../../src/block-lists/imports/listing.importers.js';
import { ColumnFault } from '../../src/imports/reading/columns.js';
import { brokenLinks } from '../../src/platform/history.js';
import { imeiOf15 } from '../../src/values/check-digits.js';
import { countsOf, faultsOf as faultsOfImport, importFile, sample } from '../imports/importing.js';
import { faultsOf, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

interface Entry {
  id: string;
  imei: string;
  list: string;
  reason: string;
  source: string;
  pending: boolean;
  reportedOn: string;
  liftedAt: string | null;
  version: number;
}
interface Check {
  devices: { imei: string; status: string; answers: { reasons: string[] }[] }[];
}

let shop: Shop;
let office: Client;
beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
});
afterAll(() => shop.close());

let serials = 0;
const newImei = () => imeiOf15(`35611205${String(300_000 + ++serials)}`);
const add = (identifier: string, over: object = {}) =>
  office.post<Entry>('/v1/block-lists/entries', { identifier, reason: 'LOST_OR_STOLEN', ...over });
const lift = ({ id }: { id: string }, headers = {}) =>
  office.post<Entry>(`/v1/block-lists/entries/${id}/lift`, { reason: 'Found again' }, { headers });
const entriesOf = async (identifier: string) =>
  (await office.post<{ entries: Entry[] }>('/v1/block-lists/entries/find', { identifier })).body.entries;
const standing = async (...identifiers: string[]) => {
  const { body } = await office.post<Check>('/v1/block-lists/check', { identifiers });
  return body.devices.map(({ status, answers }) => [status, ...answers[0]!.reasons].join(' '));
};
const listings = (...lines: string[]) =>
  ['imei,reporting_date,status,change_type,reason,source', ...lines, ''].join('\r\n');
const entryRows = () => shop.one(`select count(*)::int as rows, max(xmin::text::bigint) as latest from block_entry`);

describe('put a device on a list', () => {
  it('and it is blocked until it is lifted, with audited history and events', async () => {
    const imei = newImei();
    expect(await standing(imei)).toEqual(['CLEAN']);
    const added = await add(imei, { source: 'POLICE', reportedOn: '2014-01-31', note: 'Report 4711' });
    expect([added.status, added.headers.get('etag')]).toEqual([201, '"1"']);
    expect(added.body).toEqual({
      ...{ id: added.body.id, imei, list: 'BLOCK', reason: 'LOST_OR_STOLEN', source: 'POLICE', pending: false },
      ...{ reportedOn: '2014-01-31', placedAt: expect.any(String), placedBy: 'back-office-1', version: 1 },
      ...{ liftedAt: null, liftedBy: null, liftedReason: null },
    });
    expect(await standing(imei)).toEqual(['BLOCKED LOST_OR_STOLEN']);
    const lifted = await lift(added.body, { 'if-match': '"1"' });
    expect(lifted.body).toEqual({
      ...{ ...added.body, version: 2, liftedAt: expect.any(String), liftedBy: 'back-office-1' },
      liftedReason: 'Found again',
    });
    expect(await standing(imei)).toEqual(['CLEAN']);
    expect((await entriesOf(imei)).map(({ id }) => id)).toEqual([added.body.id]);
    const { rows } = await shop.db.query(
      'select act, from_state, to_state, reason, details, chain from history where subject_id = $1 order by id',
      [added.body.id],
    );
    const details = {
      list: 'BLOCK',
      reason: 'LOST_OR_STOLEN',
      source: 'POLICE',
      reportedOn: '2014-01-31',
      pending: false,
    };
    expect(rows).toEqual([
      { act: 'add', from_state: null, to_state: 'LISTED', reason: 'Report 4711', details, chain: 'carrier' },
      { act: 'lift', from_state: 'LISTED', to_state: 'LIFTED', reason: 'Found again', details, chain: 'carrier' },
    ]);
    const db = { query: async (sql: string, values?: unknown[]) => (await shop.db.query(sql, values)).rows };
    expect(await brokenLinks(db as never, 'carrier')).toBe(0);
    const events = await shop.db.query('select type, payload from outbox_event where aggregate_id = $1 order by id', [
      added.body.id,
    ]);
    const payload = { list: 'BLOCK', reason: 'LOST_OR_STOLEN', source: 'POLICE' };
    expect(events.rows).toEqual([
      { type: 'block-entry.added', payload },
      { type: 'block-entry.lifted', payload },
    ]);
  });

  it('a claim is looked into, a report still to be confirmed too, and the worst counts', async () => {
    const [claimed, pending, both] = [newImei(), newImei(), newImei()];
    expect((await add(claimed, { reason: 'OWNERSHIP_CLAIM' })).body.list).toBe('GENERAL');
    await add(pending, { pending: true });
    await add(both, { reason: 'FINANCIAL_CLAIM' });
    await add(both, { reason: 'COURT_ORDER' });
    expect(await standing(claimed, pending, both, newImei())).toEqual([
      'CLAIMED OWNERSHIP_CLAIM',
      'CLAIMED LOST_OR_STOLEN',
      'BLOCKED COURT_ORDER FINANCIAL_CLAIM',
      'CLEAN',
    ]);
  });

  it('once a reason and source, also when two do it at the same time', async () => {
    const imei = newImei();
    const answers = await Promise.all(Array.from({ length: 8 }, () => add(imei)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const problem = await refused(shop, () => add(imei), 409, 'ALREADY_LISTED');
    expect(JSON.stringify(problem)).not.toContain(imei.slice(8, 14));
    expect((await add(imei, { source: 'POLICE' })).status).toBe(201);
    const [, own] = await entriesOf(imei);
    await lift(own!);
    expect(await standing(imei)).toEqual(['BLOCKED LOST_OR_STOLEN']);
    expect((await add(imei)).status).toBe(201);
    expect((await entriesOf(imei)).map(({ source, liftedAt }) => [source, liftedAt === null])).toEqual([
      ['OWN', true],
      ['POLICE', true],
      ['OWN', false],
    ]);
  });

  it('lifts nothing twice, nothing stale, and nothing that is not there', async () => {
    const { body } = await add(newImei());
    await refused(shop, () => lift(body, { 'if-match': '"7"' }), 412, 'STALE');
    await lift(body);
    await refused(shop, () => lift(body), 409, 'WRONG_STATE');
    await refused(shop, () => lift({ id: '019ab000-0000-7000-8000-000000000000' }), 404, 'NOT_FOUND');
  });

  it('refuses what is no IMEI with the place of each, and repeats none', async () => {
    const good = newImei();
    const identifiers = [good, `${good.slice(0, 14)}${(Number(good[14]) + 1) % 10}`, good.slice(0, 14), '3.56E+14'];
    const problem = await refused(
      shop,
      () => office.post('/v1/block-lists/check', { identifiers }),
      400,
      'INVALID_INPUT',
    );
    expect(faultsOf(problem)).toEqual([
      '/identifiers/1 CHECK_DIGIT',
      '/identifiers/2 WRONG_LENGTH',
      '/identifiers/3 SPREADSHEET_DAMAGE',
    ]);
    expect(JSON.stringify(problem)).not.toContain(good.slice(8, 14));
    const many = Array.from({ length: 101 }, newImei);
    expect((await office.post('/v1/block-lists/check', { identifiers: many })).status).toBe(400);
    expect((await standing(...many.slice(1))).length).toBe(100);
    expect(faultsOf(await refused(shop, () => add(good, { reason: 'UGLY' }), 400, 'INVALID_INPUT'))).toEqual([
      '/reason IS_IN',
    ]);
  });

  it('is seen by a till and changed by it not', async () => {
    const till = await shop.associate(await shop.make.location());
    const imei = newImei();
    await add(imei);
    const { body } = await till.post<Check>('/v1/block-lists/check', { identifiers: [imei] });
    expect(body.devices).toMatchObject([{ imei, status: 'BLOCKED' }]);
    expect((await till.post('/v1/block-lists/entries', { identifier: imei, reason: 'COURT_ORDER' })).status).toBe(403);
    expect((await till.post('/v1/accounts', {})).status).toBe(403);
  });
});

describe('list entries', () => {
  it('the latest first, page by page, by list and by whether they stand', async () => {
    const imeis = [newImei(), newImei(), newImei()];
    for (const imei of imeis) await add(imei, { reason: 'FINANCIAL_CLAIM', source: 'BANK' });
    const page = async (search: string) =>
      (await office.get<{ items: Entry[]; nextCursor: string }>(`/v1/block-lists/entries?${search}`)).body;
    const first = await page('limit=2&list=GENERAL');
    const next = await page(`limit=2&list=GENERAL&cursor=${first.nextCursor}`);
    expect([...first.items, ...next.items].slice(0, 3).map(({ imei }) => imei)).toEqual([...imeis].reverse());
    await lift(first.items[0]!);
    expect((await page('limit=1&list=GENERAL&live=false')).items.map(({ imei }) => imei)).toEqual([imeis[2]]);
    expect((await page('limit=1&live=true')).items.map(({ imei }) => imei)).toEqual([imeis[1]]);
  });
});

describe('a thousand devices', () => {
  it('are checked in one statement, in their order', async () => {
    const listed = newImei();
    await add(listed);
    let statements = 0;
    const db = {
      query: async (sql: string, values?: unknown[]) => {
        statements++;
        return (await shop.db.query(sql, values)).rows;
      },
    };
    const asked = Array.from({ length: 1000 }, (_, at) =>
      at === 777 ? listed.slice(0, 14) : String(35611205400000 + at),
    );
    const answers = await new AllRegistries(db as never, 60).check(asked);
    expect([statements, answers.length]).toEqual([1, 1000]);
    expect(answers.findIndex(([own]) => own!.status === 'BLOCKED')).toBe(777);
    expect(answers.filter(([own]) => own!.status === 'CLEAN')).toHaveLength(999);
    expect(await new AllRegistries(db as never, 60).check([])).toEqual([]);
  });
});

describe('import a stolen list', () => {
  it('of the sample carrier, and finds it unchanged the second time', async () => {
    const job = await importFile(office, 'BLOCK_LIST', sample('block-list'));
    expect(countsOf(job)).toEqual(['DONE', 4, 4, 0, 0]);
    expect(await standing('356112057020037', '356112057151527', '356760057161654', '352921057111172')).toEqual([
      'BLOCKED LOST_OR_STOLEN',
      'BLOCKED LOST_OR_STOLEN',
      'CLAIMED FRAUDULENTLY_OBTAINED',
      'BLOCKED NON_PAYMENT',
    ]);
    const before = await entryRows();
    expect(countsOf(await importFile(office, 'BLOCK_LIST', sample('block-list')))).toEqual(['DONE', 4, 0, 4, 0]);
    expect(await entryRows()).toEqual(before);
  });

  it('with the three columns national registers have, of IMEIs of 14, 15 and 16 digits', async () => {
    const [bare, printed, network, versioned] = [newImei(), newImei(), newImei(), newImei()];
    const text = `imei,reporting_date,status\n${bare.slice(0, 14)},20140220,\n${printed},2014-02-20,blacklist\n${network.slice(0, 14)}0,20140220,pending\n${versioned.slice(0, 14)}78,20140220,\n`;
    expect(countsOf(await importFile(office, 'BLOCK_LIST', text))).toEqual(['DONE', 4, 4, 0, 0]);
    expect(await standing(bare, printed, network, versioned)).toEqual([
      'BLOCKED LOST_OR_STOLEN',
      'BLOCKED LOST_OR_STOLEN',
      'CLAIMED LOST_OR_STOLEN',
      'BLOCKED LOST_OR_STOLEN',
    ]);
    expect((await entriesOf(bare))[0]).toMatchObject({ reportedOn: '2014-02-20', source: 'OWN', list: 'BLOCK' });
  });

  it('adds, corrects and removes, and no older file undoes a newer report', async () => {
    const [imei, other] = [newImei(), newImei()];
    const imported = async (...lines: string[]) => {
      const job = await importFile(office, 'BLOCK_LIST', listings(...lines));
      return [...countsOf(job).slice(2), ...(await faultsOfImport(office, job))];
    };
    const added = `${imei},20140201,pending,add,NON_PAYMENT,OWN`;
    expect(await imported(added, `${other},20140201,,add,NON_PAYMENT,OWN`)).toEqual([2, 0, 0]);
    expect(await imported(`${imei},20140203,blacklist,add,NON_PAYMENT,OWN`)).toEqual([
      0,
      0,
      1,
      '2 reporting_date ALREADY_LISTED',
    ]);
    expect(await imported(`${imei},20140203,blacklist,update,NON_PAYMENT,OWN`)).toEqual([1, 0, 0]);
    expect(await imported(`${imei},20140203,blacklist,update,NON_PAYMENT,OWN`)).toEqual([0, 1, 0]);
    expect(await imported(added)).toEqual([0, 1, 0]);
    expect(await standing(imei)).toEqual(['BLOCKED NON_PAYMENT']);
    const removed = `${imei},20140205,,remove,NON_PAYMENT,OWN`;
    expect(await imported(removed)).toEqual([1, 0, 0]);
    expect([await imported(removed), await standing(imei)]).toEqual([[0, 1, 0], ['CLEAN']]);
    // The file that listed it comes again; then it is reported anew, and the old removal comes again.
    expect(await imported(`${imei},20140203,,add,NON_PAYMENT,OWN`)).toEqual([0, 1, 0]);
    expect(await imported(`${imei},20140301,,add,NON_PAYMENT,OWN`)).toEqual([1, 0, 0]);
    expect([await imported(removed), await standing(imei)]).toEqual([[0, 1, 0], ['BLOCKED NON_PAYMENT']]);
    expect(await entriesOf(imei)).toMatchObject([
      { reportedOn: '2014-03-01', liftedAt: null },
      { reportedOn: '2014-02-03' },
    ]);
    expect(await standing(other)).toEqual(['BLOCKED NON_PAYMENT']);
  });

  it('names what is wrong line by line, and changes nothing', async () => {
    const imei = newImei();
    const before = await entryRows();
    const lines = [
      ['3.56112E+14,20140201,,,,', 'imei SPREADSHEET_DAMAGE'],
      [
        `"${imei.slice(0, 3)},${imei.slice(3, 6)},${imei.slice(6, 9)},${imei.slice(9, 12)},${imei.slice(12)}",20140201,,,,`,
        'imei SPREADSHEET_DAMAGE',
      ],
      [`${imei}.0,20140201,,,,`, 'imei SPREADSHEET_DAMAGE'],
      [`${imei.slice(0, 14)}${(Number(imei[14]) + 1) % 10 || 5},20140201,,,,`, 'imei CHECK_DIGIT'],
      [`${imei.slice(0, 13)},20140201,,,,`, 'imei WRONG_LENGTH'],
      ['11111111111111,20140201,,,,', 'imei REPEATED_DIGIT'],
      ['356*,20140201,,,,', 'imei NOT_AN_IDENTIFIER'],
      [`${imei},,,,,`, 'reporting_date REQUIRED'],
      [`${imei},20140230,,,,`, 'reporting_date NOT_A_TIME'],
      [`${imei},1/2/2014,,,,`, 'reporting_date AMBIGUOUS_DATE'],
      [`${imei},41671,,,,`, 'reporting_date SPREADSHEET_DAMAGE'],
      [`${imei},20140201,grey,,,`, 'status NOT_ONE_OF'],
      [`${imei},20140201,,delete,,`, 'change_type NOT_ONE_OF'],
      [`${imei},20140201,,,OWNERSHIP_CLAIM,`, 'reason NOT_ONE_OF'],
      [`${imei},20140201,,,,the police`, 'source FORMAT'],
      [`${imei},20140201,,remove,,`, 'imei NOT_LISTED'],
      [`${imei},20140201,,add,,`, 'imei TWICE_IN_FILE'],
      [`${newImei()},20140201,,update,,`, 'imei NOT_LISTED'],
    ] as const;
    const job = await importFile(office, 'BLOCK_LIST', listings(...lines.map(([text]) => text)));
    expect(await faultsOfImport(office, job)).toEqual(lines.map(([, fault], at) => `${at + 2} ${fault}`));
    expect(await entryRows()).toEqual(before);
  });

  it('and one of claims, which only has reasons of its own', async () => {
    const [imei, second] = [newImei(), newImei()];
    const text = listings(
      `${imei},20140201,,,,`,
      `${second},20140201,,,FINANCIAL_CLAIM,BANK`,
      `${second},20140201,,,NON_PAYMENT,`,
    );
    const job = await importFile(office, 'GENERAL_LIST', text);
    expect(await faultsOfImport(office, job)).toEqual(['4 reason NOT_ONE_OF']);
    expect(await standing(imei, second)).toEqual(['CLAIMED OWNERSHIP_CLAIM', 'CLAIMED FINANCIAL_CLAIM']);
  });

  it('as JSON lines, where a number is written as it is', async () => {
    const imei = newImei();
    const text = JSON.stringify({ imei: Number(imei), reporting_date: 20140201 });
    const job = await importFile(office, 'BLOCK_LIST', text, { type: 'application/x-ndjson' });
    expect(countsOf(job)).toEqual(['DONE', 1, 1, 0, 0]);
    expect(await standing(imei)).toEqual(['BLOCKED LOST_OR_STOLEN']);
  });

  it.each([
    ['20140221', '2014-02-21'],
    ['2014-02-21', '2014-02-21'],
    ['20140229', 'NOT_A_TIME'],
    ['2014022', 'NOT_A_TIME'],
    ['21.02.2014', 'AMBIGUOUS_DATE'],
  ])('reads the day %s as %s', (given, day) => {
    const read = reportingDay(given);
    expect(read instanceof ColumnFault ? read.code : read).toBe(day);
  });
});
