import 'reflect-metadata';
import { AccountsQuery } from '../../src/accounts/customers/accounts.query.js';
import { TableBilling } from '../../src/accounts/billing/table-billing.js';
import { brokenLinks } from '../../src/platform/history.js';
import { imeiOf15 } from '../../src/values/check-digits.js';
import { countsOf, faultsOf as faultsOfImport, importFile, sample } from '../imports/importing.js';
import { faultsOf, refused } from '../support/books.js';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';

const FILES = [
  ['ACCOUNTS', 'accounts', 12],
  ['LINES', 'lines', 15],
  ['DEVICE_RECORDS', 'device-records', 20],
  ['LINE_ACTIVITY', 'line-activity', 21],
  ['PAID_SERVICE', 'paid-service', 6],
  ['LINE_PAYMENTS', 'line-payments', 14],
] as const;
const TABLES = [
  ...['billing_account', 'account_line', 'device_record', 'line_activity', 'line_usage', 'paid_service'],
  'line_payment',
];

/** The Q10 of the customer who signs in, the Z10 still being paid, and others of the sample. */
const ORIGIN = '356760057010018';
const FINANCED = '352921057040223';
const PREPAID = '356968057060418';
const UNKNOWN_SALE = '356514057141467';
const FOREIGN = '351881067131399';
const NEVER_SEEN = imeiOf15('35676005999999');
const MOVED = '356760057101049';

interface Line {
  id: string;
  accountId: string;
  number: string;
}
interface Account {
  id: string;
  number: string;
  version: number;
  lines: Line[];
  lineCount: number;
}
interface Facts {
  reachable: boolean;
  device: Record<string, unknown> | null;
  line: Record<string, unknown> | null;
}

let shop: Shop;
let office: Client;
/** As the program's own database handle: rows alone. */
let statements = 0;
const db = {
  query: async <T>(sql: string, values?: unknown[]) => {
    statements++;
    return (await shop.db.query(sql, values)).rows as T;
  },
};

beforeAll(async () => {
  shop = await openShop();
  office = await shop.backOffice();
  for (const [kind, file, lines] of FILES) {
    const job = await importFile(office, kind, sample(file));
    expect([kind, ...countsOf(job)]).toEqual([kind, 'DONE', lines, lines, 0, 0]);
  }
});
afterAll(() => shop.close());

const versions = () =>
  Promise.all(
    TABLES.map((table) => shop.one(`select count(*)::int as rows, max(xmin::text::bigint) as latest from ${table}`)),
  );
const accountOf = async (number: string) => {
  const { body } = await office.get<{ items: { id: string }[] }>(`/v1/accounts?number=${number}`);
  return (await office.get<Account>(`/v1/accounts/${body.items[0]!.id}`)).body;
};
const lineOf = async (number: string) => {
  const { id, account_id } = await shop.one<{ id: string; account_id: string }>(
    'select id, account_id from account_line where number = $1',
    [number],
  );
  return { lineId: id, accountId: account_id };
};
const find = async (identifier: string, lineId?: string) =>
  (await office.post<Facts>('/v1/device-records/find', { identifier, ...(lineId ? { lineId } : {}) })).body;
let numbers = 0;
const newNumber = (of = 'T') => `${of}-${String(++numbers).padStart(6, '0')}`;
const opened = async (over: object = {}) =>
  (
    await office.post<Account>('/v1/accounts', {
      ...{ number: newNumber(), currency: 'USD', customerSince: '2014-01-02', ...over },
    })
  ).body;
const lined = async (over: object = {}) => {
  const account = await opened(over);
  const form = { number: newNumber('L'), activatedOn: '2014-01-02' };
  return (await office.post<Line>(`/v1/accounts/${account.id}/lines`, form)).body;
};
let serials = 0;
/** An IMEI nobody has spoken of, as a tester of networks would write it: sixteen digits with a software version. */
const newImei = () => `35676005${String(800_000 + ++serials)}01`;

describe('what billing knows of a device', () => {
  it('of the Q10 that was bought on the first of October and paid off early', async () => {
    const { lineId, accountId } = await lineOf('L-100200-1');
    expect(await find(ORIGIN)).toEqual({
      source: 'accounts',
      asOf: expect.any(String),
      reachable: true,
      device: {
        ...{ soldByUs: true, brand: 'T-Mobile US', segment: 'POSTPAID', jurisdiction: 'US' },
        ...{ purchasedOn: '2013-10-01', activatedOn: '2013-10-01', fraudFlag: false },
        financing: {
          ...{ balanceMinor: 0, currency: 'USD', paidOffAt: '2014-02-10T18:22:00.000Z' },
          ...{ payoffChannel: 'CARD', paidOffEarly: true, billClosesOn: null },
        },
        ...{ contractEndsOn: null, upgradedOn: null },
        activity: [{ lineId, accountId, from: '2013-10-01', to: null }],
        usage: [{ lineId, firstSeenOn: '2013-10-01', lastSeenOn: '2014-02-23' }],
      },
      line: {
        ...{ lineId, accountId, accountState: 'ACTIVE', goodStanding: true, pastDueMinor: 0, currency: 'USD' },
        // Of the other device of the account nobody knows what is owed, so nobody knows of the account.
        openInstalmentsMinor: null,
        ...{ company: false, companyAuthorised: null, customerSince: '2011-05-14', lineActivatedOn: '2011-05-14' },
        paidService: [{ from: '2011-05-14', to: null }],
        ...{ refillsMinor: 0, monthlyPayments: 4 },
      },
    });
  });

  it('sums what is owed, what was refilled and what was paid', async () => {
    expect((await find(FINANCED)).line).toMatchObject({ openInstalmentsMinor: 36_000, monthlyPayments: 1 });
    expect((await find(PREPAID)).line).toMatchObject({
      ...{ openInstalmentsMinor: 0, refillsMinor: 11_000, monthlyPayments: 0 },
      paidService: [
        { from: '2013-09-03', to: '2013-12-02' },
        { from: '2013-12-20', to: '2014-03-19' },
      ],
    });
  });

  it('leaves open what is not known, and knows nothing of a device nobody has seen', async () => {
    const sold = (await find(UNKNOWN_SALE)).device!;
    expect(sold).toMatchObject({ soldByUs: null, brand: null, segment: null, fraudFlag: null, financing: null });
    expect(await find(NEVER_SEEN)).toMatchObject({ reachable: true, device: null, line: null });
    const { lineId } = await lineOf('L-100210-1');
    // Seen by the network, active on no line: nobody asks for it unless a line is named.
    expect(await find(FOREIGN)).toMatchObject({ device: { soldByUs: false, activity: [] }, line: null });
    expect((await find(FOREIGN, lineId)).line).toMatchObject({ lineId, goodStanding: null, pastDueMinor: null });
    expect(await find(NEVER_SEEN, lineId)).toMatchObject({ device: null, line: { lineId } });
  });

  it('answers for the line named, else the one that has it, else the one that had it last', async () => {
    const [first, second] = [await lineOf('L-100205-1'), await lineOf('L-100201-1')];
    expect((await find(MOVED)).line).toMatchObject(second);
    expect((await find(MOVED, first.lineId)).line).toMatchObject({ ...first, accountState: 'CANCELLED' });
    expect((await find(MOVED, '019ab000-0000-7000-8000-000000000000')).line).toBeNull();
    const now = await lined();
    await shop.db.query(`insert into line_activity values ($1, $2, '2013-01-01', null)`, [MOVED.slice(0, 14), now.id]);
    expect((await find(MOVED)).line).toMatchObject({ lineId: now.id });
    await shop.db.query('delete from line_activity where line_id = $1', [now.id]);
  });

  it('is told of a thousand devices in one statement, in their order', async () => {
    const { lineId } = await lineOf('L-100200-1');
    const asked = Array.from({ length: 1000 }, (_, at) =>
      at % 3 ? { imei14: String(35676009000000 + at) } : { imei14: ORIGIN.slice(0, 14), ...(at % 2 ? { lineId } : {}) },
    );
    statements = 0;
    const facts = await new TableBilling(db).factsOf(asked);
    expect([statements, facts.length]).toEqual([1, 1000]);
    expect(facts.map(({ device }) => device !== null)).toEqual(asked.map((_, at) => at % 3 === 0));
    expect(facts.filter(({ line }) => line?.lineId === lineId)).toHaveLength(334);
    expect(await new TableBilling(db).factsOf([])).toEqual([]);
  });

  it('finds the lines of a customer who has signed in', async () => {
    const query = new AccountsQuery(db as never);
    expect((await query.linesOf('customer-1')).map(({ number }) => number)).toEqual(['L-100200-1', 'L-100200-2']);
    expect(await query.linesOf('customer-2')).toEqual([]);
  });

  it.each([
    ['356760057010017', 'CHECK_DIGIT'],
    ['35676005701001', 'WRONG_LENGTH'],
    ['3.56760057010018E+14', 'SPREADSHEET_DAMAGE'],
    ['89490200001234567898', 'ICCID_CHECKSUM'],
  ])('refuses %s, and does not repeat it', async (identifier, code) => {
    for (const path of ['/v1/device-records/find', '/v1/device-records']) {
      const problem = await refused(shop, () => office.post(path, { identifier }), 400, 'INVALID_INPUT');
      expect(faultsOf(problem)).toEqual([`/identifier ${code}`]);
      expect(JSON.stringify(problem)).not.toContain(identifier);
    }
  });
});

describe('accounts and lines', () => {
  it('are listed by number, page by page, and found by the number of a line', async () => {
    const first = await office.get<{ items: Account[]; nextCursor: string }>('/v1/accounts?limit=2');
    const next = await office.get<{ items: Account[] }>(`/v1/accounts?limit=2&cursor=${first.body.nextCursor}`);
    const seen = [...first.body.items, ...next.body.items].map(({ number }) => number);
    expect(seen).toEqual(['A-100200', 'A-100201', 'A-100202', 'A-100203']);
    const found = await office.get<{ items: Account[] }>('/v1/accounts?lineNumber=L-100300-2');
    expect(found.body.items.map(({ number }) => number)).toEqual(['C-100300']);
    const company = await accountOf('C-100300');
    expect(company).toMatchObject({ company: true, companyAuthorised: true, lineCount: 3, version: 1 });
    expect(company.lines.map(({ number }) => number)).toEqual(['L-100300-1', 'L-100300-2', 'L-100300-3']);
  });

  it('are opened by hand, with history and events', async () => {
    const number = newNumber();
    const form = { number, currency: 'USD', customerSince: '2014-01-02', company: true, pastDueMinor: 12 };
    const answer = await office.post<Account>('/v1/accounts', form, { key: `open-${number}` });
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"1"']);
    expect(answer.body).toEqual({
      ...{ id: answer.body.id, number, state: 'ACTIVE', goodStanding: null, pastDueMinor: 12, currency: 'USD' },
      ...{ company: true, companyAuthorised: null, customerSince: '2014-01-02', customerSubject: null },
      ...{ lines: [], lineCount: 0, version: 1 },
    });
    const again = await office.post<Account>('/v1/accounts', form, { key: `open-${number}` });
    expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([answer.body.id, 'true']);
    const line = await office.post<Line>(`/v1/accounts/${answer.body.id}/lines`, {
      ...{ number: `${number}-1`, activatedOn: '2014-01-03' },
    });
    expect(line.body).toEqual({ ...line.body, accountId: answer.body.id, activatedOn: '2014-01-03' });
    const now = await office.get<Account>(`/v1/accounts/${answer.body.id}`);
    expect([now.body.lines, now.headers.get('etag')]).toEqual([[line.body], '"2"']);
    const { rows } = await shop.db.query('select type from outbox_event where aggregate_id = $1 order by id', [
      answer.body.id,
    ]);
    expect(rows).toEqual([{ type: 'account.created' }, { type: 'account.line-added' }]);
    expect(await shop.count('select count(*) from history where subject_id = $1', [answer.body.id])).toBe(2);
  });

  it('have numbers of their own, and no phone number is one', async () => {
    const taken = await opened();
    const form = { number: taken.number, currency: 'USD', customerSince: '2014-01-02' };
    await refused(shop, () => office.post('/v1/accounts', form), 409, 'ACCOUNT_NUMBER_TAKEN');
    const line = await lined();
    const second = { number: line.number, activatedOn: '2014-01-02' };
    await refused(shop, () => office.post(`/v1/accounts/${taken.id}/lines`, second), 409, 'LINE_NUMBER_TAKEN');
    for (const number of ['+14255550123', '4255550123', 'a-1']) {
      const problem = await refused(shop, () => office.post('/v1/accounts', { ...form, number }), 400, 'INVALID_INPUT');
      expect(faultsOf(problem)).toEqual(['/number MATCHES']);
    }
    await expect(shop.db.query(`update account_line set number = '4255550123'`)).rejects.toThrow(
      'account_line_number_ck',
    );
  });

  it('refuse what does not fit, a stale page and a place that is none', async () => {
    const account = await opened();
    const authorised = { number: newNumber(), currency: 'USD', customerSince: '2014-01-02', companyAuthorised: true };
    const problem = await refused(shop, () => office.post('/v1/accounts', authorised), 400, 'INVALID_INPUT');
    expect(faultsOf(problem)).toEqual(['/companyAuthorised NOT_EXPECTED']);
    const form = { number: newNumber('L'), activatedOn: '2014-01-02' };
    const at = (id: string, headers = {}) => office.post(`/v1/accounts/${id}/lines`, form, { headers });
    await refused(shop, () => at(account.id, { 'if-match': '"9"' }), 412, 'STALE');
    await refused(shop, () => at('019ab000-0000-7000-8000-000000000000'), 404, 'NOT_FOUND');
    expect((await office.get('/v1/accounts/019ab000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

describe('correct what billing knows of a device', () => {
  it('creates the record, changes what is given, and leaves the rest', async () => {
    const { id: accountId } = await opened();
    const identifier = newImei();
    const financing = { balanceMinor: 48_000, currency: 'USD' };
    const first = await office.post<Record<string, unknown>>('/v1/device-records', {
      ...{ identifier, accountId, soldByUs: true, brand: 'T-Mobile US', purchasedOn: '2013-10-01', financing },
    });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect(first.body).toMatchObject({
      ...{ accountId, soldByUs: true, segment: null, version: 1 },
      financing: { ...financing, paidOffAt: null, payoffChannel: null, paidOffEarly: false, billClosesOn: null },
    });
    const paid = { balanceMinor: 0, currency: 'USD', paidOffAt: '2014-02-10T10:00:00-08:00', payoffChannel: 'BILL' };
    const second = await office.post<Record<string, unknown>>(
      '/v1/device-records',
      { identifier, financing: paid, brand: null, reason: 'Paid at the counter' },
      { headers: { 'if-match': '"1"' } },
    );
    expect(second.body).toMatchObject({
      ...{ id: first.body['id'], accountId, soldByUs: true, brand: null, purchasedOn: '2013-10-01', version: 2 },
      financing: { balanceMinor: 0, paidOffAt: '2014-02-10T18:00:00.000Z', payoffChannel: 'BILL' },
    });
    expect(
      await shop.one(`select act, reason, details, chain from history where subject_id = $1 order by id desc limit 1`, [
        first.body['id'],
      ]),
    ).toEqual({
      ...{ act: 'record', reason: 'Paid at the counter', chain: 'carrier' },
      details: {
        before: { brand: 'T-Mobile US', financing: first.body['financing'] },
        after: { brand: null, financing: second.body['financing'] },
      },
    });
    expect(await brokenLinks(db as never, 'carrier')).toBe(0);
    const text = JSON.stringify((await shop.db.query('select * from history, outbox_event')).rows);
    expect(text).not.toContain(identifier.slice(8, 14));
  });

  it('refuses what contradicts itself, what is stale, and an account that is none', async () => {
    const identifier = newImei();
    const record = (over: object, headers = {}) =>
      office.post('/v1/device-records', { identifier, ...over }, { headers });
    const financing = { balanceMinor: 1, currency: 'USD' };
    const owing = { ...financing, paidOffAt: '2014-02-10T10:00:00Z' };
    const faulty = async (over: object) => faultsOf(await refused(shop, () => record(over), 400, 'INVALID_INPUT'));
    expect(await faulty({ financing: owing })).toEqual(['/financing/paidOffAt NOT_PAID_OFF']);
    expect(await faulty({ financing: { ...financing, payoffChannel: 'CARD', billClosesOn: '2014-03-05' } })).toEqual([
      '/financing/payoffChannel NOT_EXPECTED',
      '/financing/billClosesOn NOT_EXPECTED',
    ]);
    expect(await faulty({ jurisdiction: 'usa' })).toEqual(['/jurisdiction MATCHES']);
    await refused(shop, () => record({}, { 'if-match': '"1"' }), 412, 'STALE');
    await refused(shop, () => record({ accountId: '019ab000-0000-7000-8000-000000000000' }), 404, 'NOT_FOUND');
    expect(await shop.count('select count(*) from device_record where imei14 = $1', [identifier.slice(0, 14)])).toBe(0);
  });
});

describe('record a payment', () => {
  it('once a reference, and counts it', async () => {
    const { id } = await lined();
    const form = { kind: 'REFILL', amountMinor: 5000, currency: 'USD', paidOn: '2014-02-01', channel: 'CASH' };
    const pay = (over: object = {}) =>
      office.post<Record<string, unknown>>(`/v1/account-lines/${id}/payments`, {
        ...{ ...form, externalReference: `R:${id}`, ...over },
      });
    const first = await pay();
    expect([first.status, first.body]).toEqual([201, { ...first.body, ...form, lineId: id }]);
    expect((await pay()).body).toEqual(first.body);
    await refused(shop, () => pay({ amountMinor: 5001 }), 409, 'PAYMENT_REFERENCE_TAKEN');
    await pay({ kind: 'MONTHLY', externalReference: `M:${id}` });
    expect((await find(NEVER_SEEN, id)).line).toMatchObject({ refillsMinor: 5000, monthlyPayments: 1 });
    expect(await shop.count('select count(*) from line_payment where line_id = $1', [id])).toBe(2);
    expect(
      await shop.count(`select count(*) from history where subject_kind = 'line-payment' and chain is not null`),
    ).toBe(2);
    await expect(shop.db.query('update line_payment set amount_minor = 1')).rejects.toThrow('append-only');
  });

  it('refuses another currency, nothing at all, and a line that is none', async () => {
    const { id } = await lined();
    const form = {
      kind: 'MONTHLY',
      amountMinor: 5000,
      currency: 'USD',
      paidOn: '2014-02-01',
      externalReference: 'X-1',
    };
    const pay = (over: object, at = id) => office.post(`/v1/account-lines/${at}/payments`, { ...form, ...over });
    const faulty = async (over: object) => faultsOf(await refused(shop, () => pay(over), 400, 'INVALID_INPUT'));
    expect(await faulty({ currency: 'EUR' })).toEqual(['/currency OTHER_CURRENCY']);
    expect(await faulty({ amountMinor: 0 })).toEqual(['/amountMinor MIN']);
    expect(await faulty({ paidOn: '2014-02-30' })).toEqual(['/paidOn IS_DAY']);
    await refused(shop, () => pay({}, '019ab000-0000-7000-8000-000000000000'), 404, 'NOT_FOUND');
  });
});

describe('files of billing', () => {
  it('change nothing when they come again', async () => {
    const before = await versions();
    for (const [kind, file, lines] of FILES) {
      const job = await importFile(office, kind, sample(file));
      expect([kind, ...countsOf(job)]).toEqual([kind, 'DONE', lines, 0, lines, 0]);
    }
    expect(await versions()).toEqual(before);
  });

  it('say how things stand now, and keep what they do not tell of', async () => {
    const imei = newImei();
    const files = [
      ['ACCOUNTS', 'number,state,currency,customer_since\nF-1,ACTIVE,USD,2014-01-01\n'],
      ['LINES', 'number,account,activated_on\nFL-1,F-1,2014-01-01\n'],
      ['DEVICE_RECORDS', `imei,account,balance,currency\n${imei},F-1,12.50,USD\n`],
      [
        'LINE_ACTIVITY',
        `line,imei,active_from,active_to,first_seen_on,last_seen_on\nFL-1,${imei},2014-01-01,,2014-01-03,2014-01-05\n`,
      ],
      ['PAID_SERVICE', 'line,paid_from,paid_to\nFL-1,2014-01-01,\n'],
    ] as const;
    for (const [kind, text] of files) {
      expect(countsOf(await importFile(office, kind, text))).toEqual(['DONE', 1, 1, 0, 0]);
    }
    await shop.db.query(`update billing_account set customer_subject = 'customer-9' where number = 'F-1'`);
    for (const [kind, text] of [
      [
        'ACCOUNTS',
        'number,state,good_standing,past_due,currency,customer_since\nF-1,SUSPENDED,false,9.99,USD,2014-01-01\n',
      ],
      [
        'DEVICE_RECORDS',
        `imei,account,balance,currency,paid_off_at\n${imei.slice(0, 14)},F-1,0.00,USD,2014-02-01T00:00:00Z\n`,
      ],
      [
        'LINE_ACTIVITY',
        `line,imei,active_from,active_to,first_seen_on,last_seen_on\nFL-1,${imei.slice(0, 14)}0,2014-01-01,2014-02-01,2014-01-02,2014-01-04\n`,
      ],
      ['PAID_SERVICE', 'line,paid_from,paid_to\nFL-1,2014-01-01,2014-01-31\n'],
    ] as const) {
      expect([kind, ...countsOf(await importFile(office, kind, text))]).toEqual([kind, 'DONE', 1, 1, 0, 0]);
    }
    const now = await find(imei);
    expect(now.device).toMatchObject({
      financing: { balanceMinor: 0, paidOffAt: '2014-02-01T00:00:00.000Z' },
      activity: [{ from: '2014-01-01', to: '2014-02-01' }],
      usage: [{ firstSeenOn: '2014-01-02', lastSeenOn: '2014-01-05' }],
    });
    expect(now.line).toMatchObject({
      ...{ accountState: 'SUSPENDED', goodStanding: false, pastDueMinor: 999, openInstalmentsMinor: 0 },
      paidService: [{ from: '2014-01-01', to: '2014-01-31' }],
    });
    expect(await accountOf('F-1')).toMatchObject({ customerSubject: 'customer-9', version: 2 });
  });

  it.each([
    [
      'ACCOUNTS',
      'number,state,good_standing,past_due,currency,company_authorised,customer_since',
      [
        ['4255550123,ACTIVE,,,USD,,2014-01-01', 'number FORMAT'],
        ['G-1,PAUSED,,,USD,,2014-01-01', 'state NOT_ONE_OF'],
        ['G-1,ACTIVE,yes,,USD,,2014-01-01', 'good_standing NOT_ONE_OF'],
        ['G-1,ACTIVE,,"9,99",USD,,2014-01-01', 'past_due DECIMAL_COMMA'],
        ['G-1,ACTIVE,,9.99,JPY,,2014-01-01', 'past_due NOT_AN_AMOUNT'],
        ['G-1,ACTIVE,,9.99,XXX,,2014-01-01', 'currency NOT_ONE_OF'],
        ['G-1,ACTIVE,,,USD,true,2014-01-01', 'company_authorised NOT_EXPECTED'],
        ['G-1,ACTIVE,,,USD,,41640', 'customer_since SPREADSHEET_DAMAGE'],
        ['A-100200,ACTIVE,,,EUR,,2014-01-01', 'currency CURRENCY_STANDS'],
        ['A-100200,ACTIVE,,,USD,,2014-01-01', 'number TWICE_IN_FILE'],
      ],
    ],
    [
      'LINES',
      'number,account,activated_on',
      [
        ['GL-1,NO-SUCH,2014-01-01', 'account UNKNOWN_ACCOUNT'],
        ['GL-2,A-100200,1/2/2014', 'activated_on AMBIGUOUS_DATE'],
        ['GL-3,,2014-01-01', 'account REQUIRED'],
        ['GL-1,A-100200,2014-01-01', 'number TWICE_IN_FILE'],
      ],
    ],
    [
      'DEVICE_RECORDS',
      'imei,account,segment,jurisdiction,balance,currency,paid_off_at,payoff_channel',
      [
        ['3.56760057010018E+14,,,,,,,', 'imei SPREADSHEET_DAMAGE'],
        ['356760057010017,,,,,,,', 'imei CHECK_DIGIT'],
        ['3567600570100,,,,,,,', 'imei WRONG_LENGTH'],
        ['00000000000000,,,,,,,', 'imei NULL_IMEI'],
        ['35676005900001,NO-SUCH,,,,,,', 'account UNKNOWN_ACCOUNT'],
        ['35676005900002,,VIP,,,,,', 'segment NOT_ONE_OF'],
        ['35676005900002,,,USA,,,,', 'jurisdiction FORMAT'],
        ['35676005900002,,,,12.00,,,', 'currency REQUIRED'],
        ['35676005900002,,,,12.00,USD,2014-02-01T00:00:00Z,', 'paid_off_at NOT_PAID_OFF'],
        ['35676005900002,,,,0.00,USD,,CARD', 'payoff_channel NOT_EXPECTED'],
        ['359000010000016,,,,,,,', 'imei CHECK_DIGIT'],
        ['3567600590000100,,,,,,,', 'imei TWICE_IN_FILE'],
      ],
    ],
    [
      'LINE_ACTIVITY',
      'line,imei,active_from,active_to,first_seen_on,last_seen_on',
      [
        [`NO-SUCH,${ORIGIN},2014-01-01,,,`, 'line UNKNOWN_LINE'],
        [`L-100200-1,${ORIGIN},2014-01-02,2014-01-01,,`, 'active_to ENDS_BEFORE_IT_BEGINS'],
        [`L-100200-1,${ORIGIN},,,2014-01-02,2014-01-01`, 'last_seen_on ENDS_BEFORE_IT_BEGINS'],
        [`L-100200-1,${ORIGIN},,2014-01-02,,`, 'active_from REQUIRED'],
        [`L-100200-1,${ORIGIN},,,2014-01-02,`, 'last_seen_on REQUIRED'],
        [`L-100200-1,${ORIGIN},,,,`, 'active_from REQUIRED'],
        [`NO-SUCH,${ORIGIN.slice(0, 14)},2014-01-01,,,`, 'imei TWICE_IN_FILE'],
      ],
    ],
    [
      'PAID_SERVICE',
      'line,paid_from,paid_to',
      [
        ['NO-SUCH,2014-01-01,', 'line UNKNOWN_LINE'],
        ['L-100200-1,2014-01-02,2014-01-01', 'paid_to ENDS_BEFORE_IT_BEGINS'],
        ['NO-SUCH,2014-01-01,2014-01-31', 'paid_from TWICE_IN_FILE'],
      ],
    ],
    [
      'LINE_PAYMENTS',
      'reference,line,account,kind,paid_on,amount,currency',
      [
        ['G-1,NO-SUCH,,REFILL,2014-01-01,1.00,USD', 'line UNKNOWN_LINE'],
        ['G-2,,NO-SUCH,MONTHLY,2014-01-01,1.00,USD', 'account UNKNOWN_ACCOUNT'],
        ['G-3,L-100200-1,A-100201,MONTHLY,2014-01-01,1.00,USD', 'account OTHER_ACCOUNT'],
        ['G-4,,A-100200,REFILL,2014-01-01,1.00,USD', 'line REQUIRED'],
        ['G-5,,,MONTHLY,2014-01-01,1.00,USD', 'line REQUIRED'],
        ['G-6,L-100200-1,,REFILL,2014-01-01,0.00,USD', 'amount OUT_OF_RANGE'],
        ['G-7,L-100200-1,,REFILL,2014-01-01,1.00,EUR', 'currency OTHER_CURRENCY'],
        ['G-8,L-100200-1,,TIP,2014-01-01,1.00,USD', 'kind NOT_ONE_OF'],
        ['G 9,L-100200-1,,REFILL,2014-01-01,1.00,USD', 'reference FORMAT'],
        ['PAY-20130903-001,L-100202-1,,REFILL,2013-09-03,50.01,USD', 'reference PAYMENT_STANDS'],
        ['G-1,L-100200-1,,REFILL,2014-01-01,1.00,USD', 'reference TWICE_IN_FILE'],
      ],
    ],
  ])('name what is wrong in %s, line by line, and change nothing', async (kind, head, lines) => {
    const before = await versions();
    const job = await importFile(office, kind, [head, ...lines.map(([text]) => text), ''].join('\n'));
    expect(await faultsOfImport(office, job)).toEqual(lines.map(([, fault], at) => `${at + 2} ${fault}`));
    expect(countsOf(job)).toEqual(['DONE', lines.length, 0, 0, lines.length]);
    expect(await versions()).toEqual(before);
  });

  it('come as JSON lines too', async () => {
    const type = 'application/x-ndjson';
    const account = { number: 'J-1', state: 'ACTIVE', past_due: 1.5, currency: 'USD', customer_since: '2014-01-01' };
    expect(countsOf(await importFile(office, 'ACCOUNTS', JSON.stringify(account), { type }))).toEqual([
      'DONE',
      1,
      1,
      0,
      0,
    ]);
    expect(await accountOf('J-1')).toMatchObject({ pastDueMinor: 150, goodStanding: null });
  });
});
