import { reportOf } from '../stock/bench.js';
import type { MadeSku } from '../support/make.js';
import type { Shop } from '../support/shop.js';
import { BACK_OFFICE } from '../support/tokens.js';
import { ERASED } from '../support/unit-on-shelf.js';

export const REPORT = { ...reportOf(), batteryPct: 95 };
export const GRADING = {
  ...{ cosmetic: 'B', batteryPct: 88, lockState: 'UNLOCKED', liquidDamage: false, partsOriginal: true },
  ...{ kitComplete: true, warrantyDays: 90, disclosure: 'None' },
};
export const DOWNSTREAM = {
  ...{ vendor: 'Second Life Inc.', scheme: 'R2V3', certificate: 'R2-77', leftOn: '2026-11-20' },
  ...{ documentReference: 'Manifest 9', sealedBag: 'BAG-9', proceedsMinor: 900 },
};
export const PROFILE = { grades: [{ grade: 'GOOD', cosmetic: ['A', 'B'], batteryPct: 80, functional: 1 }] };
export const PLAN = { tests: [{ code: 'POWER_AND_BOOT', need: 'MUST', scope: 'ALWAYS', fault: 8 }] };
const ORDER = { labourRateMinor: 3000, estimatedPartsMinor: 500, estimatedMinutes: 30, expectedSaleMinor: 38_400 };

/** How orders of the world stand: some for each kind of act. */
const STANDINGS = [
  ...['PLANNED', 'IN_PROGRESS', 'ERASED', 'TESTED', 'GRADED', 'ON_HOLD', 'REWORK', 'IN_PROGRESS'],
] as const;

interface Place {
  locationId: string;
  sku: MadeSku;
  /** A part that there is plenty of. */
  partSkuId: string;
}

/** Handsets in triage, work orders at each station of their life, proofs, and versions that nobody has published yet. */
export async function refurbishing(shop: Shop, place: Place, count: number) {
  const { make } = shop;
  // Somebody else than those who act: what takes two people takes one more.
  const office = await shop.as({ ...BACK_OFFICE, sub: 'back-office-2' });
  const done = async (answer: Promise<{ status: number; text: string; body: unknown }>): Promise<string> => {
    const { status, text, body } = await answer;
    if (status > 201) throw new Error(`The world cannot be made: ${text}`);
    return (body as { id: string }).id;
  };
  const made = { orders: [] as string[], parts: [] as string[], certificates: [] as string[], reports: [] as string[] };
  const [profiles, plans, records, triaged]: string[][] = [[], [], [], []];
  const inTriage = async () => (await make.unit(place.sku, place.locationId, { disposition: 'TRIAGE' })).unitId;
  for (let at = 0; at < count; at++) {
    const unitId = await inTriage();
    const id = await done(
      office.post('/v1/refurb-orders', { ...ORDER, unitId, expectedSaleMinor: at % 8 === 7 ? 1 : 38_400 }),
    );
    made.orders.push(id);
    const performedAt = new Date().toISOString();
    const unit = `/v1/stock-units/${unitId}`;
    made.certificates.push(await done(office.post(`${unit}/erasure-certificates`, { ...ERASED, performedAt })));
    made.reports.push(await done(office.post(`${unit}/diagnostic-reports`, { ...REPORT, performedAt })));
    const wanted = { parts: [{ skuId: place.partSkuId, quantity: 1, unitCostMinor: 250 }] };
    if (at % STANDINGS.length === 1) {
      await done(office.post(`/v1/refurb-orders/${id}/reserve-parts`, wanted));
      const order = await office.get<{ parts: { id: string }[] }>(`/v1/refurb-orders/${id}`);
      made.parts.push(order.body.parts[0]!.id);
    }
    await stand(shop, id, STANDINGS[at % STANDINGS.length]!);
    profiles!.push(await done(office.post('/v1/grade-profiles', { ...PROFILE, code: `DRAFT-${at}` })));
    plans!.push(await done(office.post('/v1/test-plans', { ...PLAN, code: `DRAFT-${at}` })));
    triaged!.push(await inTriage());
  }
  records!.push(await done(office.post(`/v1/stock-units/${await inTriage()}/recycle`, DOWNSTREAM)));
  const at = (standing: number) => made.orders.filter((_, n) => n % STANDINGS.length === standing);
  const pools = { useRefurbPart: at(1), gradeRefurbOrder: at(3), approveRefurbOrder: at(7) };
  return {
    ...made,
    pools: count > 1 ? pools : {},
    profiles: profiles!,
    plans: plans!,
    records: records!,
    triaged: triaged!,
  };
}

/** As an order would stand after acts that others have done; its tests came to no fault. */
async function stand(shop: Shop, orderId: string, status: string): Promise<void> {
  await shop.db.query(
    `with stood as (
       update refurb_order set status = $2, held_from = case when $2 = 'ON_HOLD' then 'IN_PROGRESS' end,
         started_at = case when $2 <> 'PLANNED' then opened_at end
       where id = $1 returning holding_id
     )
     update stock_holding set functional = 0 from stood where id = stood.holding_id`,
    [orderId, status],
  );
}

/** Right bodies, by operation. */
export function refurbBodies(
  made: Awaited<ReturnType<typeof refurbishing>>,
  partSkuId: string,
): Record<string, unknown[]> {
  const now = new Date().toISOString();
  const codes = <T>(make: (at: number) => T) => Array.from({ length: 100 }, (_, at) => make(at));
  return {
    openRefurbOrder: made.triaged.map((unitId) => ({ ...ORDER, unitId })),
    reserveRefurbParts: [{ parts: [{ skuId: partSkuId, quantity: 1, unitCostMinor: 250 }] }],
    useRefurbPart: made.parts.map((partId) => ({ partId })),
    gradeRefurbOrder: [GRADING],
    recordErasureCertificate: [{ ...ERASED, performedAt: now }],
    // Of all tests, and of the one that is left once somebody has published the plan of this world.
    recordDiagnosticReport: [
      { ...REPORT, performedAt: now },
      { ...REPORT, performedAt: now, results: [{ test: 'POWER_AND_BOOT', result: 'PASS' }] },
    ],
    wholesaleStockUnit: [DOWNSTREAM],
    harvestStockUnit: [DOWNSTREAM],
    recycleStockUnit: [DOWNSTREAM],
    draftGradeProfile: codes((at) => ({ ...PROFILE, code: `X-${at}` })),
    draftTestPlan: codes((at) => ({ ...PLAN, code: `X-${at}` })),
  };
}
