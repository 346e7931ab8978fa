import type { ActTable } from '../../platform/lifecycle.js';

/**
 * What trade-ins go by that changes over the years and from place to place: what customers are asked, what they agree
 * to, what the law of the place wants, and which reasons may be given.
 */
export const RULE_KINDS = ['QUESTION_SET', 'TERMS', 'JURISDICTION', 'REASONS'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const RULE_STATES = ['DRAFT', 'PUBLISHED', 'DISCARDED'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** The whole life of one version of a rule. A published one is never changed: the next one follows it. */
export const RULE_ACTS = {
  revise: { from: ['DRAFT'], to: 'DRAFT' },
  publish: { from: ['DRAFT'], to: 'PUBLISHED' },
  discard: { from: ['DRAFT'], to: 'DISCARDED' },
} as const satisfies ActTable<RuleState>;
