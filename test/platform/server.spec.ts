import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { readDocument, routesOf } from '../contract/document.js';
import { refused } from '../support/books.js';
import { startServer } from '../support/server.js';
import { openShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The way to the database, which can be cut and mended. */
async function cable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => (sockets.delete(from), to.destroy()));
      from.pipe(to);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.toString(),
    cut: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => listen(port),
  };
}

async function until(what: () => boolean | Promise<boolean>, ms = 10_000): Promise<number> {
  const began = Date.now();
  while (!(await what())) {
    if (Date.now() - began > ms) throw new Error(`It has not come about in ${ms} ms.`);
    await pause(20);
  }
  return Date.now() - began;
}

describe('the correlation id', () => {
  const idOf = async (sent?: string) => {
    const headers = sent === undefined ? undefined : { 'x-correlation-id': sent };
    return (await fetch(`${shop.url}/healthz`, { headers })).headers.get('x-correlation-id');
  };

  it('comes back as it was sent, and stands in a refusal, the history and the log', async () => {
    expect(await idOf('till-7:basket.12')).toBe('till-7:basket.12');
    const locationId = await shop.make.location();
    const sku = await shop.make.sku();
    const till = await shop.associate(locationId);
    const form = { purpose: 'POS_BASKET', lines: [{ skuId: sku.skuId }] };
    const headers = { 'x-correlation-id': 'basket-99' };
    const refused = await till.post<{ instance: string }>('/v1/reservations', form, { headers });
    expect([refused.status, refused.body.instance]).toEqual([409, 'urn:correlation:basket-99']);
    await shop.make.unit(sku, locationId);
    const { body } = await till.post<{ id: string }>('/v1/reservations', form, { headers });
    for (const [table, column] of [
      ['history', 'subject_id'],
      ['outbox_event', 'aggregate_id'],
      ['stock_movement', 'document_id'],
    ]) {
      expect(await shop.one(`select correlation_id from ${table} where ${column} = $1`, [body.id])).toEqual({
        correlation_id: 'basket-99',
      });
    }
    await until(() => shop.server.output().includes('"correlationId":"basket-99"'));
  });

  it.each([
    ['missing', undefined],
    ['unfit for a log line', 'two words'],
    ['too long', 'a'.repeat(101)],
    ['what may be an IMEI', '352921050000018'],
    ['what may be an IMEI in groups', '35-292105-000001-8'],
  ])('is made anew when it is %s', async (_how, sent) => {
    expect(await idOf(sent)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });
});

describe('a request whose body is missing', () => {
  const MISSING = {
    ...{ in: 'body', pointer: '', code: 'BODY_MISSING' },
    detail: 'This operation needs a body: send a JSON object.',
  };
  const withForms = routesOf(readDocument()).filter(
    ({ operation }) => operation.requestBody?.content['application/json'] !== undefined,
  );

  it('is refused by every operation that takes one, and changes nothing', async () => {
    const office = await shop.backOffice();
    expect(withForms.length).toBeGreaterThan(25);
    for (const { method, path } of withForms) {
      const at = path.replace('{id}', randomUUID());
      const problem = await refused(shop, () => office.send(method.toUpperCase(), at, {}), 400, 'INVALID_INPUT');
      expect([path, problem.errors]).toEqual([path, [MISSING]]);
    }
  });

  it('is not taken for an empty form, and leaves its key free for the request as it was meant', async () => {
    const locationId = await shop.make.location();
    const sku = await shop.make.sku();
    await shop.make.unit(sku, locationId);
    const till = await shop.associate(locationId);
    const { body } = await till.post<{ id: string; expiresAt: string }>('/v1/reservations', {
      purpose: 'POS_BASKET',
      lines: [{ skuId: sku.skuId }],
    });
    const release = `/v1/reservations/${body.id}/release`;
    const key = randomUUID();
    const problem = await refused(shop, () => till.send('POST', release, { key }), 400, 'INVALID_INPUT');
    expect(problem.errors).toEqual([MISSING]);
    const released = await till.post<{ status: string }>(release, {}, { key });
    expect([released.status, released.body.status]).toEqual([200, 'RELEASED']);
  });

  it('goes through where the operation takes none', async () => {
    const locationId = await shop.make.location();
    const { unitId } = await shop.make.unit(await shop.make.sku(), locationId);
    const till = await shop.associate(locationId);
    for (const [act, disposition] of [
      ['display', 'DISPLAY'],
      ['make-available', 'AVAILABLE'],
    ]) {
      const { status, body } = await till.send<{ holding: { disposition: string } }>(
        'POST',
        `/v1/stock-units/${unitId}/${act}`,
        {},
      );
      expect([status, body.holding.disposition]).toEqual([200, disposition]);
    }
  });
});

describe('health and metrics', () => {
  it('tells what it measures in the text format', async () => {
    const till = await shop.associate(await shop.make.location());
    await till.get('/v1/reservations');
    const response = await fetch(`${shop.url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    const text = await response.text();
    for (const line of [
      /^http_request_duration_seconds_count\{method="GET",route="\/v1\/reservations",status="200"\} \d+$/m,
      /^http_requests_in_flight\{work="till"\} \d+$/m,
      /^database_pool_connections\{state="open"\} [1-9]\d*$/m,
      /^process_cpu_seconds_total [\d.]+$/m,
    ]) {
      expect(text).toMatch(line);
    }
    for (const line of text.split('\n')) expect(line).toMatch(/^$|^# (HELP|TYPE) |^[a-zA-Z_:][\w:]*(\{.*\})? \S+$/);
  });

  it('lives without its database, is not ready, and is again when the database is back', async () => {
    const way = await cable(shop.database.url);
    const server = await startServer(way.url, { CONNECT_TIMEOUT_MS: '300' });
    const ready = async () => {
      const response = await fetch(`${server.url}/readyz`);
      return { status: response.status, ...((await response.json()) as object) };
    };
    try {
      // On a busy machine a connection may take longer than the little time it is given here.
      await until(async () => (await fetch(`${server.url}/readyz`)).status === 200);
      expect(await ready()).toMatchObject({
        ...{ status: 'ready', database: 'ok', migrations: 'ok', draining: false },
      });
      await way.cut();
      const flipped = await until(async () => (await fetch(`${server.url}/readyz`)).status === 503);
      expect(flipped).toBeLessThan(2000);
      expect(await ready()).toMatchObject({ status: 'not-ready', database: 'unreachable', migrations: 'unknown' });
      const alive = await fetch(`${server.url}/healthz`);
      expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
      expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
      await way.mend();
      expect(await until(async () => (await fetch(`${server.url}/readyz`)).status === 200)).toBeLessThan(5000);
    } finally {
      await server.stop();
      await way.cut();
    }
  });

  it('says that the trouble is passing while the database is away, and goes on as before', async () => {
    const way = await cable(shop.database.url);
    const own = await openShop({ DATABASE_URL: way.url, CONNECT_TIMEOUT_MS: '300' });
    const office = await own.backOffice();
    try {
      await until(async () => (await office.get('/v1/brands')).status === 200);
      await way.cut();
      const away = await office.get<{ code: string }>('/v1/brands');
      expect([away.status, away.body.code, away.headers.get('retry-after')]).toEqual([
        503,
        'DATABASE_UNAVAILABLE',
        '1',
      ]);
      await way.mend();
      await until(async () => (await fetch(`${own.url}/readyz`)).status === 200);
      await until(async () => (await office.get('/v1/brands')).status === 200);
    } finally {
      await own.close();
      await way.cut();
    }
  });

  it('outlives the loss of the connections on which statements run', async () => {
    const way = await cable(shop.database.url);
    const own = await openShop({ DATABASE_URL: way.url });
    const office = await own.backOffice();
    const identify = () => office.post<{ code?: string }>('/v1/identify', { identifier: '356760057010018' });
    const blocker = await shop.db.connect();
    try {
      await blocker.query('begin; lock table tac_claim in access exclusive mode');
      const running = [identify(), identify()];
      const waiting = () =>
        shop.count(
          `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
      await until(async () => (await waiting()) === 2);
      await way.cut();
      for (const { status, body } of await Promise.all(running)) {
        expect([status, body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
      }
      await blocker.query('rollback');
      await way.mend();
      await until(async () => (await fetch(`${own.url}/readyz`)).status === 200);
      expect((await identify()).status).toBe(200);
    } finally {
      blocker.release();
      await own.close();
      await way.cut();
    }
  });
});

describe('stop the server', () => {
  /** A shop whose next reservation of pieces waits until it is let go. */
  async function shopWithARunningRequest(env: Record<string, string>) {
    const own = await openShop({ LOCK_TIMEOUT_MS: '20000', STATEMENT_TIMEOUT_MS: '20000', ...env });
    const locationId = await own.make.location();
    const kit = await own.make.accessory();
    await own.make.bulk(kit.skuId, locationId, 5);
    const till = await own.associate(locationId);
    const blocker = await own.db.connect();
    await blocker.query('begin; select from bulk_stock for update');
    const running = till.post('/v1/reservations', { purpose: 'POS_BASKET', lines: [{ skuId: kit.skuId }] });
    const waiting = () =>
      own.count(
        `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
    await until(async () => (await waiting()) === 1);
    const letGo = async () => {
      await blocker.query('rollback');
      blocker.release();
    };
    return { own, running, letGo };
  }

  it('finishes what it is at, takes nothing new, and ends with 0', async () => {
    const { own, running, letGo } = await shopWithARunningRequest({ SHUTDOWN_LIMIT_MS: '15000' });
    const keptOpen = await fetch(`${own.url}/readyz`);
    await keptOpen.text();
    const began = Date.now();
    const ended = own.server.stop();
    await until(async () => (await fetch(`${own.url}/readyz`)).status === 503);
    const turnedAway = await (await own.backOffice()).get<{ code: string }>('/v1/brands');
    expect([turnedAway.status, turnedAway.body.code]).toEqual([503, 'TEMPORARY_REDUCED_CAPACITY']);
    await letGo();
    expect((await running).status).toBe(201);
    expect(await ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(await own.count(`select count(*) from reservation where status = 'ACTIVE'`)).toBe(1);
    await own.close();
  });

  it('does not wait longer than it may, and leaves nothing half done', async () => {
    const { own, running, letGo } = await shopWithARunningRequest({ SHUTDOWN_LIMIT_MS: '500' });
    const lost = running.then(
      () => 'answered',
      () => 'lost',
    );
    const began = Date.now();
    expect(await own.server.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(8000);
    await letGo();
    expect(await lost).toBe('lost');
    const counts = await own.one(
      `select (select count(*) from reservation)::int as reservations, (select sum(reserved) from bulk_stock)::int as reserved`,
    );
    expect([
      { reservations: 0, reserved: 0 },
      { reservations: 1, reserved: 1 },
    ]).toContainEqual(counts);
    await own.close();
  });
});

describe('start the server', () => {
  it('says in a plain sentence that the port is taken, and leaves the other alone', async () => {
    const port = Number(new URL(shop.url).port);
    const failed = await startServer(shop.database.url, {}, { port }).catch((error: Error) => error.message);
    expect(failed).toContain('The server ended with 1');
    expect(failed).toContain(
      `Port ${port} is taken by another program. Stop it, or start with another one: PORT=${port + 1} npm start`,
    );
    expect(failed).not.toMatch(/^\s+at /m);
    expect((await fetch(`${shop.url}/readyz`)).status).toBe(200);
  });

  it('says in a plain sentence that the database is newer than the program', async () => {
    const own = await openShop();
    try {
      await own.db.query(`insert into migrations (timestamp, name) values (9999999999999, 'TheFuture9999999999999')`);
      const failed = await startServer(own.database.url).catch((error: Error) => error.message);
      expect(failed).toContain('The server ended with 1');
      expect(failed).toContain('The database has a newer schema than this program (TheFuture9999999999999).');
      expect(failed).not.toMatch(/^\s+at /m);
    } finally {
      await own.close();
    }
  });

  it('names every setting that is not as it should be', async () => {
    const failed = await startServer(shop.database.url, { POOL_SIZE: 'many', LOG_LEVEL: 'loud' }).catch(
      (error: Error) => error.message,
    );
    expect(failed).toMatch(/POOL_SIZE: .*\n\s+LOG_LEVEL: /);
    expect(failed).not.toMatch(/^\s+at /m);
  });
});
