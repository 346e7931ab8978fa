import type { ActTable } from '../../platform/lifecycle.js';

export const QUOTE_STATES = ['OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'SUPERSEDED', 'VOIDED'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];

/** The whole life of a quote: what it says never changes, only how it stands. */
export const QUOTE_ACTS = {
  accept: { from: ['OFFERED'], to: 'ACCEPTED' },
  decline: { from: ['OFFERED'], to: 'DECLINED' },
  expire: { from: ['OFFERED'], to: 'EXPIRED' },
  supersede: { from: ['OFFERED'], to: 'SUPERSEDED' },
  void: { from: ['OFFERED'], to: 'VOIDED' },
} as const satisfies ActTable<QuoteState>;

/** What we do with the handset: buy it, take it to be recycled for nothing, or not take it. */
export const QUOTE_OUTCOMES = ['BOUGHT', 'RECYCLED', 'REFUSED'] as const;
export type QuoteOutcome = (typeof QUOTE_OUTCOMES)[number];

/** Why a handset is not bought, not taken, or bought in some ways only. */
export const QUOTE_REASONS = [
  'BLOCKLISTED',
  'OWN_STOCK_IMEI',
  'DUPLICATE_OPEN',
  'STORE_NOT_LICENSED',
  'BATTERY_HAZARD_MAIL',
  'PRICE_BOOK_FROZEN',
  'TRADE_IN_NOT_FUNCTIONAL',
  'MODEL_NOT_LISTED',
  'NO_MORE_WANTED',
  'FINANCED_OPEN',
  'NO_WAY_TO_PAY',
] as const;
export type QuoteReason = (typeof QUOTE_REASONS)[number];

/** With any of these it is not taken at all. */
export const REFUSING = [
  'BLOCKLISTED',
  'OWN_STOCK_IMEI',
  'DUPLICATE_OPEN',
  'STORE_NOT_LICENSED',
  'BATTERY_HAZARD_MAIL',
  'PRICE_BOOK_FROZEN',
  'NO_WAY_TO_PAY',
] as const satisfies readonly QuoteReason[];
