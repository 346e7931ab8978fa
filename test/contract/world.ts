import { imeiOf15 } from '../../src/values/check-digits.js';
import type { Client } from '../support/client.js';
import { BACK_OFFICE, type Claims, CUSTOMER, associateOf, provedNow } from '../support/tokens.js';
import { openShop, type Shop } from '../support/shop.js';
import type { Route } from './document.js';
import { ENTITLEMENT, entitled } from './world.entitlements.js';
import { sellerThings } from './world.sellers.js';
import { tradeIns } from './world.trade-ins.js';
import { refurbBodies, refurbishing } from './world.refurbishment.js';
import { UNLOCK_POLICY, unlocking } from './world.unlocking.js';
import { strangerBodies } from './world.strangers.js';

const IMPORT_FILE = 'sku,location,channels\nNO-SUCH-SKU,*,IN_STORE\n';

/** A carrier with two stores and at least one of everything in the first, all of it made through the API or as it would. */
export interface World {
  shop: Shop;
  /** Bearer tokens by kind of caller. */
  tokens: Readonly<Record<CallerKind, string | undefined>>;
  /** Known values by the name of a field, the present ones first. */
  known: Readonly<Record<string, readonly string[]>>;
  /** Ids that stand in paths, by the path up to the id. */
  ids: Readonly<Record<string, readonly string[]>>;
  /** The same for those who act at random: the shop goes on when these are spoilt. */
  targets: Readonly<Record<string, readonly string[]>>;
  /** Of these the ones that an operation can do something with, by operation, where those are few. */
  pools: Readonly<Record<string, readonly string[]>>;
  /** Bodies that are right in every respect, by operation. */
  bodies: Readonly<Record<string, readonly unknown[]>>;
  close(): Promise<void>;
}

/** `other-all` is a caller bound to another store who has every right there is. */
export const CALLERS = ['stranger', 'customer', 'own', 'other', 'other-all', 'back-office'] as const;
export type CallerKind = (typeof CALLERS)[number];

/** The part of a path before its id: `/v1/sales/{id}/return` is about something under `/v1/sales`. */
export const idPrefix = ({ path }: Pick<Route, 'path'>): string | undefined =>
  path.includes('{') ? path.slice(0, path.indexOf('/{')) : undefined;

async function callers(shop: Shop, own: string, other: string): Promise<World['tokens']> {
  // All of them have shown a second factor just now.
  const signed = (claims: Claims) => shop.token({ ...claims, ...provedNow() });
  return {
    stranger: undefined,
    customer: await signed(CUSTOMER),
    own: await signed(associateOf(own)),
    other: await signed(associateOf(other, 'associate-2')),
    'other-all': await signed({ ...BACK_OFFICE, sub: 'manager-2', role: 'ASSOCIATE', store_id: other }),
    'back-office': await signed(BACK_OFFICE),
  };
}

const idOf = (answer: { status: number; body: unknown; text: string }): string => {
  const { id } = answer.body as { id?: string };
  if (answer.status > 202 || !id) throw new Error(`The world cannot be made: ${answer.text}`);
  return id;
};

export async function openWorld(env: Readonly<Record<string, string>> = {}, size: Size = SMALL): Promise<World> {
  const shop = await openShop({ RATE_LIMIT_PER_MINUTE: '100000000', ...env });
  try {
    return await furnished(shop, size);
  } catch (failed) {
    await shop.close();
    throw failed;
  }
}

/** How much there is of it: enough for one call each, or for many at random. */
interface Size {
  units: number;
  spare: number;
}
const FEW = 3;
const SMALL: Size = { units: 20, spare: 1 };

const times = async <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
};

async function furnished(shop: Shop, { units: count, spare }: Size): Promise<World> {
  const { make } = shop;
  // All strangers of a spec come from one address, and ask about a few handsets.
  await shop.db.query('update unlock_cap set soft = null, hard = 1000000');
  const own = await make.location();
  const other = await make.location();
  const spareLocations = await times(spare, () => make.location());
  const sku = await make.sku();
  // Some at each station, so that every act finds something to act on.
  const spareSkus = await times(spare, (at) => make.sku({ model: { lifecycle: at % 2 ? 'ANNOUNCED' : 'ON_SALE' } }));
  const accessory = await make.accessory();
  await make.bulk(accessory.skuId, own, 1_000_000);
  const units = await make.units(sku, own, count);
  const spareUnits = await times(spare * 3, (at) =>
    make.unit(sku, own, { disposition: at % 2 ? 'INSPECTION' : 'AVAILABLE' }),
  );
  const associate = await shop.associate(own);
  const backOffice = await shop.backOffice();
  const sale = (imei: string) => ({ lines: [{ identifier: imei }], terms: 'FULL', currency: 'USD' });
  const soldUnits = units.splice(0, spare);
  const free = units[0]!;
  const sales = await times(spare, async (at) => idOf(await associate.post('/v1/sales', sale(soldUnits[at]!.imei))));
  for (const [at, id] of sales.entries()) {
    if (at % 3 === 1) await associate.post(`/v1/sales/${id}/hand-over`, { identifiers: [soldUnits[at]!.imei] });
  }
  const hold = { purpose: 'POS_BASKET', lines: [{ skuId: sku.skuId }], customerReference: 'order-1' };
  const reservations = await times(spare, async () => idOf(await associate.post('/v1/reservations', hold)));
  const delivery = { reference: 'delivery-1', supplier: 'Maker', pieces: [{ skuId: accessory.skuId, quantity: 5 }] };
  const receiptId = idOf(await associate.post('/v1/receipts', delivery));
  const importId = idOf(
    await backOffice.send('POST', '/v1/imports?kind=CHANNELS', {
      raw: IMPORT_FILE,
      headers: { 'content-type': 'text/csv' },
    }),
  );
  const billed = await billing(backOffice, spare);
  const listed = await times(spare * 3, async (at) =>
    idOf(await backOffice.post('/v1/block-lists/entries', { identifier: printed(100 + at), reason: 'COURT_ORDER' })),
  );
  const refurb = await refurbishing(
    shop,
    { locationId: own, sku, partSkuId: accessory.skuId },
    spare > 1 ? spare * 3 : 1,
  );
  const unlock = await unlocking(shop, associate, backOffice, spare);
  const bulk = await entitled(shop, unlock.imeis, spare);
  const trades = await tradeIns(shop, own, spare);
  const ids = {
    '/problems': ['not-found'],
    '/v1/catalogue': [sku.modelId],
    '/v1/device-models': spareSkus.map(({ modelId }) => modelId),
    '/v1/skus': spareSkus.map(({ skuId }) => skuId),
    '/v1/stock-units': [...spareUnits.map(({ unitId }) => unitId), ...refurb.triaged],
    '/v1/refurb-orders': refurb.orders,
    '/v1/erasure-certificates': refurb.certificates,
    '/v1/diagnostic-reports': refurb.reports,
    '/v1/downstream-records': refurb.records,
    '/v1/grade-profiles': refurb.profiles,
    '/v1/test-plans': refurb.plans,
    '/v1/reservations': reservations,
    '/v1/sales': sales,
    '/v1/receipts': [receiptId],
    '/v1/imports': [importId],
    '/v1/locations': [own, other],
    '/v1/accounts': billed.accounts,
    '/v1/account-lines': billed.lines,
    '/v1/block-lists/entries': listed,
    '/v1/unlock-policies': unlock.drafts,
    '/v1/unlock-requests': unlock.requests,
    '/v1/unlock-code-batches': unlock.batches,
    '/v1/business-calendars': ['WORLD'],
    '/v1/unlock-floors': ['FCC-24-77'],
    '/v1/unlock-reports': ['2026-11'],
    '/v1/unlock-codes': unlock.quarantined,
    '/v1/unlock-documents': unlock.papers,
    '/v1/unlock-sweeps': [unlock.sweep],
    '/v1/unlock-entitlements': bulk.entitlements,
    '/v1/unlock-batches': bulk.batches,
    ...trades.ids,
    ...(await sellerThings(shop, backOffice, trades.ids['/v1/trade-ins'], units[0]!.imei)),
  };
  return {
    shop,
    tokens: await callers(shop, own, other),
    known: {
      locationId: [own, other],
      nearLocationId: [own],
      skuId: [sku.skuId, accessory.skuId],
      modelId: [sku.modelId],
      variantId: [sku.variantId],
      unitId: units.map(({ unitId }) => unitId),
      reservationId: reservations,
      identifier: units.map(({ imei }) => imei),
      identifiers: units.map(({ imei }) => imei),
      accountId: billed.accounts,
      lineId: billed.lines,
      currency: ['USD'],
      timeZone: ['America/New_York'],
      country: ['US'],
      jurisdiction: ['AU'],
      against: trades.ids['/v1/price-versions'],
    },
    ids,
    pools: { ...refurb.pools, ...trades.pools },
    // Few sales, so that the right body often meets the right sale.
    targets: { ...ids, '/v1/locations': spareLocations, '/v1/sales': sales.slice(0, FEW) },
    bodies: {
      ...(spare > 1 ? await strangerBodies(shop) : {}),
      ...refurbBodies(refurb, accessory.skuId),
      // The last of each is refused when a part of it is done already.
      reserveStock: [
        hold,
        { ...hold, lines: [{ identifier: free.imei }, { skuId: spareSkus[0]!.skuId }] },
        { ...hold, lines: [{ skuId: accessory.skuId, quantity: 2 }] },
      ].map((body) => ({
        ...body,
        locationId: own,
      })),
      sellStock: [
        ...units.map(({ imei }) => ({ ...sale(imei), locationId: own })),
        ...units.map(({ imei }) => ({
          ...sale(imei),
          lines: [{ identifier: imei }, { identifier: soldUnits[0]!.imei }],
        })),
      ],
      receiveStock: [
        { ...delivery, locationId: own },
        {
          ...delivery,
          locationId: own,
          units: ['353918057000016', soldUnits[1]?.imei].map((identifier) => ({
            identifier,
            skuId: sku.skuId,
            currency: 'USD',
            provenance: 'TRADE_IN',
          })),
        },
      ],
      adjustBulkStock: [{ locationId: own, skuId: accessory.skuId, change: 1, reason: 'FOUND' }],
      handOverSale: soldUnits.slice(0, FEW).map(({ imei }) => ({ identifiers: [imei] })),
      returnSaleLine: soldUnits
        .slice(0, FEW)
        .map(({ imei }) => ({ lineNo: 1, identifier: imei, reason: 'CHANGED_MIND' })),
      encumberStockUnit: [{ kind: 'LEGAL_HOLD', reason: 'Court order' }],
      liftStockUnitEncumbrance: [{ kind: 'LEGAL_HOLD', reason: 'Court order' }],
      extendReservation: [{}],
      createAccount: times100((at) => ({ number: `X-${at}`, currency: 'USD', customerSince: '2014-01-02' })),
      addAccountLine: times100((at) => ({ number: `XL-${at}`, activatedOn: '2014-01-02' })),
      recordLinePayment: times100((at) => ({ ...PAYMENT, externalReference: `X-${at}` })),
      recordDevice: [
        { identifier: printed(1), soldByUs: true },
        { identifier: printed(2), accountId: billed.accounts[0] },
      ],
      findDeviceRecord: [{ identifier: printed(1) }, { identifier: printed(2), lineId: billed.lines[0] }],
      checkBlockLists: [{ identifiers: [printed(100), printed(1)] }],
      findBlockEntries: [{ identifier: printed(100) }],
      addBlockEntry: times100((at) => ({ identifier: printed(500 + at), reason: 'OWNERSHIP_CLAIM' })),
      recordUnlockCode: times100((at) => ({ codeType: 'NCK', code: String(20_000_000 + at), source: 'A letter' })),
      liftBlockEntry: [{ reason: 'Found again' }],
      releaseReservation: [{ reason: 'Not wanted' }],
      draftUnlockPolicy: times100((at) => ({ ...UNLOCK_POLICY, code: `X-${at}`, brand: `Brand X ${at}` })),
      reviseUnlockPolicy: times100((at) => ({ ...UNLOCK_POLICY, code: `XR-${at}`, brand: `Brand XR ${at}` })),
      proposeUnlockEntitlement: times100((at) => ({ ...ENTITLEMENT, code: `X-${at}` })),
      proposeUnlockBatch: [{ identifiers: unlock.imeis, note: 'All of the lot' }],
      requestUnlock: unlock.imeis.map((identifier) => ({ identifier })),
      ...trades.bodies,
      exportPoliceReports: [{ register: 'CAPSS', format: 'CSV' }],
      preCheckUnlock: unlock.imeis.slice(0, FEW).map((identifier) => ({ identifier })),
    },
    close: () => shop.close(),
  };
}

const PAYMENT = { kind: 'MONTHLY', amountMinor: 5000, currency: 'USD', paidOn: '2014-02-01' };
const printed = (serial: number): string => imeiOf15(`35676005${String(900_000 + serial)}`);
const times100 = <T>(make: (at: number) => T): T[] => Array.from({ length: 100 }, (_, at) => make(at));

/** Accounts with a line each. */
async function billing(backOffice: Client, count: number): Promise<{ accounts: string[]; lines: string[] }> {
  const accounts = await times(count, async (at) =>
    idOf(await backOffice.post('/v1/accounts', { number: `W-${at}`, currency: 'USD', customerSince: '2014-01-02' })),
  );
  const lines = await times(count, async (at) =>
    idOf(
      await backOffice.post(`/v1/accounts/${accounts[at]}/lines`, { number: `WL-${at}`, activatedOn: '2014-01-02' }),
    ),
  );
  return { accounts, lines };
}

/** The id a path is about. A room that is new here has to be told of in the world. */
export function ownId(world: World, route: Route): string | undefined {
  const prefix = idPrefix(route);
  if (prefix === undefined) return undefined;
  const id = world.ids[prefix]?.[0];
  if (!id) throw new Error(`The world of the contract tests has nothing under ${prefix}: make one in world.ts.`);
  return id;
}
