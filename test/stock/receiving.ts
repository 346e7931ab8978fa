import { imeiOf15 } from '../../src/values/check-digits.js';
import type { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';

export interface Received {
  id: string;
  units: number;
  pieces: number;
  lines: { skuId: string; unitId: string | null; quantity: number; disposition: string | null }[];
  warnings: { pointer: string; code: string; detail: string }[];
}
export interface ReceiptPage {
  items: { id: string; reference: string }[];
  nextCursor: string | null;
}
export interface Refused {
  code: string;
  detail: string;
  errors?: { pointer: string; code: string }[];
  facts?: Record<string, unknown>;
}

let serial = 0;
/** The number of a handset that we never had. */
export const newImei = (tac = '35209900') => imeiOf15(tac + String(++serial).padStart(6, '0'));

/** A SKU of new handsets. */
export const asNew = { sku: { condition: 'NEW', grade: null } };

/** A line of a delivery: a new handset that we bought. */
export const delivered = (skuId: string, over: object = {}) => ({
  identifier: newImei(),
  skuId,
  costMinor: 52_000,
  currency: 'USD',
  provenance: 'NEW_PO',
  ...over,
});

export const receive = <T = Received>(client: Client, form: object, key?: string) =>
  client.post<T>('/v1/receipts', { reference: 'DN-1001', supplier: 'Ingram', ...form }, key ? { key } : {});

export const pointers = ({ errors }: Refused) => errors?.map(({ pointer, code }) => `${pointer} ${code}`);

export const holdingOf = (shop: Shop, unitId: string) =>
  shop.one(
    `select disposition, provenance, cost_minor::int as cost, currency, cosmetic, functional, battery_pct, lock_state, erasure,
       kit_complete, warranty_days, encumbered from stock_holding where unit_id = $1 and closed_at is null`,
    [unitId],
  );

/** Everything that receiving writes, counted. */
export const received = (shop: Shop) =>
  shop.one(
    `select (select count(*)::int from stock_unit) as units, (select count(*)::int from unit_identifier) as identifiers,
            (select count(*)::int from stock_holding) as holdings, (select count(*)::int from stock_movement) as movements,
            (select coalesce(sum(on_hand), 0)::int from bulk_stock) as pieces, (select count(*)::int from receipt) as receipts,
            (select count(*)::int from history) as history, (select count(*)::int from outbox_event) as events`,
  );
