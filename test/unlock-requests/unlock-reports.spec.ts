import { newId } from '../../src/values/id.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { Desk } from './desk.js';

let desk: Desk;
beforeAll(async () => (desk = await Desk.open()));
afterAll(() => desk.shop.close());

type Row = Record<string, unknown>;

describe('the report of a month', () => {
  let serial = 0;
  const FAR = '2099-01-01T05:00:00Z';
  const past = (over: Row) =>
    desk.shop.make.insert('unlock_request', {
      ...{ id: newId(), number: `REPORT-${++serial}`, kind: 'OUTBOUND', scope: 'PERMANENT', channel: 'WEB' },
      ...{ imei14: `4444444444${1000 + serial}`, device_imei14: `4444444444${1000 + serial}`, made_by: 'report' },
      ...{ language: 'en', disclosure: 'OWNER', submitted_at: over['received_at'], resolve_by: FAR, reasons: [] },
      ...over,
    });
  const report = async (month: string, by = desk.office) => {
    const { status, body } = await by.get(`/v1/unlock-reports/${month}`);
    expect(status).toBe(200);
    return body;
  };
  let store: string;

  beforeAll(async () => {
    store = await desk.shop.make.location();
    const FEBRUARY = { received_at: '2020-02-01T05:00:00Z', respond_by: '2020-02-05T05:00:00Z' };
    await past({ ...FEBRUARY, status: 'COMPLETED', responded_at: '2020-02-01T15:00:00Z' });
    await past({
      ...{ status: 'DENIED', reasons: ['MIN_SERVICE_NOT_MET', 'BALANCE_REMAINING'], location_id: store },
      ...{ submitted_at: '2020-02-02T00:00:00Z', received_at: '2020-02-02T02:00:00Z' },
      ...{ respond_by: '2020-02-05T05:00:00Z', responded_at: '2020-02-02T22:00:00Z' },
    });
    await past({
      ...{ status: 'DENIED', reasons: ['BALANCE_REMAINING'], submitted_at: '2020-03-01T02:59:59Z' },
      ...{ received_at: '2020-03-01T04:59:59Z', respond_by: '2020-03-04T05:00:00Z' },
      responded_at: '2020-03-02T10:59:59Z',
    });
    await past({
      ...{ status: 'COMPLETED', location_id: store, received_at: '2020-02-10T15:00:00Z' },
      ...{ respond_by: '2020-02-13T05:00:00Z', responded_at: '2020-02-14T15:00:00Z' },
    });
    const OPEN = { received_at: '2020-02-20T15:00:00Z', respond_by: '2020-02-25T05:00:00Z' };
    await past({ ...OPEN, status: 'UNDER_REVIEW', resolve_by: '2020-03-06T05:00:00Z' });
    await past({ ...OPEN, status: 'CANCELLED' });
    await past({ ...OPEN, status: 'FULFILLING', responded_at: '2020-02-22T07:00:00Z', extensions: 2 });
    await past({ ...FEBRUARY, status: 'COMPLETED', received_at: '2020-02-01T04:59:59Z' });
    await past({ ...FEBRUARY, status: 'COMPLETED', received_at: '2020-03-01T05:00:00Z' });
  });

  it('counts what was received in it, by the clock of the office', async () => {
    expect(await report('2020-02')).toEqual({
      ...{ month: '2020-02', timeZone: 'America/New_York', received: 7, answered: 5, answeredInTime: 4 },
      inTimePercent: 66.7,
      byOutcome: [
        { status: 'COMPLETED', count: 2 },
        { status: 'DENIED', count: 2 },
        { status: 'CANCELLED', count: 1 },
        { status: 'FULFILLING', count: 1 },
        { status: 'UNDER_REVIEW', count: 1 },
      ],
      byReason: [
        { reason: 'BALANCE_REMAINING', count: 2 },
        { reason: 'MIN_SERVICE_NOT_MET', count: 1 },
      ],
      fromReceipt: { medianHours: 30, p90Hours: 73.6 },
      fromSubmission: { medianHours: 32, p90Hours: 73.6 },
      ...{ extensions: 2, responseBreaches: 2, resolutionBreaches: 1, open: 2 },
    });
    expect(await report('2020-01')).toMatchObject({ received: 1, answered: 0 });
    expect(await report('2020-03')).toMatchObject({ received: 1 });
  });

  it('tells a store of its own', async () => {
    const claims = { sub: 'manager-1', role: 'ASSOCIATE', scope: 'reports:read', store_id: store };
    expect(await report('2020-02', await desk.shop.as(claims))).toMatchObject({
      ...{ received: 2, answered: 2, answeredInTime: 1, inTimePercent: 50, responseBreaches: 1, open: 0 },
      fromReceipt: { medianHours: 58, p90Hours: 88.4 },
    });
    const elsewhere = await desk.shop.as({ ...claims, store_id: await desk.shop.make.location() });
    expect(await report('2020-02', elsewhere)).toMatchObject({ received: 0, byOutcome: [], byReason: [] });
  });

  it('of nothing says so, and of no month is refused', async () => {
    expect(await report('1999-12')).toEqual({
      ...{ month: '1999-12', timeZone: 'America/New_York', received: 0, answered: 0, answeredInTime: 0 },
      ...{ inTimePercent: null, byOutcome: [], byReason: [] },
      fromReceipt: { medianHours: null, p90Hours: null },
      fromSubmission: { medianHours: null, p90Hours: null },
      ...{ extensions: 0, responseBreaches: 0, resolutionBreaches: 0, open: 0 },
    });
    for (const month of ['2026-13', '2026-1', '1969-12', '2026-11-01', 'today']) {
      expect([month, (await desk.office.get(`/v1/unlock-reports/${month}`)).status]).toEqual([month, 400]);
    }
    const without = await desk.shop.as({ ...BACK_OFFICE, scope: 'unlock-requests:read' });
    expect((await without.get('/v1/unlock-reports/2020-02')).status).toBe(403);
  });
});
