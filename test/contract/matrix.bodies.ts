import { ERASED } from '../support/unit-on-shelf.js';
import type { ApiDocument, Route, Schema } from './document.js';
import { typesOf } from './document.js';
import type { World } from './world.js';
import { DOWNSTREAM, GRADING, PLAN, PROFILE, REPORT } from './world.refurbishment.js';
import { ENTITLEMENT } from './world.entitlements.js';
import { TINY_PICTURE } from './world.photographs.js';

/** A request that the API document allows, about things of the own store. */
export interface Asked {
  query: Record<string, string>;
  body?: unknown;
  raw?: string | Buffer;
  type?: string;
}

/** What a schema cannot say: fields of which one is needed, and values that must go together. */
const TOGETHER: Readonly<Record<string, (world: World) => unknown>> = {
  reserveStock: ({ known }) => ({
    purpose: 'POS_BASKET',
    locationId: known['locationId']![0],
    lines: [{ skuId: known['skuId']![0] }],
  }),
  sellStock: ({ known }) => ({
    terms: 'FULL',
    currency: 'USD',
    locationId: known['locationId']![0],
    lines: [{ identifier: known['identifier']!.at(-1) }],
  }),
  receiveStock: ({ known }) => ({
    reference: 'delivery-2',
    supplier: 'Maker',
    locationId: known['locationId']![0],
    pieces: [{ skuId: known['skuId']![1], quantity: 1 }],
  }),
  adjustBulkStock: ({ known }) => ({
    locationId: known['locationId']![0],
    skuId: known['skuId']![1],
    change: 1,
    reason: 'FOUND',
  }),
  handOverSale: ({ known }) => ({ identifiers: [known['identifier']!.at(-1)] }),
  addSku: ({ known }) => ({
    code: 'NEW-SKU',
    kind: 'DEVICE',
    variantId: known['variantId']![0],
    condition: 'NEW',
  }),
  createLocation: () => ({
    code: 'NEW-1',
    kind: 'STORE',
    name: 'New',
    country: 'US',
    timeZone: 'America/New_York',
    latitude: 1,
    longitude: 1,
  }),
  setSkuChannels: ({ known }) => ({ locationId: known['locationId']![0], channels: ['IN_STORE'] }),
  changeDeviceModel: () => ({ aliases: ['Ten'] }),
  changeLocation: () => ({ name: 'Another name' }),
  recordUnlockCode: () => ({ codeType: 'NCK', code: '01234567', source: 'A letter' }),
  // Caps that nothing of the matrix spends.
  setUnlockCap: () => ({ scope: 'STORE', action: 'RESEND', span: 'DAY', hard: 100 }),
  setUnlockRecipe: () => ({
    ...{ brand: 'Palm', method: 'CODE', attemptsShown: true, codes: [{ type: 'NCK', lengths: [12] }] },
    ...{ stepsEn: ['Dial'], stepsEs: ['Marque'] },
  }),
  addDeviceVariant: () => ({ makerCode: 'SQN100-9', storageGb: 16, colour: 'White' }),
  createDeviceModel: () => ({ brand: 'BlackBerry', name: 'Passport' }),
  createAccount: () => ({ number: 'NEW-1', currency: 'USD', customerSince: '2014-01-02' }),
  addAccountLine: () => ({ number: 'NEW-1-1', activatedOn: '2014-01-02' }),
  recordLinePayment: () => ({
    ...{ kind: 'MONTHLY', amountMinor: 5000, currency: 'USD', paidOn: '2014-02-01', externalReference: 'NEW-1' },
  }),
  barSeller: ({ ids }) => ({ tradeInId: ids['/v1/trade-ins']![0], reason: 'Sold stolen ones' }),
  checkBlockLists: ({ known }) => ({ identifiers: [known['identifier']![0]] }),
  draftUnlockPolicy: () => ({ ...UNLOCK_POLICY, code: 'NEW-1' }),
  reviseUnlockPolicy: () => ({ ...UNLOCK_POLICY, code: 'NEW-2' }),
  proposeUnlockEntitlement: () => ({ ...ENTITLEMENT, code: 'NEW-1' }),
  denyUnlockRequest: () => ({ reasons: ['FRAUD_REVIEW'], note: 'Not theirs' }),
  askUnlockDocuments: () => ({ documents: ['PASSPORT'], note: 'Who is it' }),
  quoteTradeIn: ({ bodies }) => bodies['quoteTradeIn']![0],
  acceptTradeInQuote: ({ bodies }) => bodies['acceptTradeInQuote']![0],
  handOverTradeIn: ({ bodies }) => bodies['handOverTradeIn']![0],
  dockTradeIn: ({ bodies }) => bodies['dockTradeIn']![0],
  inspectTradeIn: ({ bodies }) => bodies['inspectTradeIn']![0],
  counterOfferTradeIn: ({ bodies }) => bodies['counterOfferTradeIn']![0],
  confirmTradeInPayout: ({ bodies }) => bodies['confirmTradeInPayout']![0],
  failTradeInPayout: ({ bodies }) => bodies['failTradeInPayout']![0],
  suspendTradeIn: () => ({ reason: 'LOCK_ON_RECEIVED' }),
  rejectTradeIn: () => ({ reason: 'COUNTERFEIT' }),
  draftTradeInRule: ({ bodies }) => bodies['draftTradeInRule']![0],
  reviseTradeInRule: ({ bodies }) => bodies['reviseTradeInRule']![0],
  recordErasureCertificate: () => ERASED,
  recordDiagnosticReport: () => ({ ...REPORT, performedAt: ERASED.performedAt }),
  gradeRefurbOrder: () => GRADING,
  // No part of it: the order has been given up by then.
  useRefurbPart: ({ ids }) => ({ partId: ids['/v1/refurb-orders']![0] }),
  draftGradeProfile: () => ({ ...PROFILE, code: 'NEW-1' }),
  draftTestPlan: () => ({ ...PLAN, code: 'NEW-1' }),
  wholesaleStockUnit: () => DOWNSTREAM,
  harvestStockUnit: () => DOWNSTREAM,
  recycleStockUnit: () => DOWNSTREAM,
  inspectStockUnit: () => ({
    cosmetic: 'B',
    functional: 0,
    lockState: 'UNLOCKED',
    liquidDamage: false,
    partsOriginal: true,
    erasure: 'PASS',
    erasureCertificate: 'certificate-1',
    kitComplete: true,
  }),
};

const UNLOCK_POLICY = {
  ...{ jurisdiction: 'US', segment: 'ANY', effectiveFrom: '2030-01-01', mode: 'ON_REQUEST' },
  ...{ timeZone: 'America/New_York', calendar: 'US-FEDERAL', rules: [{ check: 'NOT_BLOCKED' }] },
};

/** Filters that are needed although the document cannot say so. */
const NEEDED_QUERY: Readonly<Record<string, readonly string[]>> = {
  findStock: ['skuId', 'locationId'],
};

const PAPER = '%PDF-1.4 test';
const FILE = 'sku,location,channels\nNO-SUCH-SKU,*,IN_STORE\n';

const resolve = (document: ApiDocument, schema: Schema): Schema => {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return ref ? document.components.schemas[ref.replace('#/components/schemas/', '')]! : schema;
};

/** The plainest value that a schema allows: what is required and no more. */
function plainest(document: ApiDocument, world: World, given: Schema, name: string): unknown {
  const schema = resolve(document, given);
  const known = world.known[name]?.[0];
  if (schema.enum) return schema.enum[0];
  const types = typesOf(schema);
  if (types.includes('string')) return known ?? schema.example ?? ofFormat(schema);
  if (types.includes('integer') || types.includes('number')) {
    return Math.max(schema.minimum ?? 0, Math.min(1, schema.maximum ?? 1));
  }
  if (types.includes('boolean')) return true;
  if (types.includes('array')) {
    return Array.from({ length: schema.minItems ?? 0 }, () => plainest(document, world, schema.items!, name));
  }
  return Object.fromEntries(
    (schema.required ?? []).map((field) => [field, plainest(document, world, schema.properties![field]!, field)]),
  );
}

function ofFormat({ format, minLength = 0 }: Schema): string {
  if (format === 'date') return '2030-01-01';
  if (format === 'date-time') return '2030-01-01T00:00:00Z';
  return 'a'.repeat(Math.max(minLength, 1));
}

/** The plainest request that proves whether a caller may. */
export function plainRequest(document: ApiDocument, world: World, { operation }: Route): Asked {
  const needed = NEEDED_QUERY[operation.operationId] ?? [];
  const query = (operation.parameters ?? [])
    .filter(
      ({ in: place, name, required }) =>
        place === 'query' && (required || needed.includes(name) || name === 'locationId'),
    )
    .map(({ name, schema }) => [name, String(plainest(document, world, schema, name))]);
  const content = operation.requestBody?.content ?? {};
  const asked: Asked = { query: Object.fromEntries(query) as Record<string, string> };
  if (content['text/csv']) {
    return { ...asked, raw: FILE, type: 'text/csv', query: { ...asked.query, kind: 'CHANNELS' } };
  }
  if (content['application/pdf']) return { ...asked, raw: PAPER, type: 'application/pdf', query: { type: 'PASSPORT' } };
  if (content['image/webp']) return { ...asked, raw: TINY_PICTURE, type: 'image/png' };
  const schema = content['application/json']?.schema;
  if (!schema) return asked;
  const body = TOGETHER[operation.operationId]?.(world) ?? plainest(document, world, schema, '');
  return { ...asked, body, type: 'application/json' };
}
