import type { HoldingAct } from '../units/stock-holding.lifecycle.js';

/** How a handset leaves that is not sold to a customer. */
export const STREAMS = ['WHOLESALE', 'HARVEST', 'RECYCLING'] as const;
export type Stream = (typeof STREAMS)[number];

export const ACT_OF_STREAM = {
  WHOLESALE: 'wholesale',
  HARVEST: 'harvest',
  RECYCLING: 'recycle',
} as const satisfies Record<Stream, HoldingAct>;

/** By which scheme whoever takes it is certified. */
export const SCHEMES = ['R2V3', 'E_STEWARDS', 'WEEELABEX', 'NONE'] as const;
export type Scheme = (typeof SCHEMES)[number];
