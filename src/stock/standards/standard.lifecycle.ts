import type { ActTable } from '../../platform/lifecycle.js';

/** What handsets at the bench are held against. */
export const STANDARD_KINDS = ['GRADE_PROFILE', 'TEST_PLAN'] as const;
export type StandardKind = (typeof STANDARD_KINDS)[number];

export const STANDARD_STATES = ['DRAFT', 'PUBLISHED', 'DISCARDED'] as const;
export type StandardState = (typeof STANDARD_STATES)[number];

/** The whole life of one version. A published one is never taken back: the next one takes its place. */
export const STANDARD_ACTS = {
  publish: { from: ['DRAFT'], to: 'PUBLISHED' },
  discard: { from: ['DRAFT'], to: 'DISCARDED' },
} as const satisfies ActTable<StandardState>;

/** Such as 2026-1. */
export const STANDARD_CODE = /^[A-Z0-9][A-Z0-9._-]*$/;
