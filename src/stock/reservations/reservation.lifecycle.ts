import type { ActTable } from '../../platform/lifecycle.js';

export const RESERVATION_STATES = ['ACTIVE', 'CONSUMED', 'RELEASED', 'EXPIRED'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/** The whole life of a reservation, on one page. */
export const RESERVATION_ACTS = {
  extend: { from: ['ACTIVE'], to: 'ACTIVE' },
  consume: { from: ['ACTIVE'], to: 'CONSUMED' },
  release: { from: ['ACTIVE'], to: 'RELEASED' },
  expire: { from: ['ACTIVE'], to: 'EXPIRED' },
} as const satisfies ActTable<ReservationState>;

export const RESERVATION_PURPOSES = ['POS_BASKET', 'SELF_SERVICE', 'CLICK_AND_COLLECT'] as const;
export type ReservationPurpose = (typeof RESERVATION_PURPOSES)[number];

/**
 * How many minutes stock is held for a purpose, and how many at the very most however often it is extended.
 * Longer holds lose fewer customers in mid-purchase but keep stock from others.
 */
export const HOLD_MINUTES: Readonly<Record<ReservationPurpose, { usual: number; most: number }>> = {
  POS_BASKET: { usual: 15, most: 60 },
  SELF_SERVICE: { usual: 15, most: 45 },
  CLICK_AND_COLLECT: { usual: 48 * 60, most: 72 * 60 },
};
