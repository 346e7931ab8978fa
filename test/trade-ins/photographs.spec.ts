import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Client } from '../support/client.js';
import { filesShowing } from '../support/plain-text.js';
import { associateOf, BACK_OFFICE } from '../support/tokens.js';
import { hugePng, jpeg, png, telltale, webp } from './pictures.js';
import { TradeDesk } from './trade-desk.js';

interface Photograph {
  id: string;
  digest: string;
  mediaType: string;
  bytes: number;
  width: number;
  height: number;
  erased: boolean;
  code?: string;
  errors?: { code: string }[];
}

let desk: TradeDesk;
beforeAll(async () => void (desk = await TradeDesk.open({ LOG_LEVEL: 'debug' })));
afterAll(() => desk.shop.close());

interface Sent {
  type?: string;
  by?: Client;
  key?: string;
}
const take = (trade: { id: string }, raw: Buffer, { type = 'image/jpeg', by = desk.people.till, key }: Sent = {}) =>
  by.send<Photograph>('POST', `/v1/trade-ins/${trade.id}/photographs`, {
    ...{ raw, headers: { 'content-type': type } },
    ...(key ? { key } : {}),
  });
const list = async (trade: { id: string }, by = desk.people.till) =>
  (await by.get<{ items: Photograph[] }>(`/v1/trade-ins/${trade.id}/photographs`)).body.items;

/** The picture as a browser would get it. */
async function picture(id: string, claims: object = BACK_OFFICE) {
  const answer = await fetch(`${desk.shop.url}/v1/trade-in-photographs/${id}`, {
    headers: { authorization: `Bearer ${await desk.shop.token(claims)}` },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

const filesDirectory = () => path.join(desk.shop.server.dataDir, 'files');
const files = async (): Promise<string[]> =>
  (await readdir(filesDirectory(), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

describe('a photograph of what was handed in', () => {
  it.each([
    ['image/jpeg', jpeg],
    ['image/png', png],
    ['image/webp', webp],
  ])('comes as %s and is kept as a JPEG under what is in it', async (type, make) => {
    const { trade } = await desk.received();
    const taken = await take(trade, await make({ width: 80, height: 60 }), { type });
    expect([taken.status, taken.body]).toEqual([
      201,
      expect.objectContaining({ mediaType: 'image/jpeg', width: 80, height: 60, erased: false }),
    ]);
    const shown = await picture(taken.body.id);
    expect([shown.status, shown.bytes.length, shown.bytes.readUInt16BE(0)]).toEqual([200, taken.body.bytes, 0xffd8]);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="photograph.jpg"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const { digest } = taken.body;
    expect(await readFile(path.join(filesDirectory(), digest.slice(0, 2), digest))).toEqual(shown.bytes);
    expect(await list(trade)).toEqual([taken.body]);
  });

  it('keeps nothing but the picture, the right way up', async () => {
    const { trade } = await desk.received();
    const words = { where: 'LAT-47-CANARY', comment: 'COMMENT-CANARY', behind: '<script>HIDDEN-CANARY</script>' };
    const { status, body } = await take(trade, await telltale(words), { type: 'image/png' });
    expect([status, body.width, body.height]).toEqual([201, 32, 64]);
    const { bytes } = await picture(body.id);
    for (const word of ['CANARY', 'Exif', 'script', 'PK\x03\x04']) expect(bytes.includes(word)).toBe(false);
    expect(await filesShowing(desk.shop.server.dataDir, 'CANARY')).toEqual([]);
  });

  it('is one when it comes twice, and the same answer under the same key', async () => {
    const { trade } = await desk.received();
    const raw = await jpeg({ shade: 3 });
    const key = `photograph-${trade.id}`;
    const first = await take(trade, raw, { key });
    const replay = await take(trade, raw, { key });
    expect([replay.status, replay.text, replay.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
    expect((await take(trade, await jpeg({ shade: 4 }), { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await take(trade, raw)).body.id).toBe(first.body.id);
    expect(await list(trade)).toHaveLength(1);
  });

  it('is nobody else’s business', async () => {
    const { trade } = await desk.received();
    const { body } = await take(trade, await jpeg({ shade: 5 }));
    const elsewhere = await desk.shop.make.location();
    const other = await desk.shop.associate(elsewhere, 'associate-9');
    const before = await files();
    expect((await take(trade, await jpeg({ shade: 6 }), { by: other })).status).toBe(404);
    expect((await other.get(`/v1/trade-ins/${trade.id}/photographs`)).status).toBe(404);
    expect((await picture(body.id, associateOf(elsewhere, 'associate-9'))).status).toBe(404);
    expect((await take(trade, await jpeg({ shade: 6 }), { by: desk.people.customer })).status).toBe(403);
    expect((await take(trade, await jpeg({ shade: 6 }), { by: await desk.shop.as() })).status).toBe(401);
    expect(await files()).toEqual(before);
  });

  it('is at most one of twenty, also when forty come at once', async () => {
    const { trade } = await desk.received();
    const pictures = await Promise.all(Array.from({ length: 40 }, (_, at) => jpeg({ shade: 100 + at })));
    const insist = async (raw: Buffer): Promise<Answer<Photograph>> => {
      for (;;) {
        const answer = await take(trade, raw);
        const code = answer.body.code ?? '';
        // Too many at once, or the row locked for longer than one waits.
        if (!['TEMPORARY_REDUCED_CAPACITY', 'STILL_RUNNING'].includes(code)) return answer;
        await pause(20 + Math.random() * 60);
      }
    };
    const answers = await Promise.all(pictures.map(insist));
    const codes = answers.map(({ status, body }) => body.code ?? status);
    expect(codes.filter((code) => code === 201)).toHaveLength(20);
    expect(new Set(codes)).toEqual(new Set([201, 'TOO_MANY_PHOTOGRAPHS']));
    expect(await list(trade)).toHaveLength(20);
    // Those that were refused lie there for a day, and nothing names them.
    expect(await desk.shop.count('select count(*) from stored_file where unused_since is not null')).toBe(20);
  });

  it('is taken no more once it is over', async () => {
    const trade = await desk.received();
    await desk.shop.db.query(`update trade_in set status = 'RETURNED' where id = $1`, [trade.trade.id]);
    const refused = await take(trade.trade, await jpeg({ shade: 8 }));
    expect([refused.status, refused.body.code]).toEqual([409, 'WRONG_STATE']);
    expect(await list(trade.trade)).toEqual([]);
  });

  it('leaves no identifier in the log nor in any name', async () => {
    const { trade, imei } = await desk.received();
    await take(trade, await jpeg({ shade: 9 }));
    await take(trade, Buffer.from(imei));
    await pause(600);
    const names = (await files()).join('\n');
    expect([desk.shop.server.output(), names].filter((text) => text.includes(imei.slice(0, 14)))).toEqual([]);
    expect(await filesShowing(filesDirectory(), imei.slice(0, 14))).toEqual([]);
  });
});

describe('photographs whose time is over', () => {
  it('are erased a year after the end, unless the law holds the handset; that there was one stays', async () => {
    const [ended, held, open] = [await desk.received(), await desk.received(), await desk.received()];
    const taken: Photograph[] = [];
    for (const [at, { trade }] of [ended, held, open].entries()) {
      taken.push((await take(trade, await jpeg({ shade: 200 + at }))).body);
    }
    const shared = (await take(ended.trade, await jpeg({ shade: 202 }))).body;
    await desk.people.office.post(`/v1/stock-units/${held.trade.unitId}/encumber`, {
      kind: 'LEGAL_HOLD',
      reason: 'Court',
    });
    await desk.shop.db.query(`update trade_in set status = 'RETURNED' where id = any ($1)`, [
      [ended.trade.id, held.trade.id],
    ]);
    await desk.shop.db.query(`update trade_in_photograph set taken_at = now() - interval '2 years'`);
    await pause(1000);
    expect((await list(ended.trade)).map(({ erased }) => erased)).toEqual([false, false]);
    // What was done within the year is not yet that long ago: time passes.
    await desk.shop.db.query('alter table history disable trigger history_append_only');
    await desk.shop.db.query(`update history set occurred_at = occurred_at - interval '366 days'`);
    await desk.shop.db.query('alter table history enable trigger history_append_only');
    const gone = async () => (await files()).every((file) => !file.endsWith(taken[0]!.digest));
    for (let tried = 0; tried < 100 && !(await gone()); tried++) await pause(100);
    expect(await gone()).toBe(true);
    expect((await list(ended.trade)).map(({ erased }) => erased)).toEqual([true, true]);
    expect((await list(held.trade)).map(({ erased }) => erased)).toEqual([false]);
    expect((await list(open.trade)).map(({ erased }) => erased)).toEqual([false]);
    expect((await picture(taken[0]!.id)).status).toBe(404);
    // The same picture shows another handset as well, whose trade-in is not over.
    expect(shared.digest).toBe(taken[2]!.digest);
    expect((await picture(taken[2]!.id)).status).toBe(200);
    expect(
      await desk.shop.count(`select count(*) from stored_file where digest = decode($1, 'hex')`, [taken[0]!.digest]),
    ).toBe(0);
  });
});

describe('what is no photograph', () => {
  const bad: Readonly<Record<string, [() => Buffer | Promise<Buffer>, string]>> = {
    'an SVG with a script': [
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'),
      'NOT_A_PHOTOGRAPH',
    ],
    'a ZIP bomb': [() => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100_000)]), 'NOT_A_PHOTOGRAPH'],
    'a PDF': [() => Buffer.from('%PDF-1.7 a paper'), 'NOT_A_PHOTOGRAPH'],
    'a text by the name of a picture': [() => Buffer.from('hello'), 'NOT_A_PHOTOGRAPH'],
    'nothing at all': [() => Buffer.alloc(0), 'NOT_A_PHOTOGRAPH'],
    'the beginning of a JPEG and no more': [() => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), 'NOT_A_PHOTOGRAPH'],
    'a JPEG cut in the middle': [async () => half(await jpeg({ width: 500, height: 500 })), 'CUT_SHORT'],
    'a JPEG without its last two bytes': [async () => (await jpeg()).subarray(0, -2), 'CUT_SHORT'],
    'a PNG cut in the middle': [async () => half(await png({ width: 500, height: 500 })), 'CUT_SHORT'],
    'a WebP cut in the middle': [async () => half(await webp({ width: 500, height: 500 })), 'CUT_SHORT'],
    'a PNG of absurd size': [() => hugePng(60_000, 60_000), 'TOO_MANY_PIXELS'],
    'a PNG of the largest numbers there are': [() => hugePng(0xffffffff, 0xffffffff), 'TOO_MANY_PIXELS'],
    'a PNG of less than it says': [() => hugePng(5000, 5000), 'NOT_A_PHOTOGRAPH'],
    'a PNG without height': [() => hugePng(10, 0), 'NOT_A_PHOTOGRAPH'],
    'a page with a picture in it': [
      async () => Buffer.concat([Buffer.from('<html><script>x()</script>'), await jpeg()]),
      'NOT_A_PHOTOGRAPH',
    ],
    'a page that begins like a picture': [
      async () => Buffer.concat([(await jpeg()).subarray(0, 20), Buffer.from('*/=alert(1)//<script>x()</script>')]),
      'NOT_A_PHOTOGRAPH',
    ],
  };
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
  let trade: { id: string };
  beforeAll(async () => void ({ trade } = await desk.received()));

  it.each(Object.entries(bad))('is told so, and nothing is kept: %s', async (_, [make, code]) => {
    const before = [await files(), await desk.shop.count('select count(*) from stored_file')];
    const refused = await take(trade, await make());
    expect([refused.status, refused.body.code, refused.body.errors?.[0]?.code]).toEqual([400, 'INVALID_INPUT', code]);
    expect(await list(trade)).toEqual([]);
    expect([await files(), await desk.shop.count('select count(*) from stored_file')]).toEqual(before);
  });

  it.each(['text/html', 'application/pdf', 'image/svg+xml', 'application/octet-stream'])('nor is %s', async (type) => {
    expect((await take(trade, await jpeg(), { type })).status).toBe(415);
    expect(await list(trade)).toEqual([]);
  });

  it('is fifty megabytes long: told with its length, and without', async () => {
    const before = await files();
    const large = Buffer.concat([await jpeg(), Buffer.alloc(50 * 1024 * 1024)]);
    expect((await take(trade, large)).body.code).toBe('BODY_TOO_LARGE');
    const pieces = new ReadableStream<Uint8Array>({
      start(stream) {
        for (let at = 0; at < large.length; at += 1_000_000) stream.enqueue(large.subarray(at, at + 1_000_000));
        stream.close();
      },
    });
    const streamed = await fetch(`${desk.shop.url}/v1/trade-ins/${trade.id}/photographs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await desk.shop.token(associateOf(desk.storeId))}`,
        ...{ 'content-type': 'image/jpeg', 'idempotency-key': `streamed-${trade.id}` },
      },
      body: pieces,
      duplex: 'half',
    } as RequestInit);
    expect([streamed.status, ((await streamed.json()) as { code: string }).code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await files()).toEqual(before);
  });

  it('comes by the hundred: most are turned away at once, and everybody else is served', async () => {
    const raw = await jpeg({ width: 1000, height: 1000 });
    const memory = async () => {
      const text = await (await fetch(`${desk.shop.url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
    };
    const waits: number[] = [];
    let over = false;
    const bystander = (async () => {
      while (!over) {
        const from = Date.now();
        expect((await desk.people.office.get(`/v1/trade-ins/${trade.id}`)).status).toBe(200);
        waits.push(Date.now() - from);
        await pause(10);
      }
    })();
    const answers = await Promise.all(Array.from({ length: 100 }, () => take(trade, raw)));
    over = true;
    await bystander;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 503]));
    expect(answers.filter(({ status }) => status === 503)[0]!.headers.get('retry-after')).toBe('1');
    expect(await list(trade)).toHaveLength(1);
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(500);
    expect(await memory()).toBeLessThan(600);
  });
});
