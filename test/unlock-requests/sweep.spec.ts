import { Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  const prepaid = {
    effectiveFrom: '2021-01-12',
    segment: 'PREPAID',
    rules: [{ group: 'BASE' }, { check: 'DAYS_SINCE_ACTIVATION', min: 365 }],
  };
  await desk.publish({ ...prepaid, code: 'AUTO', brand: 'Auto', mode: 'AUTO' });
  await desk.publish({ ...prepaid, code: 'TELL', brand: 'Tell', mode: 'ON_REQUEST', notices: ['AT_ELIGIBILITY'] });
  await desk.publish({ ...prepaid, code: 'SILENT', brand: 'Silent', mode: 'ON_REQUEST' });
});
afterAll(() => desk.shop.close());

interface Sweep {
  id: string;
  state: string;
  seen: number;
  eligible: number;
  requested: number;
  noticed: number;
}

const device = (brand: string, since = '2022-01-01', over: object = {}) =>
  desk.handset({ since, device: { brand, segment: 'PREPAID', ...over } });

async function swept(): Promise<Sweep> {
  const { body } = await desk.office.post<Sweep>('/v1/unlock-sweeps');
  for (;;) {
    const now = await desk.office.get<Sweep>(`/v1/unlock-sweeps/${body.id}`);
    if (now.body.state === 'DONE') return now.body;
    await new Promise((wait) => setTimeout(wait, 50));
  }
}
const counts = ({ seen, eligible, requested, noticed }: Sweep) => ({ seen, eligible, requested, noticed });
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

describe('without anybody asking', () => {
  it('handsets that have become eligible are unlocked or told of, once', async () => {
    const automatic = await Promise.all(Array.from({ length: 5 }, () => device('Auto')));
    const told = await Promise.all(Array.from({ length: 3 }, () => device('Tell')));
    await device('Silent');
    await device('Auto', yesterday);
    const stolen = await device('Auto');
    await desk.block(stolen.imei14);
    expect(counts(await swept())).toEqual({ seen: 11, eligible: 8, requested: 5, noticed: 3 });
    const { rows } = await desk.shop.db.query(
      `select kind, channel, status, stage, count(*)::int as n from unlock_request group by 1, 2, 3, 4`,
    );
    expect(rows).toEqual([{ kind: 'AUTO', channel: 'AUTO', status: 'FULFILLING', stage: 'AWAITING_CODE', n: 5 }]);
    expect(await desk.shop.count(`select count(*) from outbox_event where type = 'device.eligible'`)).toBe(3);
    expect(counts(await swept())).toEqual({ seen: 11, eligible: 3, requested: 0, noticed: 0 });
    expect(await desk.shop.count('select count(*) from unlock_grant')).toBe(automatic.length);
    expect(await desk.shop.count('select count(*) from unlock_eligibility_notice')).toBe(told.length);
  });

  it('two who start it at once share one walk', async () => {
    const started = await Promise.all([1, 2, 3].map(() => desk.office.post<Sweep>('/v1/unlock-sweeps')));
    const ids = new Set(started.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBeLessThanOrEqual(2);
    await swept();
  });

  it('a walk that was broken off goes on from where it was', async () => {
    const { imei14 } = await desk.shop.one<{ imei14: string }>(
      'select imei14 from device_record order by 1 offset 2 limit 1',
    );
    const id = '01900000-0000-7000-8000-00000000000f';
    await desk.shop.make.insert('unlock_sweep', {
      id,
      state: 'RUNNING',
      asked_by: 'test',
      last_imei14: imei14,
      seen: 3,
    });
    for (;;) {
      const { body } = await desk.office.get<Sweep>(`/v1/unlock-sweeps/${id}`);
      if (body.state === 'DONE') return expect(body.seen).toBe(11);
      await new Promise((wait) => setTimeout(wait, 50));
    }
  });
});
