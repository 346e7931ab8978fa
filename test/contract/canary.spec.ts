import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checkDigit } from '../../src/values/check-digits.js';
import { Client, type Answer } from '../support/client.js';
import type { MadeUnit } from '../support/make.js';
import { openShop, type Shop } from '../support/shop.js';
import { PLANNED, reportOf } from '../stock/bench.js';
import { ERASED } from '../support/unit-on-shelf.js';
import { associateOf, BACK_OFFICE } from '../support/tokens.js';

/** Things that must be found nowhere but where they belong. An IMEI counts as found by its serial part already. */
const IMEI_14 = '35676005777123';
const NEW_IMEI = IMEI_14 + checkDigit(IMEI_14);
const SERIAL = 'CANARYSERIAL77';
const CUSTOMER_REFERENCE = 'canary-customer-77';
const KEY = 'canary-key-770077007700';

describe('what must not leak', () => {
  let shop: Shop;
  let store: string;
  let units: MadeUnit[];
  let sku: { skuId: string; variantId: string };
  let associate: Client;
  let backOffice: Client;
  const tokens: string[] = [];
  const refusals: string[] = [];
  let keys = 0;

  const heard = (answer: Answer): Answer => {
    if (answer.status >= 400) refusals.push(answer.text);
    return answer;
  };
  const post = async (client: Client, path: string, body: unknown, headers = {}) =>
    heard(await client.post(path, body, { key: `${KEY}-${keys++}`, headers }));

  beforeAll(async () => {
    shop = await openShop({ LOG_LEVEL: 'debug' });
    store = await shop.make.location();
    sku = await shop.make.sku();
    units = await shop.make.units(sku, store, 6);
    tokens.push(await shop.token(associateOf(store)), await shop.token(BACK_OFFICE));
    associate = new Client(shop.url, tokens[0]);
    backOffice = new Client(shop.url, tokens[1]);
    await goodDays();
    await badDays();
    await shop.count(`select count(*) from import_job where state in ('WAITING', 'RUNNING')`);
    await pause(1500);
  });
  afterAll(() => shop.close());

  /** Everything that goes well. */
  async function goodDays(): Promise<void> {
    const [first, second, third] = units as [MadeUnit, MadeUnit, MadeUnit];
    const statuses: number[] = [];
    const done = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      statuses.push(status);
      return body['id'] as string;
    };
    await done(post(associate, '/v1/identify', { identifier: first.imei }));
    const held = await done(
      post(associate, '/v1/reservations', {
        purpose: 'POS_BASKET',
        lines: [{ identifier: first.imei }],
        customerReference: CUSTOMER_REFERENCE,
      }),
    );
    await done(post(associate, `/v1/reservations/${held}/extend`, { minutes: 1 }));
    const sale = await done(
      post(associate, '/v1/sales', {
        reservationId: held,
        terms: 'FULL',
        currency: 'USD',
        customerReference: CUSTOMER_REFERENCE,
      }),
    );
    await done(post(associate, `/v1/sales/${sale}/hand-over`, { identifiers: [first.imei] }));
    await done(
      post(associate, `/v1/sales/${sale}/return`, { lineNo: 1, identifier: first.imei, reason: 'CHANGED_MIND' }),
    );
    await done(
      post(associate, '/v1/receipts', {
        reference: 'delivery-77',
        supplier: 'Maker',
        units: [{ identifier: NEW_IMEI, serial: SERIAL, skuId: sku.skuId, currency: 'USD', provenance: 'TRADE_IN' }],
      }),
    );
    await done(post(associate, `/v1/stock-units/${second.unitId}/quarantine`, { reason: 'FAILED_TEST' }));
    await done(post(associate, `/v1/stock-units/${second.unitId}/erasure-certificates`, ERASED));
    await done(post(associate, `/v1/stock-units/${second.unitId}/diagnostic-reports`, reportOf()));
    await done(post(backOffice, `/v1/stock-units/${second.unitId}/triage`, {}));
    await done(post(backOffice, '/v1/refurb-orders', { ...PLANNED, unitId: second.unitId }));
    await done(
      post(backOffice, `/v1/stock-units/${third.unitId}/encumber`, { kind: 'LEGAL_HOLD', reason: 'Court order' }),
    );
    await done(backOffice.get(`/v1/stock-movements?unitId=${first.unitId}`));
    const financing = { balanceMinor: 0, currency: 'USD' };
    await done(post(backOffice, '/v1/device-records', { identifier: first.imei, soldByUs: true, financing }));
    await done(post(backOffice, '/v1/device-records/find', { identifier: first.imei }));
    const listed = await done(
      post(backOffice, '/v1/block-lists/entries', { identifier: second.imei, reason: 'LOST_OR_STOLEN' }),
    );
    await done(post(associate, '/v1/block-lists/check', { identifiers: [first.imei, second.imei] }));
    await done(post(associate, '/v1/block-lists/entries/find', { identifier: second.imei }));
    await done(post(backOffice, `/v1/block-lists/entries/${listed}/lift`, { reason: 'Found again' }));
    // Extending for less than it is held already is refused; all else goes well.
    expect(statuses.filter((status) => status >= 400)).toEqual([409]);
  }

  /** Everything that does not. */
  async function badDays(): Promise<void> {
    const [, , , fourth, fifth] = units as [MadeUnit, MadeUnit, MadeUnit, MadeUnit, MadeUnit];
    const twice = { lines: [{ identifier: fourth.imei }, { identifier: fourth.imei }] };
    await post(associate, '/v1/reservations', { purpose: 'POS_BASKET', ...twice });
    await post(associate, '/v1/reservations', { purpose: 'POS_BASKET', lines: [{ identifier: NEW_IMEI }] });
    await post(associate, '/v1/sales', {
      ...twice,
      terms: 'FULL',
      currency: 'USD',
      customerReference: CUSTOMER_REFERENCE,
    });
    await post(associate, '/v1/receipts', {
      reference: 'delivery-77',
      supplier: 'Maker',
      units: [{ identifier: NEW_IMEI, serial: SERIAL, skuId: sku.skuId, currency: 'USD', provenance: 'TRADE_IN' }],
    });
    await post(associate, '/v1/identify', { identifier: `${fifth.imei}9` });
    await post(associate, '/v1/block-lists/check', { identifiers: [fourth.imei, `${fifth.imei}9`] });
    await post(backOffice, '/v1/device-records', { identifier: fifth.imei, accountId: randomUUID() });
    for (let time = 0; time < 2; time++) {
      await post(backOffice, '/v1/block-lists/entries', { identifier: fifth.imei, reason: 'COURT_ORDER' });
    }
    await post(backOffice, `/v1/block-lists/entries/${fifth.imei}/lift`, { reason: fifth.imei });
    await post(associate, '/v1/identify', { identifier: fifth.imei, [fifth.imei]: 1 });
    await post(associate, `/v1/stock-units/${fifth.imei}/quarantine`, { reason: fifth.imei });
    await post(associate, `/v1/${fifth.imei}/sell`, {});
    await post(associate, `/v1/sales?imei=${fifth.imei}`, { terms: fifth.imei });
    await post(associate, '/v1/identify', { identifier: fifth.imei }, { 'x-correlation-id': fifth.imei });
    await post(
      associate,
      '/v1/identify',
      { identifier: 1 },
      { 'x-correlation-id': `till-${NEW_IMEI.slice(0, 8)}-${NEW_IMEI.slice(8)}` },
    );
    for (const raw of [`{"identifier":"${fifth.imei}"`, `{"identifier":${fifth.imei}}}`, `${fifth.imei}\u0000`]) {
      heard(await associate.send('POST', '/v1/identify', { raw }));
    }
    heard(await associate.send('POST', '/v1/identify', { raw: fifth.imei, headers: { 'content-type': 'text/plain' } }));
    for (const at of [
      fifth.imei,
      `stock-units/${fifth.imei}`,
      `stock-units?q=${fifth.imei}`,
      `skus/${fifth.imei.repeat(20)}`,
    ]) {
      heard(await associate.get(`/v1/${at}`));
    }
    refusals.push(await (await fetch(`${shop.url}/v1/%ff${fifth.imei}`)).text());
    heard(await new Client(shop.url, `${tokens[0]}x`).get('/v1/stock-units'));
    heard(await new Client(shop.url).get('/v1/stock-units', { headers: { authorization: `Basic ${KEY}` } }));
    heard(await associate.post('/v1/sales', {}, { key: `${KEY} with blanks` }));
    heard(await associate.post('/v1/identify', { identifier: fifth.imei }, { headers: { 'if-match': fifth.imei } }));
    const file = `code,location,imei\nX,${store},${fifth.imei}\n`;
    heard(
      await backOffice.send('POST', '/v1/imports?kind=UNITS', {
        raw: file,
        headers: { 'content-type': 'text/csv' },
        key: randomUUID(),
      }),
    );
    await violateConstraints(fifth);
  }

  /** The database refuses behind the program's back: what it says quotes the values. */
  async function violateConstraints(unit: MadeUnit): Promise<void> {
    await shop.db.query(
      `alter table stock_holding add constraint planted_ck check (disposition <> 'DISPLAY') not valid`,
    );
    await post(associate, `/v1/stock-units/${unit.unitId}/display`, {});
    await shop.db.query(
      'alter table reservation add constraint planted_reference_ck check (customer_reference is null) not valid',
    );
    const lines = [{ identifier: unit.imei }];
    await post(associate, '/v1/reservations', { purpose: 'POS_BASKET', lines, customerReference: CUSTOMER_REFERENCE });
    await shop.db.query('alter table reservation rename column customer_reference to customer_reference_2');
    const broken = await fetch(`${shop.url}/v1/reservations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[0]}`,
        'content-type': 'application/json',
        'idempotency-key': `${KEY}-broken`,
      },
      body: JSON.stringify({ purpose: 'POS_BASKET', lines, customerReference: CUSTOMER_REFERENCE }),
    });
    refusals.push(await broken.text());
    expect(broken.status).toBe(500);
    await shop.db.query('alter table reservation rename column customer_reference_2 to customer_reference');
    await shop.db.query('alter table reservation drop constraint planted_reference_ck');
  }

  /** The secrets that a text holds. An IMEI is known by its fourteen digits. */
  const secretsIn = (text: string): string[] => {
    const imeis = [NEW_IMEI, ...units.map(({ imei }) => imei)].flatMap((imei) => [
      imei.slice(0, 14),
      imei.slice(8, 14),
    ]);
    const plain = text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');
    return [...imeis, SERIAL, CUSTOMER_REFERENCE, KEY, ...tokens.map((token) => token.split('.')[2]!)].filter(
      (secret) => (secret.length === 6 ? new RegExp(`(?<!\\d)${secret}`).test(plain) : plain.includes(secret)),
    );
  };
  const table = async (name: string) => JSON.stringify((await shop.db.query(`select * from ${name}`)).rows);

  it('is not in the log, nor in anything the program prints', () => {
    // The tokens for people to try it out are printed on purpose; those above are others.
    const output = shop.server.output();
    expect(output.split('\n').filter((line) => line.startsWith('{')).length).toBeGreaterThan(20);
    expect(secretsIn(output)).toEqual([]);
  });

  it('is not in the metrics', async () => {
    expect(secretsIn(await (await fetch(`${shop.url}/metrics`)).text())).toEqual([]);
  });

  it('is in no refusal', () => {
    expect(refusals.length).toBeGreaterThan(15);
    expect(refusals.flatMap((text) => secretsIn(text).map((secret) => `${secret} in ${text}`))).toEqual([]);
  });

  it.each(['outbox_event', 'history'])('is not in %s', async (name) => {
    const text = await table(name);
    expect(JSON.parse(text)).not.toHaveLength(0);
    expect(secretsIn(text)).toEqual([]);
  });

  it('is nothing but a token that no table keeps', async () => {
    const { rows } = await shop.db.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const text = await table(name);
      found.push(...tokens.filter((token) => text.includes(token.split('.')[2]!)).map(() => name));
    }
    expect(found).toEqual([]);
  });

  it('would be found', () => {
    expect(secretsIn(`unit ${NEW_IMEI}`)).toHaveLength(1);
    expect(secretsIn(`{"imei":"${units[0]!.imei}"}`)).toHaveLength(1);
    expect(secretsIn(`key ${KEY}-3 of ${CUSTOMER_REFERENCE}`)).toHaveLength(2);
  });
});
