import { Desk, type Request } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.publish();
});
afterAll(() => desk.shop.close());

interface Calendar {
  code: string;
  version: number;
  timeZone: string;
  weekend: number[];
  holidays: string[];
  cutOff: string | null;
  madeBy: string;
}
type Row = Record<string, unknown>;
const underReview = async (over: object = {}): Promise<Request> => {
  const handset = await desk.handset({ account: { good_standing: null }, device: over });
  const { body } = await desk.ask(handset);
  expect(body.status).toBe('UNDER_REVIEW');
  return body;
};
const daysFrom = (at: string, days: number) =>
  `${new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)}`;
const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await desk.shop.db.query<Row>(sql, values)).rows;

describe('a calendar', () => {
  const OFFICE = { timeZone: 'Etc/UTC', weekend: [], holidays: [] };
  const put = (form: object, code = 'OFFICE', headers = {}) =>
    desk.office.put<Calendar & { code: string }>(`/v1/business-calendars/${code}`, form, { headers });

  it('of the federal offices is there from the beginning', async () => {
    const { body } = await desk.office.get<{ items: Calendar[] }>('/v1/business-calendars');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      ...{ code: 'US-FEDERAL', version: 1, timeZone: 'America/New_York', weekend: [6, 7], cutOff: null },
      madeBy: 'loopline',
    });
    expect(body.items[0]!.holidays).toContain('2026-11-26');
  });

  it('in a new version holds for what comes in from then on, and for nothing that came before', async () => {
    expect((await put(OFFICE)).body).toMatchObject({ code: 'OFFICE', version: 1, madeBy: 'back-office-1' });
    await desk.publish({ code: 'OFFICE', brand: 'Office US', calendar: 'OFFICE' });
    const before = await underReview({ brand: 'Office US' });
    const received = before.clock as Request['clock'] & { receivedAt: string };
    expect(before.clock.respondBy).toBe(`${daysFrom(received.receivedAt, 3)}T00:00:00.000Z`);
    expect(before.clock.resolveBy).toBe(`${daysFrom(received.receivedAt, 11)}T00:00:00.000Z`);

    const holidays = [4, 1, 3, 2, 5, 11].map((days) => daysFrom(received.receivedAt, days));
    const second = await put({ ...OFFICE, holidays }, 'OFFICE', { 'if-match': '"1"' });
    expect(second.body).toMatchObject({ version: 2, holidays: [...holidays].sort(), cutOff: null });
    expect(second.headers.get('etag')).toBe('"2"');
    expect((await put(OFFICE, 'OFFICE', { 'if-match': '"1"' })).body.code).toBe('STALE');

    expect((await desk.get(before.id)).body.clock).toEqual(before.clock);
    const after = await underReview({ brand: 'Office US' });
    expect(after.clock.respondBy).toBe(`${daysFrom(received.receivedAt, 8)}T00:00:00.000Z`);
    const extended = await desk.act(before.id, 'extend', { businessDays: 1, reason: 'The papers are abroad' });
    expect(extended.body.clock.resolveBy).toBe(`${daysFrom(received.receivedAt, 12)}T00:00:00.000Z`);
    expect(
      await rows(
        `select actor, details ->> 'version' as version, chain from history
         where subject_kind = 'business-calendar' order by chain_seq`,
      ),
    ).toEqual(['1', '2'].map((version) => ({ actor: 'back-office-1', version, chain: 'carrier' })));
  });

  it('is written by eight at once, and every version is one of theirs', async () => {
    const first = await Promise.all(Array.from({ length: 8 }, () => put(OFFICE, 'BUSY')));
    expect(first.map(({ status, body }) => [status, body.code])).toEqual(
      first.map(({ status }) => (status === 200 ? [200, 'BUSY'] : [409, 'CONFLICT'])),
    );
    const later = await Promise.all(Array.from({ length: 8 }, () => put({ ...OFFICE, cutOff: '17:00' }, 'BUSY')));
    expect(later.map(({ status, body }) => [status, body.cutOff])).toEqual(Array(8).fill([200, '17:00']));
    const made = first.filter(({ status }) => status === 200).length + 8;
    expect(await rows(`select version from business_calendar where code = 'BUSY' order by version`)).toEqual(
      Array.from({ length: made }, (_, at) => ({ version: at + 1 })),
    );
  });

  it('of nonsense is refused, and nothing is made', async () => {
    const faults: Readonly<Record<string, object>> = {
      '/timeZone': { timeZone: 'UTC+2' },
      '/weekend': { weekend: [8] },
      '/holidays': { holidays: ['2026-02-30'] },
      '/holidays twice': { holidays: ['2026-12-25', '2026-12-25'] },
      '/holidays many': { holidays: Array.from({ length: 1001 }, (_, at) => daysFrom('2026-01-01', at)) },
      '/cutOff': { cutOff: '24:00' },
    };
    for (const [pointer, fault] of Object.entries(faults)) {
      const { status, body } = await put({ ...OFFICE, ...fault }, 'NONSENSE');
      const { errors } = body as unknown as { errors: { pointer: string }[] };
      expect([pointer, status, errors[0]!.pointer.split('/')[1]]).toEqual([pointer, 400, /\w+/.exec(pointer)![0]]);
    }
    expect(await rows(`select 1 from business_calendar where code = 'NONSENSE'`)).toEqual([]);
  });
});
