import type { ActTable } from '../../platform/lifecycle.js';

export const CODE_BATCH_STATES = ['STAGED', 'APPROVED', 'REFUSED'] as const;
export type CodeBatchState = (typeof CODE_BATCH_STATES)[number];

/** What becomes of a maker's file. */
export const CODE_BATCH_ACTS = {
  approve: { from: ['STAGED'], to: 'APPROVED' },
  refuse: { from: ['STAGED'], to: 'REFUSED' },
} as const satisfies ActTable<CodeBatchState>;

/** A code is given out while it is HELD and its file is approved. */
export const CODE_STATES = ['HELD', 'QUARANTINED', 'FAILED', 'DISCARDED'] as const;
export type CodeState = (typeof CODE_STATES)[number];

/** Why a code waits for a person: another is known for the handset, nobody knows the handset, or it does not open. */
export const QUARANTINES = ['CONFLICT', 'UNKNOWN_IMEI', 'UNREADABLE'] as const;
export type Quarantine = (typeof QUARANTINES)[number];
