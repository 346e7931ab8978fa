import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { type Reply, Wire } from '../support/wire.js';
import { handset, newImei, PLAIN_POLICY, publishPolicy } from './arrange.js';
import { mailTo, tokenOf } from '../support/mailbox.js';

const AT = '/v1/self-service/unlock-requests';
const SUBMITS = Number(process.env['STRANGERS'] ?? 2000);

let shop: Shop;
let stranger: Client;
const submit = (identifier: string, email: string) =>
  stranger.post<{ number: string; code?: string }>(AT, { identifier, email });
const setCap = async (scope: string, action: string, span: string, cap: { soft?: number; hard: number }) => {
  const office = await shop.backOffice();
  const { status } = await office.put('/v1/unlock-caps', { scope, action, span, ...cap });
  expect(status).toBe(200);
};
const free = () => shop.db.query('delete from unlock_cap_use');

beforeAll(async () => {
  shop = await openShop({ LOG_LEVEL: 'debug', RATE_LIMIT_PER_MINUTE: '1000000' });
  stranger = new Client(shop.url);
});
afterAll(() => shop.close());

/** The threshold on duration that tells the two kinds apart best, and which kind is the slower one. */
function bestThreshold(cases: readonly { ms: number; known: boolean }[]): (ms: number) => boolean {
  const sorted = cases.map(({ ms }) => ms).sort((a, b) => a - b);
  let best = { right: 0, at: 0, slower: true };
  for (let n = 0; n < sorted.length; n += 5) {
    for (const slower of [true, false]) {
      const right = cases.filter(({ ms, known }) => ms > sorted[n]! === (known === slower)).length;
      if (right > best.right) best = { right, at: sorted[n]!, slower };
    }
  }
  return (ms) => ms > best.at === best.slower;
}

const shapeOf = ({ status, headers, text }: Reply): string => {
  const body = JSON.parse(text) as Record<string, unknown>;
  const own = ['date', 'x-correlation-id'];
  const names = Object.entries(headers).map(([name, value]) => `${name}: ${own.includes(name) ? '' : String(value)}`);
  const fields = Object.entries(body).map(([name, value]) => `${name} ${typeof value} ${String(value).length}`);
  return [status, ...fields, ...names.sort()].join('\n');
};

describe('what a stranger can learn', () => {
  it(`is not whether a handset is known: ${SUBMITS} requests answer alike, in like time`, async () => {
    await publishPolicy(shop);
    for (const span of ['HOUR', 'MONTH']) await setCap('SOURCE', 'SUBMIT', span, { hard: 1_000_000 });
    const known: string[] = [];
    // Half of them known: with a record, a line and an account. Each is asked for by many.
    for (let n = 0; n < 50; n++) known.push(await handset(shop, { balance_minor: n % 2 ? 0 : 500 }));
    const unknown = known.map(() => newImei());
    const wire = new Wire(shop.url, '', 4);
    const cases: { ms: number; known: boolean }[] = [];
    const shapes = new Set<string>();
    for (let n = 0; n < SUBMITS; n++) {
      const isKnown = randomBytes(1)[0]! % 2 === 0;
      const identifier = (isKnown ? known : unknown)[n % known.length]!;
      const reply = await wire.send(AT, { identifier, email: `m${String(n).padStart(6, '0')}@example.com` });
      shapes.add(shapeOf(reply));
      cases.push({ ms: reply.ms, known: isKnown });
    }
    wire.close();
    expect([...shapes]).toHaveLength(1);
    expect([...shapes][0]).toMatch(/^202\n/);
    const half = cases.length / 2;
    const guess = bestThreshold(cases.slice(0, half));
    const tested = cases.slice(half);
    const accuracy = tested.filter(({ ms, known: is }) => guess(ms) === is).length / tested.length;
    const median = (is: boolean) =>
      cases
        .filter((one) => one.known === is)
        .map(({ ms }) => ms)
        .sort((a, b) => a - b)[Math.floor(half / 2)]!;
    const apart = Math.abs(median(true) - median(false));
    process.stdout.write(
      `guessed right ${(accuracy * 100).toFixed(1)} %, medians ${apart.toFixed(3)} ms apart, of ${median(true).toFixed(2)} ms\n`,
    );
    // Three standard deviations of tossing a coin so often, above a half.
    expect(accuracy).toBeLessThan(0.55 + 1.5 / Math.sqrt(tested.length));
    // On a busy machine every answer takes longer, and medians of as many lie further apart.
    expect(apart).toBeLessThan(Math.max(2, median(true) / 10));
  }, 180_000);

  it('is no status: after ten wrong tries of a source nothing is looked at, and somebody is told', async () => {
    await free();
    const email = 'eve@example.com';
    await submit(newImei(), email);
    const link = tokenOf(await mailTo(shop, email, '#confirm='));
    const { body } = await stranger.post<{ number: string; accessToken: string }>(`${AT}/confirm`, { token: link });
    const own = { number: body.number, accessToken: body.accessToken };
    // A right one costs nothing.
    for (let n = 0; n < 15; n++) expect((await stranger.post(`${AT}/status`, own)).status).toBe(200);
    const tries = [
      { number: body.number, accessToken: 'A'.repeat(22) },
      { number: '7ZQK-4M0T-9XWA-B3HD-5', accessToken: body.accessToken },
      { number: 'nothing', accessToken: body.accessToken },
    ];
    const answers = [];
    for (let n = 0; n < 12; n++) answers.push(await stranger.post<{ instance: string }>(`${AT}/status`, tries[n % 3]));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(404), 429, 429]);
    const said = answers.slice(0, 10).map(({ body: { instance: _, ...rest } }) => JSON.stringify(rest));
    expect(new Set(said).size).toBe(1);
    const blocked = answers[10]!;
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((blocked.body as never as { facts: object }).facts).toMatchObject({
      scope: 'SOURCE',
      action: 'STATUS',
      most: 10,
    });
    expect((await stranger.post(`${AT}/status`, own)).status).toBe(429);
    const alerts = await (await shop.backOffice()).get<{ items: object[] }>('/v1/unlock-alerts?kind=HARD_CAP');
    expect(alerts.body.items).toHaveLength(1);
    expect(alerts.body.items[0]).toMatchObject({
      scope: 'SOURCE',
      details: { action: 'STATUS', span: 'HOUR', most: 10 },
    });
  });

  it('is no status by a hundred wrong tries at once either', async () => {
    await free();
    const wrong = () => stranger.post(`${AT}/status`, { number: 'nothing', accessToken: 'A' });
    const answers = await Promise.all(Array.from({ length: 100 }, wrong));
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(90);
  });
});

describe('what a stranger can do', () => {
  it('is capped by contact, handset and source, refused tries among them, and a replay counts once', async () => {
    await free();
    await setCap('IMEI', 'SUBMIT', 'DAY', { soft: 2, hard: 3 });
    await pause(50);
    const imei = newImei();
    const key = 'one-and-the-same-try';
    for (let n = 0; n < 5; n++) {
      const form = { identifier: imei, email: 'many@example.com' };
      expect((await stranger.post(AT, form, { key })).status).toBe(202);
    }
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await submit(imei, `many${n}@example.com`)).status);
    expect(statuses).toEqual([202, 202, 429, 429]);
    expect(await shop.count(`select count(*) from unlock_alert where kind = 'SOFT_CAP' and scope = 'IMEI'`)).toBe(1);
    expect(await shop.count(`select used from unlock_cap_use where scope = 'IMEI' and span = 'DAY'`)).toBe(5);
    await setCap('IMEI', 'SUBMIT', 'DAY', { hard: 5 });
  });

  it('is to guess a one-time code five times, whatever is sent anew', async () => {
    await free();
    const imei = await handset(shop);
    await submit(imei, 'guess@example.com');
    const token = tokenOf(await mailTo(shop, 'guess@example.com', '#confirm='));
    const { body } = await stranger.post<{ number: string; accessToken: string }>(`${AT}/confirm`, { token });
    const own = { number: body.number, accessToken: body.accessToken };
    await shop.db.query(`update unlock_request set status = 'ACTION_REQUIRED', stage = null where number = $1`, [
      own.number,
    ]);
    const said: unknown[] = [];
    for (let n = 0; n < 7; n++) {
      await shop.db.query(
        `insert into unlock_one_time_code select id, '\\x00112233445566778899aabbccddeeff', 5, now() + interval '1 hour'
         from unlock_request where number = $1 on conflict (request_id) do update set tries_left = 5`,
        [own.number],
      );
      const { status } = await stranger.post(`${AT}/reveal`, { ...own, oneTimeCode: `00000${n}` });
      said.push(status);
    }
    expect(said).toEqual([409, 409, 409, 409, 409, 429, 429]);
  });

  it('ends for the month when a source asks for the same handsets over and over', async () => {
    await free();
    await publishPolicy(shop, {
      ...{ code: 'STRICT-1', brand: 'Strict', effectiveFrom: '2014-01-01' },
      abuse: { maxRequestsPerSourcePerMonth: 10, duplicatePercent: 20 },
    });
    // What is in force is read anew after two seconds.
    await pause(2100);
    const [first, ...others] = Array.from({ length: 9 }, () => newImei());
    const statuses: number[] = [];
    for (const imei of [first!, ...others]) {
      statuses.push((await submit(imei, `s${statuses.length}@example.com`)).status);
    }
    for (let n = 0; n < 3; n++) {
      const { status, body } = await submit(first!, `again${n}@example.com`);
      statuses.push(status);
      if (status === 429) expect(body.code).toBe('SOURCE_SUSPENDED');
    }
    // The eleventh is the second for one handset: 18 of a hundred. The twelfth makes 25.
    expect(statuses).toEqual([...Array<number>(11).fill(202), 429]);
    expect(await shop.count(`select count(*) from unlock_alert where kind = 'SOURCE_SUSPENDED'`)).toBe(1);
    expect(PLAIN_POLICY).not.toHaveProperty('abuse');
  });

  it('leaves no address, IMEI, token or code in the log', async () => {
    const output = shop.server.output();
    const { rows } = await shop.db.query<{ imei14: string }>('select distinct imei14 from unlock_request');
    const box = (await (await fetch(`${shop.url}/dev/mailbox.json`)).json()) as { to: string; text: string }[];
    const secrets = [
      ...rows.map(({ imei14 }) => imei14),
      ...box.map(({ to }) => to),
      ...box.flatMap(({ text }) => /#confirm=(\S+)/.exec(text)?.[1] ?? []),
    ];
    expect(secrets.length).toBeGreaterThan(300);
    expect(output.split('\n').filter((line) => line.startsWith('{')).length).toBeGreaterThan(SUBMITS);
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
    expect(output).not.toMatch(/@example\.com/);
  });

  it('leaves no address and no token in the database', async () => {
    const box = (await (await fetch(`${shop.url}/dev/mailbox.json`)).json()) as { to: string; text: string }[];
    const tokens = box.flatMap(({ text }) => /#confirm=(\S+)/.exec(text)?.[1] ?? []);
    expect(tokens.length).toBeGreaterThan(150);
    const { rows } = await shop.db.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: all } = await shop.db.query<{ text: string }>(
        `select string_agg(t::text, ' ') as text from ${name} t`,
      );
      const text = all[0]?.text ?? '';
      if (text.includes('@example.com') || tokens.some((token) => text.includes(token))) found.push(name);
    }
    expect(found).toEqual([]);
  });
});
