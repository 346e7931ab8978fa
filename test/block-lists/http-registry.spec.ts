import 'reflect-metadata';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readDeviceCheck } from '../../src/block-lists/registries/device-check.js';
import { HttpRegistry } from '../../src/block-lists/registries/http-registry.js';
import { AllRegistries } from '../../src/block-lists/registries/all-registries.js';
import { worstOf } from '../../src/block-lists/registry-answer.js';
import { log } from '../../src/platform/log.js';
import { imeiOf15 } from '../../src/values/check-digits.js';
import type { Client } from '../support/client.js';
import { BROKEN, Outside } from '../support/outside.js';
import { openShop, type Shop } from '../support/shop.js';

const CONTRACT = JSON.parse(readFileSync(path.resolve(__dirname, '../../openapi/ports/block-lists.json'), 'utf8')) as {
  paths: Record<string, { post: { responses: Record<string, { content: Record<string, { examples: Examples }> }> } }>;
  components: { schemas: Record<string, object> };
};
type Examples = Record<string, { value: object }>;
const EXAMPLES = CONTRACT.paths['/']!.post.responses['200']!.content['application/json']!.examples;
const ajv = new Ajv({ strict: false });
ajv.addSchema({ $id: 'registry', components: CONTRACT.components });
const holds = (value: unknown) => ajv.validate({ $ref: 'registry#/components/schemas/Answer' }, value);

const DEVICE = '35676005701001';
const answer = (over: object = {}) => ({
  ...{ responsestatus: 'success', deviceid: imeiOf15(DEVICE), blockliststatus: 'No', generalliststatus: 'No' },
  ...over,
});
const event = (action: string, reasoncode: string, date: string, reasoncodedesc = '') => ({
  ...{ action, reasoncode, reasoncodedesc, date },
});

const STOLEN = event('Block Insert', '0011', '2014-01-31 09:10:00.0', 'Stolen or Lost');
const FOUND = event('Block Remove', '0014', '2014-02-02 10:00:00.0', 'Lost and Found');
const CLAIM = event('General Insert', '0042', '2014-02-03 16:37:12.0', 'Ownership Claim');
const FAULTY = event('Block Insert', '0016', '2014-02-04 16:37:12.0', 'Broken/Faulty');

/** What a registry may say, and what is made of it. */
const SAID: readonly [name: string, said: unknown, status: string, reasons: string[]][] = [
  ['neither list', answer(), 'CLEAN', []],
  ['neither list under the older names', answer({ ...OLD('No', 'No') }), 'CLEAN', []],
  ['in capitals', answer({ responsestatus: 'SUCCESS', blockliststatus: 'NO', generalliststatus: 'no' }), 'CLEAN', []],
  ['of fourteen digits', answer({ deviceid: DEVICE }), 'CLEAN', []],
  ['with a wrong check digit', answer({ deviceid: `${DEVICE}9` }), 'CLEAN', []],
  ['with a software version', answer({ deviceid: `${DEVICE}01` }), 'CLEAN', []],
  ['stolen', answer({ blockliststatus: 'Yes', imeihistory: [STOLEN] }), 'BLOCKED', ['LOST_OR_STOLEN']],
  [
    'stolen under the older names',
    answer({ ...OLD('Yes', 'No'), imeihistory: [STOLEN] }),
    'BLOCKED',
    ['LOST_OR_STOLEN'],
  ],
  ['stolen without a reason', answer({ blockliststatus: 'Yes' }), 'BLOCKED', []],
  [
    'stolen, found and broken',
    answer({ blockliststatus: 'Yes', imeihistory: [FAULTY, FOUND, STOLEN] }),
    'BLOCKED',
    ['BROKEN_OR_FAULTY'],
  ],
  [
    'found and stolen again',
    answer({ blockliststatus: 'Yes', imeihistory: [STOLEN, FOUND, { ...STOLEN, date: '2014-03-01' }] }),
    'BLOCKED',
    ['LOST_OR_STOLEN'],
  ],
  ['claimed', answer({ generalliststatus: 'Yes', imeihistory: [CLAIM] }), 'CLAIMED', ['OWNERSHIP_CLAIM']],
  [
    'claimed for money',
    answer({ generalliststatus: 'Yes', imeihistory: [event('General Insert', '0099', '2014', 'Financial Claim')] }),
    'CLAIMED',
    ['FINANCIAL_CLAIM'],
  ],
  [
    'stolen and claimed',
    answer({ blockliststatus: 'Yes', generalliststatus: 'Yes', imeihistory: [CLAIM, STOLEN] }),
    'BLOCKED',
    ['LOST_OR_STOLEN'],
  ],
  ['stolen, the other list not known', answer({ blockliststatus: 'Yes', generalliststatus: 'NAN' }), 'BLOCKED', []],
  ['two names that differ', answer({ blackliststatus: 'Yes' }), 'BLOCKED', []],
  ['a history that is none', answer({ blockliststatus: 'Yes', imeihistory: 'NAN' }), 'BLOCKED', []],
  ['no number', answer({ blockliststatus: 'NAN', generalliststatus: 'NAN' }), 'UNKNOWN', []],
  ['one list not known', answer({ generalliststatus: 'NAN' }), 'UNKNOWN', []],
  ['the block list not known', answer({ blockliststatus: null, generalliststatus: 'Yes' }), 'UNKNOWN', []],
  ['one list only', { responsestatus: 'success', deviceid: DEVICE, blockliststatus: 'No' }, 'UNKNOWN', []],
  ['no success', answer({ responsestatus: 'failure' }), 'UNKNOWN', []],
  ['no status', answer({ responsestatus: undefined }), 'UNKNOWN', []],
  ['another device', answer({ deviceid: '356760057010024' }), 'UNKNOWN', []],
  ['no device', answer({ deviceid: undefined }), 'UNKNOWN', []],
  ['a device too long', answer({ deviceid: `${DEVICE}0000` }), 'UNKNOWN', []],
  ['true for yes', answer({ blockliststatus: true }), 'UNKNOWN', []],
  ['nothing', null, 'UNKNOWN', []],
  ['a list', [answer()], 'UNKNOWN', []],
  ['a text', 'clean', 'UNKNOWN', []],
];

function OLD(blackliststatus: string, greyliststatus: string) {
  return { blockliststatus: undefined, generalliststatus: undefined, blackliststatus, greyliststatus };
}

let outside: Outside;
beforeAll(async () => {
  log.level = 'silent';
  outside = await Outside.open();
});
afterAll(() => outside.close());

const registry = (REGISTRY_TIMEOUT_MS = 500, restMs?: number) =>
  new HttpRegistry(
    {
      REGISTRY_URL: `${outside.url}/check`,
      REGISTRY_TIMEOUT_MS,
      REGISTRY_PARTNER_ID: 'T & Co',
      REGISTRY_TOKEN: 'secret',
    },
    restMs,
  );
const devices = (count: number) => Array.from({ length: count }, (_, at) => String(35676005100000 + at));
const deviceIn = (body: string) => new URLSearchParams(body).get('deviceid')!;
const statuses = async (asked: Promise<readonly { status: string }[]>) => (await asked).map(({ status }) => status);

describe('read what a registry says', () => {
  it.each(SAID)('%s', (_, said, status, reasons) => {
    expect(readDeviceCheck(JSON.parse(JSON.stringify(said)), DEVICE)).toEqual({ status, reasons });
  });

  it('as its contract has it: the examples count, and whatever counts is allowed', () => {
    expect(Object.entries(EXAMPLES).map(([name, { value }]) => [name, readDeviceCheck(value, DEVICE).status])).toEqual([
      ['clean', 'CLEAN'],
      ['claimed', 'CLAIMED'],
      ['stolen', 'BLOCKED'],
    ]);
    expect(Object.values(EXAMPLES).filter(({ value }) => !holds(value))).toEqual([]);
    const counted = SAID.filter(([name, , status]) => status !== 'UNKNOWN' && name !== 'a history that is none');
    expect(counted.filter(([, said]) => !holds(JSON.parse(JSON.stringify(said)))).map(([name]) => name)).toEqual([]);
    for (const said of [
      null,
      [],
      {},
      answer({ deviceid: undefined }),
      answer({ ...OLD('No', 'No'), blackliststatus: undefined }),
    ]) {
      expect([holds(JSON.parse(JSON.stringify(said))), readDeviceCheck(said, DEVICE).status]).toEqual([
        false,
        'UNKNOWN',
      ]);
    }
  });
});

describe('ask a registry', () => {
  it('in its words, and never more than eight at once', async () => {
    let now = 0;
    let most = 0;
    outside.does(async (reply, { body }) => {
      most = Math.max(most, ++now);
      await pause(20);
      now--;
      const imei14 = deviceIn(body).slice(0, 14);
      reply.end(JSON.stringify(answer({ deviceid: imei14, blockliststatus: Number(imei14) % 10 ? 'No' : 'Yes' })));
    });
    const asked = devices(40);
    expect(await statuses(registry().check(asked))).toEqual(asked.map((_, at) => (at % 10 ? 'CLEAN' : 'BLOCKED')));
    expect([most, outside.asked.length]).toEqual([8, 40]);
    const [first] = outside.asked;
    expect([first!.method, first!.path, first!.headers.authorization]).toEqual(['POST', '/check', 'Bearer secret']);
    expect(outside.asked.map(({ body }) => deviceIn(body)).sort()).toEqual(asked.map(imeiOf15).sort());
    expect(new URLSearchParams(first!.body).get('partnerid')).toBe('T & Co');
    expect(first!.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  it.each(Object.keys(BROKEN))('takes for unknown: %s', async (name) => {
    outside.does(BROKEN[name]!);
    expect(await statuses(registry(100).check([DEVICE]))).toEqual(['UNKNOWN']);
  });

  it('takes for unknown a redirect, 5xx and an answer without end', async () => {
    outside.does((reply) => void reply.writeHead(302, { location: outside.url }).end());
    expect(await statuses(registry().check([DEVICE]))).toEqual(['UNKNOWN']);
    expect(outside.asked).toHaveLength(1);
    outside.answers(answer(), 500);
    expect(await statuses(registry().check([DEVICE]))).toEqual(['UNKNOWN']);
    outside.answers({ ...answer(), padding: 'x'.repeat(1_100_000) });
    expect(await statuses(registry().check([DEVICE]))).toEqual(['UNKNOWN']);
  });

  it('gives what it has when the time is over', async () => {
    outside.does((reply, { body }, time) => {
      if (time <= 20) reply.end(JSON.stringify(answer({ deviceid: deviceIn(body) })));
    });
    const began = Date.now();
    const given = await statuses(registry(600).check(devices(100)));
    expect(Date.now() - began).toBeLessThan(2500);
    expect([given.filter((one) => one === 'CLEAN').length, given.filter((one) => one === 'UNKNOWN').length]).toEqual([
      20, 80,
    ]);
  });

  it('leaves it alone when it fails, and comes back to it', async () => {
    const asking = registry(500, 1000);
    outside.answers({}, 503);
    expect(new Set(await statuses(asking.check(devices(50))))).toEqual(new Set(['UNKNOWN']));
    expect(outside.asked.length).toBeLessThan(25);
    outside.does((reply, { body }) => void reply.end(JSON.stringify(answer({ deviceid: deviceIn(body) }))));
    expect(await statuses(asking.check([DEVICE]))).toEqual(['UNKNOWN']);
    expect(outside.asked).toHaveLength(0);
    await pause(1050);
    expect(await statuses(asking.check([DEVICE]))).toEqual(['CLEAN']);
    expect(new Set(await statuses(asking.check(devices(50))))).toEqual(new Set(['CLEAN']));
  });

  it('never throws, and is not clean when the own lists cannot be read', async () => {
    outside.answers(answer());
    const noDatabase = { query: () => Promise.reject(new Error('gone')) };
    const [answers] = await new AllRegistries(noDatabase as never, 60, registry()).check([DEVICE]);
    expect(answers!.map(({ source, status }) => [source, status])).toEqual([
      ['own', 'UNKNOWN'],
      [outside.host, 'CLEAN'],
    ]);
    expect(worstOf(answers!)).toBe('UNKNOWN');
  });
});

describe('a program that asks a registry', () => {
  let shop: Shop;
  let office: Client;
  beforeAll(async () => {
    shop = await openShop({ REGISTRY_URL: outside.url, REGISTRY_TIMEOUT_MS: '300', REGISTRY_FRESH_MINUTES: '10' });
    office = await shop.backOffice();
  });
  afterAll(() => shop.close());

  interface Check {
    devices: { imei: string; status: string; answers: { source: string; status: string; reasons: string[] }[] }[];
  }
  const check = async (...identifiers: string[]) =>
    (await office.post<Check>('/v1/block-lists/check', { identifiers })).body.devices;
  const kept = () => shop.count('select count(*) from registry_answer');

  it('puts its word beside that of the own lists, and takes it for a while', async () => {
    const [first, second] = devices(2).map(imeiOf15) as [string, string];
    outside.does(
      (reply, { body }) =>
        void reply.end(
          JSON.stringify(
            answer({
              deviceid: deviceIn(body),
              ...(deviceIn(body) === first ? {} : { generalliststatus: 'Yes', imeihistory: [CLAIM] }),
            }),
          ),
        ),
    );
    await office.post('/v1/block-lists/entries', { identifier: first, reason: 'NON_PAYMENT' });
    const word = (source: string, status: string, ...reasons: string[]) => ({
      ...{ source, status, reasons, checkedAt: expect.any(String) },
    });
    const expected = [
      { imei: first, status: 'BLOCKED', answers: [word('own', 'BLOCKED', 'NON_PAYMENT'), word(outside.host, 'CLEAN')] },
      {
        imei: second,
        status: 'CLAIMED',
        answers: [word('own', 'CLEAN'), word(outside.host, 'CLAIMED', 'OWNERSHIP_CLAIM')],
      },
    ];
    expect(await check(first, second)).toEqual(expected);
    expect([outside.asked.length, await kept()]).toEqual([2, 2]);
    expect(await check(first, second)).toEqual(expected);
    expect(outside.asked).toHaveLength(2);
    await shop.db.query(`update registry_answer set checked_at = checked_at - interval '11 minutes'`);
    expect(await check(second, first)).toEqual([...expected].reverse());
    expect([outside.asked.length, await kept()]).toEqual([4, 2]);
  });

  it('never keeps that nothing is known, nor takes it for clean', async () => {
    const before = await kept();
    const identifier = imeiOf15('35676005200000');
    outside.does((reply) => void reply.writeHead(404).end());
    expect(await check(identifier)).toMatchObject([
      { status: 'UNKNOWN', answers: [{ status: 'CLEAN' }, { status: 'UNKNOWN' }] },
    ]);
    outside.does((reply, { body }) => void reply.end(JSON.stringify(answer({ deviceid: deviceIn(body) }))));
    expect(await check(identifier)).toMatchObject([{ status: 'CLEAN' }]);
    expect([outside.asked.length, await kept()]).toEqual([1, before + 1]);
  });

  it('tells the log nothing of the devices', () => {
    expect(shop.server.output()).not.toContain('35676005');
  });
});
