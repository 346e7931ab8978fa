import type { ActTable } from '../../platform/lifecycle.js';

export const FLOOR_STATES = ['IN_FORCE', 'PROPOSED', 'REPEALED'] as const;
export type FloorState = (typeof FLOOR_STATES)[number];

/** The whole life of a floor. While it is in force it is never rewritten: what follows it is another one. */
export const FLOOR_ACTS = {
  propose: { from: ['PROPOSED', 'REPEALED'], to: 'PROPOSED' },
  enact: { from: ['PROPOSED'], to: 'IN_FORCE' },
  repeal: { from: ['IN_FORCE'], to: 'REPEALED' },
} as const satisfies ActTable<FloorState>;
