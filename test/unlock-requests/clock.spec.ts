import { setTimeout as pause } from 'node:timers/promises';
import { resumeClocks } from '../../src/unlock-requests/clock/pausing.js';
import { startServer } from '../support/server.js';
import { Desk, type Request } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

type Row = Record<string, unknown>;

const underReview = async (over: object = {}): Promise<Request> => {
  const handset = await desk.handset({ account: { good_standing: null }, device: over });
  const { body } = await desk.ask(handset);
  expect(body.status).toBe('UNDER_REVIEW');
  return body;
};
const times = (id: string, set: string, values: unknown[] = []) =>
  desk.shop.db.query(`update unlock_request set ${set} where id = $1`, [id, ...values]);
const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await desk.shop.db.query<Row>(sql, values)).rows;
/** What the outside was told of the clocks of a request, in order. */
const told = (id: string) =>
  rows(
    `select type, payload - 'number' as payload from outbox_event where aggregate_id = $1
     and type in ('unlock-request.due-soon', 'unlock-request.overdue') order by occurred_at, id`,
    [id],
  );
const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; !(await done()); await pause(25)) {
    if (Date.now() > end) throw new Error('It does not come about.');
  }
};
/** Long enough for every process to have looked twice. */
const twoSweeps = () => pause(700);

describe('more time', () => {
  const extend = (id: string, businessDays = 3) =>
    desk.act(id, 'extend', { businessDays, reason: 'The maker is slow to answer' });

  it('is taken in business days, tells the customer why, and counts as an answer', async () => {
    const { id, number } = await underReview();
    await times(id, `resolve_by = '2030-12-21T05:00:00Z'`);
    const { status, body } = await extend(id);
    expect(status).toBe(200);
    // Friday the 20th, and then Monday, Tuesday, not Christmas, Thursday.
    expect(body.clock).toMatchObject({ resolveBy: '2030-12-27T05:00:00.000Z', response: 'EXTENDED', extensions: 1 });
    expect(Math.abs(Date.parse(body.clock.respondedAt!) - Date.now())).toBeLessThan(60_000);
    expect(
      await rows(`select payload from outbox_event where type = 'unlock-request.extended' and aggregate_id = $1`, [id]),
    ).toEqual([{ payload: { number, businessDays: 3, extensions: 1, resolveBy: '2030-12-27T05:00:00.000Z' } }]);
    expect(
      await rows(`select actor, reason, details from history where act = 'extend' and subject_id = $1`, [id]),
    ).toEqual([
      {
        ...{ actor: 'back-office-1', reason: 'The maker is slow to answer' },
        details: {
          ...{ businessDays: 3, before: '2030-12-21T05:00:00.000Z', resolveBy: '2030-12-27T05:00:00.000Z' },
        },
      },
    ]);
  });

  it('is taken twice at most, also when ten ask at once', async () => {
    const { id } = await underReview();
    await times(id, `resolve_by = '2030-12-21T05:00:00Z'`);
    const answers = await Promise.all(Array.from({ length: 10 }, () => extend(id, 1)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter(({ body }) => body.code === 'NO_MORE_EXTENSIONS')).toHaveLength(8);
    expect((await desk.get(id)).body.clock).toMatchObject({ extensions: 2, resolveBy: '2030-12-25T05:00:00.000Z' });
  });

  it('does not take the place of an answer given before', async () => {
    const { id } = await underReview();
    const asked = await desk.act(id, 'ask-documents', { documents: ['PASSPORT'], note: 'Who is it' });
    const { body } = await extend(id);
    expect(body.clock).toMatchObject({ response: 'DOCUMENTS_REQUESTED', respondedAt: asked.body.clock.respondedAt });
  });

  it('is not taken for what is settled, for none or too many days, or from an old view of it', async () => {
    const { id, version } = await underReview();
    for (const businessDays of [0, 11, 1.5]) expect((await extend(id, businessDays)).status).toBe(400);
    const stale = await desk.office.post<Request>(
      `/v1/unlock-requests/${id}/extend`,
      { businessDays: 1, reason: 'The maker is slow' },
      { headers: { 'if-match': `"${version + 1}"` } },
    );
    expect(stale.body.code).toBe('STALE');
    await desk.act(id, 'cancel', { reason: 'Not wanted' });
    const before = (await desk.get(id)).body;
    expect((await extend(id)).body.code).toBe('WRONG_STATE');
    expect((await desk.get(id)).body).toEqual(before);
  });
});

describe('clocks that stood still', () => {
  const database = { query: (sql: string, values?: unknown[]) => rows(sql, values) as Promise<never> };
  const resume = async (pausedAt: string, now: string, respondBy = '2026-11-24T05:00:00Z') => {
    const { id } = await underReview();
    await desk.act(id, 'ask-documents', { documents: ['PASSPORT'], note: 'Who is it' });
    await times(id, `paused_at = $2, respond_by = $3, resolve_by = '2030-12-07T05:00:00Z'`, [pausedAt, respondBy]);
    const [row] = await rows(
      `select id, calendar, calendar_version as "calendarVersion", paused_at as "pausedAt", respond_by as "respondBy",
              resolve_by as "resolveBy" from unlock_request where id = $1`,
      [id],
    );
    const waited = await resumeClocks(database, row as never, new Date(now));
    // Once more changes nothing: the clocks run again.
    await resumeClocks(database, row as never, new Date('2029-01-01T00:00:00Z'));
    const { respondBy: answer, resolveBy, paused } = (await desk.get(id)).body.clock;
    return { waited, answer, resolveBy, paused };
  };

  it('go on by as many business days later as the documents took', async () => {
    // Friday to Friday over Thanksgiving: Monday, Tuesday, Wednesday, Friday.
    expect(await resume('2026-11-20T15:00:00Z', '2026-11-27T15:00:00Z')).toEqual({
      ...{ waited: 4, answer: '2026-12-01T05:00:00.000Z', resolveBy: '2030-12-13T05:00:00.000Z', paused: false },
    });
  });

  it('move by nothing within a day or over a weekend, and never back', async () => {
    const same = {
      waited: 0,
      answer: '2026-11-24T05:00:00.000Z',
      resolveBy: '2030-12-07T05:00:00.000Z',
      paused: false,
    };
    expect(await resume('2026-11-20T15:00:00Z', '2026-11-20T21:00:00Z')).toEqual(same);
    expect(await resume('2026-11-20T15:00:00Z', '2026-11-22T21:00:00Z')).toEqual(same);
    expect(await resume('2026-11-20T15:00:00Z', '2026-11-19T15:00:00Z')).toEqual(same);
  });
});

describe('a clock that runs', () => {
  /** As if so many hours of a hundred were over. */
  const run = (id: string, hours: number) =>
    times(
      id,
      `received_at = now() - make_interval(hours => $2), respond_by = now() + make_interval(hours => 100 - $2),
       resolve_by = now() + make_interval(hours => 300 - $2)`,
      [hours],
    );
  const DUE = (percent: number) => ({ type: 'unlock-request.due-soon', payload: { percent } });
  const OVERDUE = (clock: string) => ({ type: 'unlock-request.overdue', payload: { clock } });

  it('warns at half and at four fifths, and says what is overdue, each once', async () => {
    const { id, version } = await underReview();
    const expected: object[] = [];
    for (const [hours, next] of [
      ...[[49, null] as const, [51, DUE(50)] as const, [79, null] as const, [81, DUE(80)] as const],
      ...[[101, OVERDUE('RESPONSE')] as const, [301, OVERDUE('RESOLUTION')] as const],
    ]) {
      await run(id, hours);
      if (next) expected.push(next);
      await until(async () => (await told(id)).length >= expected.length);
      await twoSweeps();
      expect([hours, await told(id)]).toEqual([hours, expected]);
    }
    expect(
      await rows(
        `select act, details, actor, from_state, to_state from history where subject_id = $1 and actor = 'system'
         order by occurred_at, id`,
        [id],
      ),
    ).toEqual(
      [{ percent: 50 }, { percent: 80 }, { clock: 'RESPONSE' }, { clock: 'RESOLUTION' }].map((details) => ({
        ...{ act: 'percent' in details ? 'warn' : 'overdue', details, actor: 'system' },
        ...{ from_state: 'UNDER_REVIEW', to_state: 'UNDER_REVIEW' },
      })),
    );
    // Nobody's view of it went stale by a warning.
    expect((await desk.get(id)).body.version).toBe(version);
  });

  it('says nothing of half when four fifths are over', async () => {
    const { id } = await underReview();
    await run(id, 90);
    await until(async () => (await told(id)).length > 0);
    await twoSweeps();
    expect(await told(id)).toEqual([DUE(80)]);
  });

  it('is silent while documents are awaited, after an answer, and when it is all over', async () => {
    const [paused, answered, cancelled, appealed] = [
      await underReview(),
      await underReview(),
      await underReview(),
      await underReview(),
    ];
    await desk.act(paused.id, 'ask-documents', { documents: ['PASSPORT'], note: 'Who is it' });
    await desk.act(answered.id, 'extend', { businessDays: 1, reason: 'The maker is slow' });
    await desk.act(cancelled.id, 'cancel', { reason: 'Not wanted' });
    await desk.act(appealed.id, 'deny', { reasons: ['FRAUD_REVIEW'], note: 'The papers are forged' });
    for (const { id } of [paused, cancelled]) await run(id, 301);
    await run(answered.id, 101);
    await run(appealed.id, 301);
    await desk.act(appealed.id, 'appeal', { reason: 'They are not' });
    await twoSweeps();
    for (const { id } of [paused, answered, cancelled, appealed]) expect(await told(id)).toEqual([]);
    // The settlement of what was answered is still due.
    await run(answered.id, 301);
    await until(async () => (await told(answered.id)).length > 0);
    expect(await told(answered.id)).toEqual([OVERDUE('RESOLUTION')]);
  });

  it('is watched by two processes, and every effect happens once', async () => {
    const env = { KEYRING_FILE: `${desk.shop.server.dataDir}/keyring.json` };
    const other = await startServer(desk.shop.database.url, env);
    try {
      await desk.shop.db.query(
        `insert into unlock_request (id, number, kind, scope, channel, status, imei14, device_imei14, made_by, language,
           disclosure, reasons, received_at, respond_by, resolve_by)
         select gen_random_uuid(), 'RACE-' || n, 'OUTBOUND', 'PERMANENT', 'WEB', 'UNDER_REVIEW', i, i, 'race', 'en',
           'OWNER', '{}', now() - interval '60 h' - interval '25 h' * (n % 3), now() + interval '40 h' - interval '25 h' * (n % 3),
           now() + interval '300 h' - interval '400 h' * (n % 2)
         from generate_series(0, 1799) as n, lpad((n + 10000000000000)::text, 14, '0') as i`,
      );
      const marked = () =>
        desk.shop.count(`select count(*) from unlock_request where made_by = 'race' and (
        warned = 0 and respond_breached_at is null or resolve_by < now() and resolve_breached_at is null)`);
      await until(async () => (await marked()) === 0);
      await twoSweeps();
      const effects = `count(*)::int as effects, count(distinct e.aggregate_id)::int as requests`;
      const race = `join unlock_request r on r.id = e.aggregate_id and r.made_by = 'race'`;
      expect(
        await rows(`select payload ->> 'percent' as percent, payload ->> 'clock' as clock, ${effects}
                    from outbox_event e ${race} group by 1, 2 order by 1, 2`),
      ).toEqual([
        { percent: '50', clock: null, effects: 600, requests: 600 },
        { percent: '80', clock: null, effects: 600, requests: 600 },
        { percent: null, clock: 'RESOLUTION', effects: 900, requests: 900 },
        { percent: null, clock: 'RESPONSE', effects: 600, requests: 600 },
      ]);
      const [history] = await rows(
        `select count(*)::int as effects
         from history h join unlock_request r on r.id = h.subject_id and r.made_by = 'race'`,
      );
      expect(history!['effects']).toBe(2700);
    } finally {
      await other.stop();
    }
  });
});
