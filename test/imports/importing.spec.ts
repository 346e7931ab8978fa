import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { countsOf, faultsOf, handIn, importFile, importGround, type Job, sample, untilDone } from './importing.js';

let shop: Shop;
let client: Client;

beforeAll(async () => {
  shop = await openShop({ UPLOAD_LIMIT_MB: '1', MAX_REPORTS_IN_FLIGHT: '64' });
  client = await shop.backOffice();
  await importGround(client);
});
afterAll(() => shop.close());

const jobs = () => shop.count('select count(*) from import_job');
const BULK = sample('bulk');
const FAULTY = `${BULK}ACC-SIM-NANO,XX-0000,5\nNO-SUCH-SKU,WA-0101,x\n`;

describe('a refusal of the moment', () => {
  it('is not kept under the key: the same file sent once more is taken', async () => {
    const key = randomUUID();
    const first = await handIn(client, 'BULK_STOCK', BULK, { key, options: '&dryRun=true' });
    const token = await shop.token(BACK_OFFICE);
    let rest!: () => void;
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        stream.enqueue(Buffer.from(BULK.slice(0, 100)));
        rest = () => {
          stream.enqueue(Buffer.from(BULK.slice(100)));
          stream.close();
        };
      },
    });
    const sending = fetch(`${shop.url}/v1/imports?kind=BULK_STOCK&dryRun=true`, {
      ...{ method: 'POST', body: body as never, duplex: 'half' },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv', 'idempotency-key': key },
    } as RequestInit);
    await pause(500);
    await shop.db.query('delete from idempotency_key where key = $1', [key]);
    rest();
    const { code } = (await (await sending).json()) as { code: string };
    expect(code).toBe('STILL_RUNNING');
    const again = await handIn(client, 'BULK_STOCK', BULK, { key, options: '&dryRun=true' });
    expect([first.status, again.status, again.body.id === first.body.id]).toEqual([202, 202, false]);
    await untilDone(client, again.body.id);
  });
});

describe('try an import', () => {
  it('counts and reports as in earnest, and changes nothing', async () => {
    const job = await importFile(client, 'BULK_STOCK', FAULTY, { options: '&dryRun=true' });
    expect(countsOf(job)).toEqual(['DONE', 116, 114, 0, 2]);
    expect(await faultsOf(client, job)).toEqual(['116 location UNKNOWN_LOCATION', '117 quantity NOT_A_WHOLE_NUMBER']);
    expect(await shop.count('select count(*) from bulk_stock')).toBe(0);
    expect(await shop.count('select count(*) from stock_movement')).toBe(0);
  });
});

describe('import all or nothing', () => {
  it('stores nothing for the sake of one faulty line, and names them all', async () => {
    const job = await importFile(client, 'BULK_STOCK', FAULTY, { options: '&allOrNothing=true' });
    expect(countsOf(job)).toEqual(['FAILED', 116, 0, 0, 2]);
    expect(job.failure).toBe('Nothing was stored: 2 lines are faulty.');
    expect(await faultsOf(client, job)).toHaveLength(2);
    expect(await shop.count('select count(*) from bulk_stock')).toBe(0);
  });

  it('stores all of a file without fault', async () => {
    const job = await importFile(client, 'BULK_STOCK', BULK, { options: '&allOrNothing=true' });
    expect(countsOf(job)).toEqual(['DONE', 114, 114, 0, 0]);
    expect(await shop.count('select count(*) from bulk_stock')).toBe(114);
  });
});

describe('hand a file in again with the same key', () => {
  it('gives the same job, and for another file refuses the key', async () => {
    const key = randomUUID();
    const first = await importFile(client, 'CHANNELS', sample('channels'), { key });
    const before = await jobs();
    const again = await handIn(client, 'CHANNELS', sample('channels'), { key });
    expect([again.status, again.body.id, again.headers.get('idempotent-replayed')]).toEqual([202, first.id, 'true']);
    const other = await handIn(client, 'CHANNELS', `${sample('channels')}\n`, { key });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const another = await handIn(client, 'CHANNELS', sample('channels'), { key, options: '&dryRun=true' });
    expect(another.status).toBe(422);
    expect(await jobs()).toBe(before);
  });

  it('makes one job of fifty uploads at once', async () => {
    const key = randomUUID();
    const before = await jobs();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => handIn(client, 'TACS', sample('tacs'), { key })),
    );
    const given = answers.filter(({ status }) => status === 202);
    expect(answers.map(({ status }) => status).filter((status) => ![202, 409, 503].includes(status))).toEqual([]);
    expect(new Set(given.map(({ body }) => body.id)).size).toBe(1);
    expect(await jobs()).toBe(before + 1);
    expect(countsOf(await untilDone(client, given[0]!.body.id))).toEqual(['DONE', 85, 85, 0, 0]);
  });
});

describe('refuse to import', () => {
  it.each([
    ['JSON', '{}', 'application/json', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['another type', 'x', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['nothing', '', 'text/csv', 400, 'EMPTY_FILE'],
    ['a file beyond the limit', 'x'.repeat(1_048_577), 'text/csv', 413, 'BODY_TOO_LARGE'],
  ])('%s', async (_, text, type, status, code) => {
    const before = await jobs();
    const answer = await handIn(client, 'UNITS', text, { type });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await jobs()).toBe(before);
  });

  it('a file beyond the limit whose length was not told', async () => {
    const before = await jobs();
    const body = new ReadableStream({
      start(stream) {
        for (let n = 0; n < 20; n++) stream.enqueue(Buffer.alloc(65_536, 'x'));
        stream.close();
      },
    });
    const answer = await fetch(`${shop.url}/v1/imports?kind=UNITS`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await backOfficeToken()}`,
        'content-type': 'text/csv',
        'idempotency-key': randomUUID(),
      },
      body,
      duplex: 'half',
    } as RequestInit);
    expect([answer.status, await jobs()]).toEqual([413, before]);
  });

  it('a file without a key, of an unknown kind, or from somebody without the right', async () => {
    const before = await jobs();
    const raw = { raw: BULK, headers: { 'content-type': 'text/csv' } };
    expect((await client.send('POST', '/v1/imports?kind=BULK_STOCK', { ...raw, key: null })).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_MISSING',
    });
    expect((await client.send('POST', '/v1/imports?kind=CARS', raw)).body).toMatchObject({ code: 'INVALID_INPUT' });
    const store = await shop.one<{ id: string }>(`select id from stock_location where code = 'WA-0101'`);
    expect(
      (await (await shop.associate(store.id)).send('POST', '/v1/imports?kind=BULK_STOCK', raw)).body,
    ).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await jobs()).toBe(before);
  });

  it('a caller who is bound to a store, even with the right', async () => {
    const store = await shop.one<{ id: string }>(`select id from stock_location where code = 'WA-0101'`);
    const bound = await shop.as({ sub: 'till-9', role: 'BACK_OFFICE', scope: 'imports:write', store_id: store.id });
    const answers = [
      await handIn(bound, 'BULK_STOCK', BULK),
      await bound.get('/v1/imports'),
      await bound.get(`/v1/imports/${randomUUID()}`),
    ];
    expect(answers.map(({ status, body }) => [status, (body as { code?: string }).code])).toEqual(
      Array(3).fill([403, 'NOT_FOR_STORES']),
    );
  });
});

const backOfficeToken = () => shop.token({ sub: 'back-office-1', role: 'BACK_OFFICE', scope: 'imports:write' });

describe('break an upload off', () => {
  it('leaves nothing behind', async () => {
    const before = await jobs();
    const headers = {
      authorization: `Bearer ${await backOfficeToken()}`,
      'content-type': 'text/csv',
      'idempotency-key': randomUUID(),
    };
    const request = http.request(`${shop.url}/v1/imports?kind=UNITS`, { method: 'POST', headers });
    request.on('error', () => undefined);
    request.write('imei,sku\n');
    for (const until = Date.now() + 5000; (await jobs()) === before && Date.now() < until;) await pause(10);
    expect(await jobs()).toBe(before + 1);
    request.destroy();
    for (const until = Date.now() + 5000; (await jobs()) > before && Date.now() < until;) await pause(10);
    expect(await jobs()).toBe(before);
  });
});

describe('list imports', () => {
  it('gives them page by page, the latest first', async () => {
    const first = await client.get<{ items: Job[]; nextCursor: string }>('/v1/imports?limit=2');
    const next = await client.get<{ items: Job[] }>(`/v1/imports?limit=2&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.items, ...next.body.items].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(first.headers.get('link')).toContain('rel="next"');
    expect((await client.get(`/v1/imports/${randomUUID()}`)).status).toBe(404);
  });
});
