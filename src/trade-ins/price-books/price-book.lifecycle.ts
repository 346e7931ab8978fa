import type { ActTable } from '../../platform/lifecycle.js';

/** For handsets that come in how. */
export const BOOK_CHANNELS = ['IN_STORE', 'MAIL', 'ANY'] as const;
export type BookChannel = (typeof BOOK_CHANNELS)[number];

export const PRICE_VERSION_STATES = ['DRAFT', 'ACTIVE', 'DISCARDED'] as const;
export type PriceVersionState = (typeof PRICE_VERSION_STATES)[number];

/** The whole life of one version of a price book. An active one is never changed; frozen, it makes no new quotes. */
export const PRICE_VERSION_ACTS = {
  revise: { from: ['DRAFT'], to: 'DRAFT' },
  approve: { from: ['DRAFT'], to: 'ACTIVE' },
  discard: { from: ['DRAFT'], to: 'DISCARDED' },
  freeze: { from: ['ACTIVE'], to: 'ACTIVE' },
  thaw: { from: ['ACTIVE'], to: 'ACTIVE' },
} as const satisfies ActTable<PriceVersionState>;
