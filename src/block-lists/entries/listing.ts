import type { ListingReason } from '../registry-answer.js';

/** The block list stops a device, the general list says that somebody has a claim on it. */
export const BLOCK_LISTS = ['BLOCK', 'GENERAL'] as const;
export type BlockList = (typeof BLOCK_LISTS)[number];

export const BLOCK_REASONS = [
  'LOST_OR_STOLEN',
  'FRAUDULENTLY_OBTAINED',
  'NON_PAYMENT',
  'BROKEN_OR_FAULTY',
  'COURT_ORDER',
] as const satisfies readonly ListingReason[];

export const GENERAL_REASONS = ['OWNERSHIP_CLAIM', 'FINANCIAL_CLAIM'] as const satisfies readonly ListingReason[];

/** The list that a reason belongs to. */
export const listOf = (reason: ListingReason): BlockList =>
  (GENERAL_REASONS as readonly ListingReason[]).includes(reason) ? 'GENERAL' : 'BLOCK';

/** How a source of listings is named. */
export const LISTING_SOURCE = /^[A-Z0-9][A-Z0-9_-]{0,39}$/;
export const OWN_SOURCE = 'OWN';
