import { TEST_PLAN_2026_1 } from '../../migrations/bench-standards.js';
import type { Answer, Client } from '../support/client.js';
import type { MadeSku } from '../support/make.js';
import type { Shop } from '../support/shop.js';
import { ERASED } from '../support/unit-on-shelf.js';
import type { TradeInDesk } from './handed-in.js';

export interface Order {
  id: string;
  /** Of a refusal. */
  code?: string;
  status: string;
  heldFrom: string | null;
  acquisitionMinor: number;
  estimatedMinor: number;
  spentMinor: number;
  labourMinutes: number;
  berProposed: boolean;
  approvedBy: string | null;
  outcome: string | null;
  grade: string | null;
  parts: { id: string; skuId: string; quantity: number; unitCostMinor: number; status: string }[];
  possibleActs: string[];
  version: number;
}

/** An hour costs $30; keyboard and battery are estimated at $12 and half an hour. */
export const PLANNED = {
  labourRateMinor: 3000,
  estimatedPartsMinor: 1200,
  estimatedMinutes: 30,
  expectedSaleMinor: 38_400,
};
export const GRADING = {
  ...{ cosmetic: 'B', batteryPct: 100, lockState: 'UNLOCKED', liquidDamage: false, partsOriginal: true },
  ...{ kitComplete: true, warrantyDays: 90 },
};

/** A report of all tests of the first plan: passed, but for those named. */
export const reportOf = (over: Readonly<Record<string, string>> = {}) => ({
  ...{ tool: 'Tester', toolVersion: '3', operator: 'Ann Other', station: 'Bench 2' },
  performedAt: new Date().toISOString(),
  results: TEST_PLAN_2026_1.tests.map(({ code }) => ({ test: code, result: over[code] ?? 'PASS' })),
});

export interface Bench {
  locationId: string;
  sku: MadeSku;
  unitId: string;
  holdingId: string;
  partSkuId: string;
  office: Client;
  /** Opens an order on the handset. */
  open(over?: object): Promise<Answer<Order>>;
  act(orderId: string, name: string, body?: object, client?: Client): Promise<Answer<Order>>;
  certify(over?: object): Promise<Answer>;
  report(over?: Readonly<Record<string, string>>): Promise<Answer<{ functional: number | null; untested: string[] }>>;
  /** What the handset stands in the books for. */
  cost(): Promise<number>;
  unit(): Promise<{ holding: Record<string, unknown>; version: number }>;
}

/** A refurbishment centre with a Q10 that was bought for $20.00 and stands in triage, and three batteries. */
export async function bench(
  shop: Shop,
  desk: TradeInDesk,
  over: { triage?: boolean; parts?: number } = {},
): Promise<Bench> {
  const locationId = await shop.make.location({ kind: 'REFURB_CENTRE' });
  const sku = await shop.make.sku();
  const part = await shop.make.accessory();
  await shop.make.bulk(part.skuId, locationId, over.parts ?? 3);
  const { unitId, holdingId } = await desk.handedIn(sku, locationId, { costMinor: 2000 });
  const office = await shop.backOffice();
  const at = `/v1/stock-units/${unitId}`;
  if (over.triage !== false) expect((await office.post(`${at}/triage`)).status).toBe(200);
  return {
    ...{ locationId, sku, unitId, holdingId, partSkuId: part.skuId, office },
    open: (more = {}) => office.post<Order>('/v1/refurb-orders', { ...PLANNED, unitId, ...more }),
    act: (id, name, body = {}, client = office) => client.post<Order>(`/v1/refurb-orders/${id}/${name}`, body),
    certify: (more = {}) =>
      office.post(`${at}/erasure-certificates`, { ...ERASED, performedAt: new Date().toISOString(), ...more }),
    report: (more) => office.post(`${at}/diagnostic-reports`, reportOf(more)),
    cost: () => shop.count('select cost_minor from stock_holding where id = $1', [holdingId]),
    unit: async () => (await office.get<{ holding: Record<string, unknown>; version: number }>(at)).body,
  };
}
