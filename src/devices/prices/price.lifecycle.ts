import type { Remainder } from '../../values/money.js';

/** Where the odd cents of an instalment plan can go. */
export const REMAINDERS = ['FIRST', 'LAST'] as const satisfies readonly Remainder[];

/** Time alone moves a price along. */
export const PRICE_STATES = ['FUTURE', 'PRESENT', 'PAST'] as const;
export type PriceState = (typeof PRICE_STATES)[number];
