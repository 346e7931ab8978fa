import { BACK_OFFICE, CUSTOMER, associateOf } from '../support/tokens.js';
import { openShop, type Shop } from '../support/shop.js';
import type { Route } from './document.js';

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
  close(): Promise<void>;
}

/** `other-all` is a caller bound to another store who has every right there is. */
export const CALLERS = ['stranger', 'customer', 'own', 'other', 'other-all', 'back-office'] as const;
export type CallerKind = (typeof CALLERS)[number];

/** The part of a path before its id: `/v1/sales/{id}/return` is about something under `/v1/sales`. */
export const idPrefix = ({ path }: Pick<Route, 'path'>): string | undefined =>
  path.includes('{') ? path.slice(0, path.indexOf('/{')) : undefined;

async function callers(shop: Shop, own: string, other: string): Promise<World['tokens']> {
  return {
    stranger: undefined,
    customer: await shop.token(CUSTOMER),
    own: await shop.token(associateOf(own)),
    other: await shop.token(associateOf(other, 'associate-2')),
    'other-all': await shop.token({ ...BACK_OFFICE, sub: 'manager-2', role: 'ASSOCIATE', store_id: other }),
    'back-office': await shop.token(BACK_OFFICE),
  };
}

const idOf = (answer: { status: number; body: unknown; text: string }): string => {
  const { id } = answer.body as { id?: string };
  if (answer.status > 202 || !id) throw new Error(`The world cannot be made: ${answer.text}`);
  return id;
};

export async function openWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const shop = await openShop({ RATE_LIMIT_PER_MINUTE: '100000000', ...env });
  const { make } = shop;
  const own = await make.location();
  const other = await make.location();
  const sku = await make.sku();
  const accessory = await make.accessory();
  await make.bulk(accessory.skuId, own, 1000);
  const units = await make.units(sku, own, 40);
  const [forSale, present, second] = units as [(typeof units)[0], (typeof units)[0], (typeof units)[0]];
  const associate = await shop.associate(own);
  const backOffice = await shop.backOffice();
  const sold = await associate.post('/v1/sales', {
    lines: [{ identifier: forSale.imei }],
    terms: 'FULL',
    currency: 'USD',
  });
  const held = await associate.post('/v1/reservations', {
    purpose: 'POS_BASKET',
    lines: [{ skuId: sku.skuId }],
    customerReference: 'order-1',
  });
  const received = await associate.post('/v1/receipts', {
    reference: 'delivery-1',
    supplier: 'Maker',
    pieces: [{ skuId: accessory.skuId, quantity: 5 }],
  });
  const handedIn = await backOffice.send('POST', '/v1/imports?kind=CHANNELS', {
    raw: IMPORT_FILE,
    headers: { 'content-type': 'text/csv' },
  });
  const [reservationId, saleId, receiptId, importId] = [held, sold, received, handedIn].map(idOf) as [
    string,
    ...string[],
  ];
  const free = units.slice(1);
  return {
    shop,
    tokens: await callers(shop, own, other),
    known: {
      locationId: [own, other],
      nearLocationId: [own],
      skuId: [sku.skuId, accessory.skuId],
      modelId: [sku.modelId],
      variantId: [sku.variantId],
      unitId: [present.unitId, second.unitId],
      reservationId: [reservationId],
      identifier: free.map(({ imei }) => imei),
      identifiers: free.map(({ imei }) => imei),
      currency: ['USD'],
      timeZone: ['America/New_York'],
      country: ['US'],
    },
    ids: {
      '/problems': ['not-found'],
      '/v1/catalogue': [sku.modelId],
      '/v1/device-models': [sku.modelId],
      '/v1/skus': [sku.skuId, accessory.skuId],
      '/v1/stock-units': free.map(({ unitId }) => unitId),
      '/v1/reservations': [reservationId],
      '/v1/sales': [saleId!],
      '/v1/receipts': [receiptId!],
      '/v1/imports': [importId!],
      '/v1/locations': [own, other],
    },
    close: () => shop.close(),
  };
}

/** The id a path is about. A room that is new here has to be told of in the world. */
export function ownId(world: World, route: Route): string | undefined {
  const prefix = idPrefix(route);
  if (prefix === undefined) return undefined;
  const id = world.ids[prefix]?.[0];
  if (!id) throw new Error(`The world of the contract tests has nothing under ${prefix}: make one in world.ts.`);
  return id;
}
