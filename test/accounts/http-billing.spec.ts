import 'reflect-metadata';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BillingFacts } from '../../src/accounts/billing-facts.js';
import { factsIn, HttpBilling } from '../../src/accounts/billing/http-billing.js';
import { log } from '../../src/platform/log.js';
import type { Client } from '../support/client.js';
import { BROKEN, Outside } from '../support/outside.js';
import { openShop, type Shop } from '../support/shop.js';

const CONTRACT = JSON.parse(readFileSync(path.resolve(__dirname, '../../openapi/ports/billing.json'), 'utf8')) as {
  paths: Record<string, { post: { requestBody: Media; responses: Record<string, Media> } }>;
  components: { schemas: Record<string, object> };
};
interface Media {
  content: Record<string, { example: unknown }>;
}
interface Good {
  facts: Record<string, Record<string, Record<string, unknown>>>[];
}

const { requestBody, responses } = CONTRACT.paths['/facts']!.post;
const QUESTIONS = (requestBody.content['application/json']!.example as { questions: { imei14: string }[] }).questions;
const good = () => structuredClone(responses['200']!.content['application/json']!.example) as Good;

const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
addFormats.default(ajv);
ajv.addSchema({ $id: 'billing', components: CONTRACT.components });
const holds = (schema: string, value: unknown) =>
  ajv.validate({ $ref: `billing#/components/schemas/${schema}` }, value);

let outside: Outside;
let elsewhere: Outside;
beforeAll(async () => {
  log.level = 'silent';
  outside = await Outside.open();
  elsewhere = await Outside.open();
});
afterAll(async () => {
  await outside.close();
  await elsewhere.close();
});

const billing = (over: { BILLING_TIMEOUT_MS?: number; restMs?: number } = {}) =>
  new HttpBilling(
    { BILLING_URL: `${outside.url}/v3/`, BILLING_TIMEOUT_MS: over.BILLING_TIMEOUT_MS ?? 1000, BILLING_TOKEN: 'secret' },
    over.restMs,
  );
const reached = (facts: BillingFacts[]) => facts.map(({ reachable }) => reachable);
const nothingKnown = () =>
  QUESTIONS.map(() => ({ source: outside.host, asOf: expect.any(String), reachable: false, device: null, line: null }));

describe('ask a billing system', () => {
  it('in the words of its contract, and hands on what it says', async () => {
    outside.answers({ ...good(), more: 'than agreed' });
    const facts = await billing().factsOf(QUESTIONS);
    expect(facts).toEqual(
      good().facts.map(({ device, line }) => ({
        ...{ source: outside.host, asOf: expect.any(String), reachable: true, device, line },
      })),
    );
    const [asked] = outside.asked;
    expect([asked!.method, asked!.path, asked!.headers.authorization]).toEqual(['POST', '/v3/facts', 'Bearer secret']);
    expect(JSON.parse(asked!.body)).toEqual({ questions: QUESTIONS });
    expect(holds('Questions', JSON.parse(asked!.body))).toBe(true);
  });

  it('puts a thousand questions at a time, and none when there is none', async () => {
    outside.does((reply, { body }) => {
      const { questions } = JSON.parse(body) as { questions: { imei14: string }[] };
      reply.end(JSON.stringify({ facts: questions.map(({ imei14 }) => ({ imei14, device: null, line: null })) }));
    });
    const many = Array.from({ length: 2100 }, (_, at) => ({ imei14: String(35676005000000 + at) }));
    expect(reached(await billing().factsOf(many)).filter(Boolean)).toHaveLength(2100);
    expect(outside.asked.map(({ body }) => (JSON.parse(body) as { questions: [] }).questions.length)).toEqual([
      1000, 1000, 100,
    ]);
    expect(await billing().factsOf([])).toEqual([]);
    expect(outside.asked).toHaveLength(3);
  });

  it('asks again, twice at most, when it says 5xx or is late', async () => {
    outside.does((reply, _, time) => {
      if (time === 1) reply.writeHead(503).end();
      else if (time === 3) reply.end(JSON.stringify(good()));
    });
    expect(reached(await billing({ BILLING_TIMEOUT_MS: 700 }).factsOf(QUESTIONS))).toEqual([true, true]);
    expect(outside.asked).toHaveLength(3);
    outside.answers({}, 500);
    expect(await billing().factsOf(QUESTIONS)).toEqual(nothingKnown());
    expect(outside.asked).toHaveLength(3);
  });

  it('knows nothing of one that is always late, soon enough', async () => {
    outside.does(() => undefined);
    const began = Date.now();
    expect(await billing({ BILLING_TIMEOUT_MS: 100 }).factsOf(QUESTIONS)).toEqual(nothingKnown());
    expect(Date.now() - began).toBeLessThan(2500);
  });

  it.each(Object.keys(BROKEN))('takes for no answer: %s', async (name) => {
    outside.does(BROKEN[name]!);
    expect(await billing({ BILLING_TIMEOUT_MS: 100 }).factsOf(QUESTIONS)).toEqual(nothingKnown());
    const again = ['a connection that ends', 'a body without end'].includes(name);
    expect(outside.asked.length > 1).toBe(again);
  });

  it('follows it nowhere', async () => {
    elsewhere.answers(good());
    for (const status of [301, 302, 307, 308]) {
      outside.does((reply) => void reply.writeHead(status, { location: `${elsewhere.url}/facts` }).end());
      expect(await billing().factsOf(QUESTIONS)).toEqual(nothingKnown());
    }
    expect(elsewhere.asked).toEqual([]);
  });

  it('reads no more than 16 MiB of it', async () => {
    let sent = 0;
    const part = Buffer.alloc(1024 * 1024, 32);
    outside.does((reply) => {
      const more = () => {
        let room = true;
        while (room && !reply.destroyed && sent++ < 200) room = reply.write(part);
        if (sent > 200) reply.end('{}');
      };
      reply.writeHead(200).on('drain', more);
      more();
    });
    expect(await billing({ BILLING_TIMEOUT_MS: 5000 }).factsOf(QUESTIONS)).toEqual(nothingKnown());
    expect(sent).toBeLessThan(60);
  });

  it('leaves it alone after five failures in a row, and lets one question try when the rest is over', async () => {
    const asking = billing({ restMs: 1000 });
    outside.answers({}, 500);
    await asking.factsOf(QUESTIONS);
    await asking.factsOf(QUESTIONS);
    expect(outside.asked).toHaveLength(5);
    const began = Date.now();
    expect(await asking.factsOf(QUESTIONS)).toEqual(nothingKnown());
    expect([outside.asked.length, Date.now() - began < 50]).toEqual([5, true]);
    await pause(1050);
    expect(reached(await asking.factsOf(QUESTIONS))).toEqual([false, false]);
    expect(outside.asked).toHaveLength(6);
    outside.does(async (reply) => {
      await pause(100);
      reply.end(JSON.stringify(good()));
    });
    await pause(1050);
    const together = await Promise.all([asking.factsOf(QUESTIONS), asking.factsOf(QUESTIONS)]);
    expect(together.map((facts) => facts[0]!.reachable).sort()).toEqual([false, true]);
    expect(outside.asked).toHaveLength(1);
    expect(reached(await asking.factsOf(QUESTIONS))).toEqual([true, true]);
  });

  it('is not put off by answers that are wrong, or by one failure now and then', async () => {
    const asking = billing();
    for (const status of [404, 404, 500, 404, 404, 404, 404]) {
      outside.does((reply, _, time) => void reply.writeHead(time > 1 ? 404 : status).end());
      await asking.factsOf(QUESTIONS);
      expect(outside.asked.length).toBeGreaterThan(0);
    }
  });
});

type Change = (answer: Good) => unknown;
const device = (answer: Good) => answer.facts[0]!['device']!;
const line = (answer: Good) => answer.facts[0]!['line']!;
const financing = (answer: Good) => device(answer)['financing']!;
const within = (thing: object, field: string, value: unknown) => Object.assign(thing, { [field]: value });

/** What may be changed in a right answer, and whether it is one afterwards. */
const CHANGES: readonly [name: string, right: boolean, change: Change][] = [
  ['nothing', true, () => undefined],
  ['a device that is not known', true, (a) => within(a.facts[0]!, 'device', null)],
  ['no line', true, (a) => within(a.facts[0]!, 'line', null)],
  ['no financing', true, (a) => within(device(a), 'financing', null)],
  ['a field more', true, (a) => within(device(a), 'colour', 'black')],
  ['a subdivision', true, (a) => within(device(a), 'jurisdiction', 'CA-QC')],
  ['a currency without decimals', true, (a) => within(financing(a), 'currency', 'JPY')],
  ['a state in between', true, (a) => within(line(a), 'accountState', 'SUSPENDED')],
  ['no paid service', true, (a) => within(line(a), 'paidService', [])],
  ...['soldByUs', 'brand', 'segment', 'jurisdiction', 'purchasedOn', 'activatedOn', 'fraudFlag', 'upgradedOn'].flatMap(
    (field): [string, boolean, Change][] => [
      [`${field} not known`, true, (a) => within(device(a), field, null)],
      [`${field} left out`, false, (a) => delete device(a)[field]],
      [`${field} a number`, false, (a) => within(device(a), field, 1)],
      [`${field} a thing`, false, (a) => within(device(a), field, {})],
    ],
  ),
  ...['lineId', 'accountId', 'accountState', 'currency', 'company', 'customerSince', 'refillsMinor'].map(
    (field): [string, boolean, Change] => [`${field} null`, false, (a) => within(line(a), field, null)],
  ),
  ['a line without its usage', false, (a) => delete device(a)['usage']],
  ['activity that is no list', false, (a) => within(device(a), 'activity', {})],
  ['activity of a list', false, (a) => within(device(a), 'activity', [[]])],
  ['a day that does not exist', false, (a) => within(device(a), 'purchasedOn', '2013-02-30')],
  ['a day as people write it', false, (a) => within(device(a), 'purchasedOn', '10/01/2013')],
  ['an instant without offset', false, (a) => within(financing(a), 'paidOffAt', '2014-02-10T18:22:00')],
  ['a balance below nothing', false, (a) => within(financing(a), 'balanceMinor', -1)],
  ['a balance in dollars', false, (a) => within(financing(a), 'balanceMinor', 19.99)],
  ['a balance as text', false, (a) => within(financing(a), 'balanceMinor', '0')],
  ['a segment nobody knows', false, (a) => within(device(a), 'segment', 'VIP')],
  ['a brand of blanks', false, (a) => within(device(a), 'brand', '  ')],
  ['a brand without end', false, (a) => within(device(a), 'brand', 'b'.repeat(61))],
  ['an id that is none', false, (a) => within(line(a), 'accountId', 'A-100200')],
  ['no facts', false, (a) => within(a, 'facts', [])],
  ['facts that are none', false, (a) => within(a, 'facts', [null, null])],
  ['an IMEI with its check digit', false, (a) => within(a.facts[0]!, 'imei14', '356760057010018')],
];

describe('the contract of billing', () => {
  const taken = (answer: unknown) => {
    try {
      return factsIn(answer, QUESTIONS).length === QUESTIONS.length;
    } catch {
      return false;
    }
  };

  it.each(CHANGES)('and the adapter agree on %s', (_, right, change) => {
    const answer = good();
    change(answer);
    expect({ adapter: taken(answer), contract: holds('Answer', answer) }).toEqual({ adapter: right, contract: right });
  });

  it.each<[string, Change]>([
    ['one fact too few', (a) => a.facts.pop()],
    ['one too many', (a) => a.facts.push(a.facts[0]!)],
    ['facts in another order', (a) => a.facts.reverse()],
    ['another line than the one that asks', (a) => within(line(a), 'lineId', line(a)['accountId'])],
    ['NUL in a text', (a) => within(device(a), 'brand', 'T\u0000')],
  ])('is not kept by %s, which only the adapter can tell', (_, change) => {
    const answer = good();
    change(answer);
    expect(taken(answer)).toBe(false);
  });
});

describe('a program that asks a billing system', () => {
  let shop: Shop;
  let office: Client;
  beforeAll(async () => {
    shop = await openShop({ BILLING_URL: outside.url, BILLING_TIMEOUT_MS: '300' });
    office = await shop.backOffice();
  });
  afterAll(() => shop.close());

  const find = () => office.post('/v1/device-records/find', { identifier: '356760057010018' });

  it('tells what it says, and when it says nothing tells that', async () => {
    const [fact] = good().facts;
    outside.answers({ facts: [fact] });
    const told = await find();
    expect([told.status, told.body]).toEqual([
      200,
      { source: outside.host, asOf: expect.any(String), reachable: true, device: fact!['device'], line: fact!['line'] },
    ]);
    expect(JSON.parse(outside.asked[0]!.body)).toEqual({ questions: [{ imei14: '35676005701001' }] });
    outside.answers({ facts: [] });
    expect((await find()).body).toMatchObject({ reachable: false, device: null, line: null });
    const metrics = await (await fetch(`${shop.url}/metrics`)).text();
    expect(metrics).toContain('outside_calls_total{system="billing",outcome="OK"} 2');
  });
});
