import type { Answer, Client } from './client.js';
import type { MadeSku, MadeUnit } from './make.js';
import type { Shop } from './shop.js';

/** An id that nothing has. */
export const NOBODY = '019b0000-0000-7000-8000-000000000000';

export interface Reservation {
  id: string;
  /** Of a refusal. */
  code: string;
  facts: Record<string, unknown>;
  number: string;
  locationId: string;
  status: string;
  madeBy: string;
  madeAt: string;
  expiresAt: string;
  latestExpiry: string;
  lines: { lineNo: number; skuId: string; unitId: string | null; quantity: number }[];
  version: number;
}

export interface Sale {
  id: string;
  /** Of a refusal. */
  code: string;
  number: string;
  status: string;
  totalMinor: number;
  dueNowMinor: number;
  handedOverAt: string | null;
  version: number;
  lines: { lineNo: number; skuId: string; unitId: string | null; quantity: number; instalmentsMinor: number[] }[];
}

/** A store that has units of one SKU on the shelf, and a till there. */
export interface Shopfloor {
  locationId: string;
  sku: MadeSku;
  skuId: string;
  units: MadeUnit[];
  till: Client;
  /** Asks for a reservation at the till. */
  reserve(lines: object[], over?: object, key?: string): Promise<Answer<Reservation>>;
  /** Reserves what must be given. */
  held(lines: object[], over?: object): Promise<Reservation>;
  /** Asks for a sale at the full price. */
  sell(form: object, headers?: Readonly<Record<string, string>>): Promise<Answer<Sale>>;
  /** Sells what must go through. */
  sold(form: object): Promise<Sale>;
}

/** Furnishes a store with so many refurbished Q10s of grade GOOD at $384.00, and mans a till. */
export async function shopfloor(
  shop: Shop,
  units: number,
  over: Parameters<Shop['make']['sku']>[0] = {},
): Promise<Shopfloor> {
  const locationId = await shop.make.location();
  const sku = await shop.make.sku(over);
  const made = await shop.make.units(sku, locationId, units);
  const till = await shop.associate(locationId);
  const reserve: Shopfloor['reserve'] = (lines, more = {}, key) => reserveAt(till, lines, more, key);
  const sell: Shopfloor['sell'] = (form, headers = {}) =>
    till.post<Sale>('/v1/sales', { terms: 'FULL', currency: 'USD', ...form }, { headers });
  return {
    ...{ locationId, sku, skuId: sku.skuId, units: made, till, reserve, sell },
    held: (lines, more = {}) => given(reserve(lines, more), 'ACTIVE'),
    sold: (form) => given(sell(form), 'SOLD'),
  };
}

/** Asks for a reservation over the counter. */
export const reserveAt = (till: Client, lines: object[], over: object = {}, key?: string) =>
  till.post<Reservation>('/v1/reservations', { purpose: 'POS_BASKET', lines, ...over }, key ? { key } : {});

async function given<T extends { status: string }>(asked: Promise<Answer<T>>, state: string): Promise<T> {
  const { status, body } = await asked;
  expect([status, body.status]).toEqual([201, state]);
  return body;
}
