import type { ActTable } from '../../platform/lifecycle.js';

/** Who may ask for many unlocks at once: the buyer of a lot of handsets, or a business with handsets on its accounts. */
export const ENTITLEMENT_KINDS = ['LOT_BUYER', 'BUSINESS'] as const;
export type EntitlementKind = (typeof ENTITLEMENT_KINDS)[number];

export const ENTITLEMENT_STATES = ['PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED'] as const;
export type EntitlementState = (typeof ENTITLEMENT_STATES)[number];

/** The whole life of an entitlement. Somebody who looks at it anew also ends its suspension. */
export const ENTITLEMENT_ACTS = {
  approve: { from: ['PROPOSED'], to: 'ACTIVE' },
  recertify: { from: ['ACTIVE', 'SUSPENDED'], to: 'ACTIVE' },
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  end: { from: ['PROPOSED', 'ACTIVE', 'SUSPENDED'], to: 'ENDED' },
} as const satisfies ActTable<EntitlementState>;

export const BATCH_STATES = ['PROPOSED', 'APPROVED', 'REFUSED'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What becomes of a list of handsets. */
export const BATCH_ACTS = {
  approve: { from: ['PROPOSED'], to: 'APPROVED' },
  refuse: { from: ['PROPOSED'], to: 'REFUSED' },
} as const satisfies ActTable<BatchState>;

/** What became of one handset of the list. */
export const ITEM_OUTCOMES = ['REQUESTED', 'NOT_IN_ENTITLEMENT', 'LIMIT_REACHED', 'DUPLICATE'] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** For how long somebody's look at an entitlement counts. */
export const RECERTIFY_DAYS = 90;
