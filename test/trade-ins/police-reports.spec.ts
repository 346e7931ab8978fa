import { createHash } from 'node:crypto';
import { tablesShowing } from '../support/plain-text.js';
import { done, SELLER, TradeDesk } from './trade-desk.js';
import { sampleRule } from './trade-rules.js';

interface Report {
  id: string;
  tradeInId: string;
  register: string;
  status: string;
  receivedAt: string;
  dueAt: string;
  overdue: boolean;
  batchId: string | null;
  sentAt: string | null;
}
interface Batch {
  id: string;
  reports: number;
  sha256: string;
  erased: boolean;
  code?: string;
}

let desk: TradeDesk;
/** The same carrier's store in California, where the police are told within a day and then have seven. */
let california: TradeDesk;
beforeAll(async () => {
  desk = await TradeDesk.open();
  const { shop, dockId, q10, people } = desk;
  const storeId = await shop.make.location({ region: 'CA', code: 'CA-77', time_zone: 'America/Los_Angeles' });
  await desk.publish(sampleRule('LAW-US-CA'));
  const till = await shop.associate(storeId, 'associate-7');
  california = new TradeDesk(shop, storeId, dockId, q10, { ...people, till });
});
afterAll(() => desk.shop.close());

let imeis = 0;
const bought = (over: object = {}) =>
  california.received({ imei: desk.imei(), accept: { seller: { ...SELLER, paperNumber: `CA${++imeis}`, ...over } } });
const reports = async (query = '') =>
  (await desk.people.office.get<{ items: Report[] }>(`/v1/police-reports?${query}`)).body.items;
const give = (format = 'CSV', by = desk.people.office) =>
  by.post<Batch>('/v1/police-reports/export', { register: 'CAPSS', format });
const file = (id: string, by = desk.people.office) => by.post(`/v1/police-report-batches/${id}/read`);
const hold = (unitId: string | null) =>
  desk.shop.one<{ until: Date | null } | undefined>(
    `select until from unit_encumbrance where unit_id = $1 and kind = 'LEGAL_HOLD' and lifted_at is null`,
    [unitId],
  );
const DAY_MS = 86_400_000;

describe('a purchase in California', () => {
  it('waits to be told to the police, and the handset is kept until it is and seven days more', async () => {
    const { trade, imei } = await bought({ name: '=Ada "X" Seller' });
    const [waiting] = await reports('register=CAPSS&status=QUEUED');
    expect(waiting).toMatchObject({ tradeInId: trade.id, register: 'CAPSS', overdue: false, batchId: null });
    expect(Date.parse(waiting!.dueAt) - Date.parse(waiting!.receivedAt)).toBe(DAY_MS);
    expect((await hold(trade.unitId))!.until).toBeNull();
    const given = await give();
    expect([given.status, given.body.reports]).toEqual([201, 1]);
    const [told] = await reports('status=SENT');
    expect(told).toMatchObject({ tradeInId: trade.id, batchId: given.body.id });
    expect((await hold(trade.unitId))!.until!.getTime() - Date.parse(told!.sentAt!)).toBeGreaterThan(7 * DAY_MS - 1000);
    const first = await file(given.body.id);
    const again = await file(given.body.id, desk.people.second);
    expect(again.text).toBe(first.text);
    expect(createHash('sha256').update(first.text).digest('hex')).toBe(given.body.sha256);
    expect([first.headers.get('content-disposition'), first.headers.get('cache-control')]).toEqual([
      ...['attachment; filename="police-reports.csv"', 'no-store'],
    ]);
    const [head, row, ...rest] = first.text.split('\r\n');
    expect([head!.startsWith('transaction,receivedAt'), rest]).toEqual([true, ['']]);
    for (const shown of [imei, 'BlackBerry', 'Q10', 'America/Los_Angeles', 'CA-77', SELLER.bornOn, 'DRIVING_LICENCE']) {
      expect(row).toContain(shown);
    }
    expect(row).toContain(`"'=Ada ""X"" Seller"`);
    const audited = `select count(*) from history where subject_id = $1 and act = 'readPoliceReportBatch' and chain is not null`;
    expect(await desk.shop.count(audited, [given.body.id])).toBe(2);
    expect(await tablesShowing(desk.shop.db, 'Ada "X"')).toEqual([]);
  });

  it('is told once, also when two tell it at once, and under one key the same', async () => {
    const trades = [await bought(), await bought(), await bought()];
    const answers = await Promise.all([give('CSV'), give('XML', desk.people.second), give('CSV', desk.people.second)]);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.reduce((sum, { body }) => sum + body.reports, 0)).toBe(3);
    for (const { status, body } of answers) {
      if (status !== 201) expect(['NOTHING_TO_REPORT', 'STILL_RUNNING']).toContain(body.code);
    }
    const files = await Promise.all(made.map(async ({ body }) => (await file(body.id)).text));
    for (const { imei } of trades) expect(files.filter((text) => text.includes(imei))).toHaveLength(1);
    const key = 'export-once-000001';
    const { trade } = await bought();
    const one = await desk.people.office.post<Batch>(
      '/v1/police-reports/export',
      { register: 'CAPSS', format: 'XML' },
      { key },
    );
    const other = await desk.people.office.post<Batch>(
      '/v1/police-reports/export',
      { register: 'CAPSS', format: 'XML' },
      { key },
    );
    expect([other.text, other.headers.get('idempotent-replayed')]).toEqual([one.text, 'true']);
    expect((await file(one.body.id)).text).toContain('<report>');
    expect((await reports('status=SENT'))[0]!.tradeInId).toBe(trade.id);
    expect((await give()).body.code).toBe('NOTHING_TO_REPORT');
  });

  it('that is late is told to be', async () => {
    const { trade } = await bought();
    await desk.shop.db.query('alter table police_report disable trigger police_report_keeps');
    await desk.shop.db.query(`update police_report set due_at = now() - interval '1 hour' where trade_in_id = $1`, [
      trade.id,
    ]);
    await desk.shop.db.query('alter table police_report enable trigger police_report_keeps');
    expect((await reports('overdue=true')).map(({ tradeInId }) => tradeInId)).toEqual([trade.id]);
    await done(give());
    expect(await reports('overdue=true')).toEqual([]);
  });

  it('is let go early on the word of the authority, once', async () => {
    const { trade } = await bought();
    await done(give());
    const [{ id }] = (await reports(`status=SENT`)) as [Report];
    const release = () =>
      desk.people.office.post<Batch>(`/v1/police-reports/${id}/release`, { authority: 'SFPD, Sgt. Lee' });
    expect((await release()).status).toBe(200);
    expect(await hold(trade.unitId)).toBeUndefined();
    expect((await release()).body.code).toBe('WRONG_STATE');
    expect(
      await desk.shop.count(`select count(*) from history where subject_id = $1 and act = 'releaseHold'`, [trade.id]),
    ).toBe(1);
  });

  it('is never told otherwise: what was written stays', async () => {
    await bought();
    await done(give());
    for (const change of [
      `update police_report_batch set register = 'RAPID'`,
      'delete from police_report_batch',
      `update police_report set register = 'RAPID'`,
      'delete from police_report',
    ]) {
      await expect(desk.shop.db.query(change)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it('is nobody’s business at a till', async () => {
    const manager = await desk.shop.as({
      ...{ sub: 'manager', role: 'ASSOCIATE', store_id: california.storeId },
      scope: 'police-reports:read police-reports:export',
    });
    expect((await california.people.till.get('/v1/police-reports')).status).toBe(403);
    expect((await manager.get<Batch>('/v1/police-reports')).body.code).toBe('NOT_FOR_TILLS');
    expect((await give('CSV', manager)).body.code).toBe('NOT_FOR_TILLS');
  });

  it('elsewhere is told to nobody', async () => {
    const { trade } = await desk.received();
    expect(await desk.shop.count('select count(*) from police_report where trade_in_id = $1', [trade.id])).toBe(0);
    expect(await hold(trade.unitId)).toBeUndefined();
  });
});
