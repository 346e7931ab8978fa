import type { ActTable } from '../../platform/lifecycle.js';

export const POLICY_STATES = ['DRAFT', 'PUBLISHED', 'DISCARDED'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** The whole life of one version of a policy. A published one is never taken back: the next one follows it. */
export const POLICY_ACTS = {
  revise: { from: ['DRAFT'], to: 'DRAFT' },
  publish: { from: ['DRAFT'], to: 'PUBLISHED' },
  discard: { from: ['DRAFT'], to: 'DISCARDED' },
} as const satisfies ActTable<PolicyState>;

/** Whose devices a policy is for; `ANY` where it makes no difference. */
export const POLICY_SEGMENTS = ['POSTPAID', 'PREPAID', 'BUSINESS', 'ANY'] as const;
export type PolicySegment = (typeof POLICY_SEGMENTS)[number];

/** The day that says which version a device falls under, for ever. */
export const POLICY_ANCHORS = ['PURCHASE_DATE', 'ACTIVATION_DATE'] as const;
export type PolicyAnchor = (typeof POLICY_ANCHORS)[number];

/** Who begins: the customer, or the carrier when a device has become eligible, by itself or by telling how. */
export const POLICY_MODES = ['ON_REQUEST', 'AUTO', 'AUTO_OR_MANUAL_MEANS'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

/** How customers learn of their right. */
export const NOTICES = ['AT_SALE', 'AT_ELIGIBILITY', 'ON_WEBSITE'] as const;
export type Notice = (typeof NOTICES)[number];
