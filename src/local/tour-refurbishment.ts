import { chapter, type Desk, dollars, must } from './tour-desk.js';

interface Order {
  id: string;
  status: string;
  grade: string | null;
  spentMinor: number;
}
interface Unit {
  holding: { disposition: string; costMinor: number };
}

/** What the bench's tool certifies. */
const WIPED = {
  ...{ mediaType: 'EMMC', source: 'Handed in by its owner', method: 'PURGE', technique: 'Cryptographic erase' },
  ...{ tool: 'Security wipe', toolVersion: '10.2', verification: 'TOOL_REPORT', result: 'PASS', operator: 'The bench' },
  ...{ place: 'Back room', destination: 'RESALE', reportSha256: 'cd'.repeat(32) },
};
const LOOKS = {
  ...{ cosmetic: 'B', batteryPct: 84, lockState: 'UNLOCKED', liquidDamage: false, partsOriginal: true },
  ...{ kitComplete: true, warrantyDays: 90 },
};
const ESTIMATE = { labourRateMinor: 3000, estimatedPartsMinor: 0, estimatedMinutes: 30, expectedSaleMinor: 38_400 };

/** The way of a handset from its bag to the shelf, by a work order. @returns what it has cost by then, in cents */
export async function refurbish(office: Desk, unitId: string, acquiredMinor: number): Promise<number> {
  chapter('From the bag to the shelf: repaired, erased, tested, graded');
  const unit = `/v1/stock-units/${unitId}`;
  const stands = ({ holding }: Unit) => `${holding.disposition}, cost ${dollars(holding.costMinor)}`;
  await office.post<Unit>(`${unit}/triage`, {}, stands);
  const said = ({ status }: Order) => `work order: ${status}`;
  const { id } = await office.post<Order>('/v1/refurb-orders', { ...ESTIMATE, unitId }, said);
  const act = (name: string, body: object = {}) => office.post<Order>(`/v1/refurb-orders/${id}/${name}`, body, said);
  await act('start');
  await act('record-labour', { minutes: 20, work: 'Cleaned, new keyboard film' });
  const performedAt = new Date().toISOString();
  await office.post(`${unit}/erasure-certificates`, { ...WIPED, performedAt, toolCertificate: id }, () => 'erased');
  await act('confirm-erasure');
  const tests = await testsOfThePlan(office);
  const report = {
    ...{ tool: 'Tester', toolVersion: '3', operator: 'The bench', station: 'Bench 1', performedAt },
    results: tests.map((test) => ({ test, result: 'PASS' })),
  };
  await office.post(`${unit}/diagnostic-reports`, report, () => `${tests.length} tests passed`);
  await act('confirm-tests');
  const { grade } = await office.post<Order>(
    `/v1/refurb-orders/${id}/grade`,
    LOOKS,
    (order) => `graded ${order.grade}`,
  );
  must(grade === 'GOOD', `The Q10 should be of grade GOOD, and is ${grade}.`);
  await act('close', { outcome: 'REFURBISHED' });
  const shelved = await office.post<Unit>(`${unit}/make-available`, {}, stands);
  must(shelved.holding.costMinor === acquiredMinor + 1000, 'It cost what was paid for it and twenty minutes of work.');
  return shelved.holding.costMinor;
}

async function testsOfThePlan(office: Desk): Promise<string[]> {
  const { items } = await office.get<{ items: { tests: { code: string }[] }[] }>(
    '/v1/test-plans?status=PUBLISHED&limit=1',
    () => 'the plan of tests in force',
  );
  return items[0]!.tests.map(({ code }) => code);
}
