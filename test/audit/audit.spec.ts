import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../src/values/id.js';
import { everyPage } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';

interface Entry {
  id: string;
  occurredAt: string;
  subjectKind: string;
  subjectId: string;
  act: string;
  actor: string;
  details: Record<string, unknown>;
  locationId: string | null;
  chain: string | null;
  chainSeq: number | null;
  hash: string | null;
}

interface Verification {
  ok: boolean;
  entries: number;
  brokenLinks: number;
  chains: { chain: string; entries: number; brokenLinks: number }[];
}

const COMMAND = path.resolve(__dirname, '../../dist/audit.js');
const PERIOD = 'from=2014-01-01T00:00:00Z&to=2099-01-01T00:00:00Z';
const shops: Shop[] = [];
afterAll(() => Promise.all(shops.map((shop) => shop.close())));

/** Two stores, three handsets sold at the one and two at the other at the same time: a link each. */
async function sold(env: Record<string, string> = {}) {
  const shop = await openShop({ WORKER: 'off', ...env });
  shops.push(shop);
  const sku = await shop.make.sku();
  const sell = async (storeId: string, count: number) => {
    const [first, second] = [await shop.associate(storeId), await shop.associate(storeId, 'associate-2')];
    const units = await shop.make.units(sku, storeId, count);
    return units.map(({ imei }, at) =>
      (at % 2 ? second : first).post('/v1/sales', { lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' }),
    );
  };
  const [north, south] = [await shop.make.location(), await shop.make.location()];
  const sales = await Promise.all([...(await sell(north, 3)), ...(await sell(south, 2))]);
  expect(sales.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  const office = await shop.backOffice();
  const verify = async () => (await office.get<Verification>('/v1/audit/verification')).body;
  return { shop, office, north, south, verify };
}

/** Does to the history what only somebody with the database's own keys could. */
async function tamper(shop: Shop, sql: string, chain: string) {
  await shop.db.query('alter table history disable trigger history_append_only');
  await shop.db.query(sql, [chain]);
  await shop.db.query('alter table history enable trigger history_append_only');
}

const chainsOf = (one: string, other: string, broken: Record<string, [entries: number, broken: number]> = {}) =>
  [one, other]
    .sort()
    .map((chain) => ({ chain, entries: broken[chain]?.[0] ?? 0, brokenLinks: broken[chain]?.[1] ?? 0 }));

async function command(wanted: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [COMMAND, ...wanted], { env: { PATH: process.env['PATH'], ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('the verification', () => {
  it('holds after acts of several writers at once, and tells which chain somebody has touched', async () => {
    const { shop, north, south, verify } = await sold();
    const whole = chainsOf(north, south, { [north]: [3, 0], [south]: [2, 0] });
    expect(await verify()).toEqual({ ok: true, entries: 5, brokenLinks: 0, chains: whole });
    const one = { DATABASE_URL: shop.database.url };
    const running = { DATA_DIR: shop.server.dataDir };
    for (const env of [one, running]) {
      expect(await command(['verify'], env)).toEqual({ code: 0, said: 'The audit holds: 5 entries in 2 chains.\n' });
    }

    await tamper(
      shop,
      `update history set details = details || '{"totalMinor": 1}' where chain = $1 and chain_seq = 2`,
      north,
    );
    expect(await verify()).toEqual({
      ...{ ok: false, entries: 5, brokenLinks: 1 },
      chains: chainsOf(north, south, { [north]: [3, 1], [south]: [2, 0] }),
    });

    await tamper(shop, 'delete from history where chain = $1 and chain_seq = 2', south);
    expect(await verify()).toEqual({
      ...{ ok: false, entries: 4, brokenLinks: 2 },
      chains: chainsOf(north, south, { [north]: [3, 1], [south]: [1, 1] }),
    });
    const where = { [north]: `${north} (1 of 3 entries)`, [south]: `${south} (1 of 1 entry)` };
    const broken = [north, south].sort().map((chain) => where[chain]);
    for (const env of [one, running]) {
      expect(await command(['verify'], env)).toEqual({
        code: 1,
        said: `The audit is broken: 2 links of ${broken.join(', ')} do not hold.\n`,
      });
    }
  });

  it('misses a chain of which only the head is left, and one of which the head is gone', async () => {
    const { shop, north, south, verify } = await sold();
    await tamper(shop, 'delete from history where chain = $1', north);
    await shop.db.query('delete from audit_chain where chain = $1', [south]);
    expect(await verify()).toMatchObject({
      ok: false,
      chains: chainsOf(north, south, { [north]: [0, 1], [south]: [2, 1] }),
    });
  });

  it('says in a plain sentence what is in the way', async () => {
    for (const [wanted, env, said] of [
      [[], {}, 'Say what is wanted:'],
      [['export', '--from=yesterday'], {}, 'Say what is wanted:'],
      [['verify'], { DATA_DIR: '/nowhere' }, 'No server is known: start one with npm start'],
      [['verify'], { LOOPLINE_URL: 'http://127.0.0.1:9', LOOPLINE_TOKEN: 'x' }, 'http://127.0.0.1:9 does not answer'],
      [['verify'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }, 'The database at DATABASE_URL cannot be'],
    ] as const) {
      const answer = await command([...wanted], env);
      expect(answer).toEqual({ code: 1, said: expect.stringContaining(said) });
      expect(answer.said).not.toMatch(/^\s+at /m);
    }
  });
});

describe('the entries', () => {
  it('are listed the oldest first, page by page, and found by what was done to what by whom', async () => {
    const { shop, office, north, south } = await sold();
    const all = await everyPage<Entry>(office, '/v1/audit/entries?limit=2');
    expect(all).toHaveLength(5);
    expect(all.map(({ occurredAt }) => occurredAt)).toEqual(all.map(({ occurredAt }) => occurredAt).sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    expect(all.filter(({ chain }) => chain === north).map(({ chainSeq }) => chainSeq)).toEqual(
      expect.arrayContaining([1, 2, 3]),
    );
    const found = async (filter: string) =>
      (await everyPage<Entry>(office, `/v1/audit/entries?limit=50&${filter}`)).map(({ id }) => id);
    const ids = (wanted: (entry: Entry) => boolean) => all.filter(wanted).map(({ id }) => id);
    const [first, , third] = all as [Entry, Entry, Entry];
    expect(await found('actor=associate-2')).toEqual(ids(({ actor }) => actor === 'associate-2'));
    expect(await found(`subjectId=${first.subjectId}`)).toEqual([first.id]);
    expect(await found(`subjectKind=${first.subjectKind}&act=${first.act}`)).toEqual(ids(() => true));
    expect(await found('subjectKind=receipt')).toEqual([]);
    expect(await found(`from=${third.occurredAt}`)).toEqual(ids(({ occurredAt }) => occurredAt >= third.occurredAt));
    expect(await found(`to=${third.occurredAt}`)).toEqual(ids(({ occurredAt }) => occurredAt < third.occurredAt));
    const every = await shop.count('select count(*) from history');
    expect(await found('chained=false')).toHaveLength(every);
    const wrong = await office.get(`/v1/audit/entries?from=${third.occurredAt}&to=2014-01-01T00:00:00Z`);
    expect(wrong.body).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/to', code: 'BEFORE_FROM' }] });

    const till = await shop.as({ ...BACK_OFFICE, sub: 'auditor', role: 'ASSOCIATE', store_id: south });
    const own = await everyPage<Entry>(till, '/v1/audit/entries?limit=1&chained=false');
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect(new Set(own.map(({ locationId }) => locationId))).toEqual(new Set([south]));
    expect((await till.get<Verification>('/v1/audit/verification')).body).toEqual({
      ...{ ok: true, entries: 2, brokenLinks: 0, chains: [{ chain: south, entries: 2, brokenLinks: 0 }] },
    });
    const lines = (await till.get(`/v1/audit/export?${PERIOD}`)).text.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Entry).chain)).toEqual([south, south]);
    expect((await (await shop.associate(south)).get('/v1/audit/entries')).body).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('are exported, each with what its hash is made of', async () => {
    const { shop, office } = await sold();
    const answer = await office.get(`/v1/audit/export?${PERIOD}`);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    expect(lines).toEqual(await everyPage<Entry>(office, '/v1/audit/entries?limit=200'));
    expect(lines.map(({ hash }) => hash).every((hash) => /^[0-9a-f]{64}$/.test(hash!))).toBe(true);
    const envs: Record<string, string>[] = [{ DATABASE_URL: shop.database.url }, { DATA_DIR: shop.server.dataDir }];
    for (const env of envs) {
      expect(await command(['export'], env)).toEqual({ code: 0, said: answer.text });
      expect(await command(['export', '--to=2014-01-01T00:00:00Z'], env)).toEqual({ code: 0, said: '' });
    }
  });

  it('stream out in flat memory, however many there are', async () => {
    // As npm start runs it.
    const { shop, office } = await sold({ NODE_OPTIONS: '--max-old-space-size=384 --max-semi-space-size=8' });
    const many = 60_000;
    await shop.db.query(
      `insert into history (id, subject_kind, subject_id, act, details, actor, actor_role, correlation_id, occurred_at,
                            chain, chain_seq, hash)
       select gen_random_uuid(), 'made', $1, 'make', jsonb_build_object('why', repeat('x', 2000)), 'test', 'SYSTEM', 'c',
              timestamptz '2020-01-01Z' + make_interval(secs => n / 7), 'made', n, sha256(n::text::bytea)
       from generate_series(1, $2::int) n`,
      [newId(), many],
    );
    const resident = async () => {
      const { text } = await office.get('/metrics');
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)![1]) / 1024 / 1024;
    };
    const before = await resident();
    const token = await shop.token(BACK_OFFICE);
    const url = `${shop.url}/v1/audit/export?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z`;
    const { body } = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    let [lines, bytes, most] = [0, 0, 0];
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      lines += Buffer.from(piece).toString().split('\n').length - 1;
      if (Math.floor(bytes / 20e6) < Math.floor((bytes += piece.length) / 20e6)) {
        most = Math.max(most, await resident());
        await pause(1);
      }
    }
    expect(lines).toBe(many);
    expect(bytes).toBeGreaterThan(130e6);
    expect(most).toBeGreaterThan(0);
    expect(most - before).toBeLessThan(90);
  });
});
