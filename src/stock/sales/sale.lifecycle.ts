import type { ActTable } from '../../platform/lifecycle.js';

export const SALE_STATES = ['SOLD', 'HANDED_OVER', 'RETURNED'] as const;
export type SaleState = (typeof SALE_STATES)[number];

/** The whole life of a sale, on one page. `returnLast` is the return of the last line still out. */
export const SALE_ACTS = {
  handOver: { from: ['SOLD'], to: 'HANDED_OVER' },
  returnLast: { from: ['HANDED_OVER'], to: 'RETURNED' },
} as const satisfies ActTable<SaleState>;

/** Paid at once, or by an equipment instalment plan. */
export const SALE_TERMS = ['FULL', 'INSTALMENTS'] as const;
export type SaleTerms = (typeof SALE_TERMS)[number];

/** Why a customer brings something back. */
export const RETURN_REASONS = ['CHANGED_MIND', 'NOT_AS_DESCRIBED', 'FAULTY', 'WRONG_ITEM', 'NO_COVERAGE'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];
