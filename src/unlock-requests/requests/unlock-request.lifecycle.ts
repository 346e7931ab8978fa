import type { ActTable } from '../../platform/lifecycle.js';

/** Who or what an unlock was asked by: a customer for our lock, for another's, a bulk holder, or nobody. */
export const UNLOCK_KINDS = ['OUTBOUND', 'INBOUND', 'BULK_ITEM', 'AUTO'] as const;
export type UnlockKind = (typeof UNLOCK_KINDS)[number];

export const UNLOCK_SCOPES = ['PERMANENT', 'TEMPORARY'] as const;
export type UnlockScope = (typeof UNLOCK_SCOPES)[number];

export const UNLOCK_STATES = [
  'PENDING_CONFIRMATION',
  'RECEIVED',
  'EVALUATING',
  'AWAITING_DOCUMENTS',
  'UNDER_REVIEW',
  'APPROVED',
  'FULFILLING',
  'ACTION_REQUIRED',
  'CODE_FAILED',
  'FULFILMENT_FAILED',
  'DENIED',
  'COMPLETED',
  'COMPLETED_UNVERIFIED',
  'EXPIRED',
  'CANCELLED',
  'CLOSED_NO_RESPONSE',
  'REVOKED',
] as const;
export type UnlockState = (typeof UNLOCK_STATES)[number];

/** States in which a request holds its handset: no other may be made meanwhile. */
export const LIVE_STATES = [
  'RECEIVED',
  'EVALUATING',
  'AWAITING_DOCUMENTS',
  'UNDER_REVIEW',
  'APPROVED',
  'FULFILLING',
  'ACTION_REQUIRED',
  'CODE_FAILED',
  'FULFILMENT_FAILED',
] as const satisfies readonly UnlockState[];

export const isLive = (state: UnlockState): boolean => (LIVE_STATES as readonly UnlockState[]).includes(state);

/** The whole life of an unlock request. EVALUATING waits for facts that could not be had yet. */
export const UNLOCK_ACTS = {
  confirm: { from: ['PENDING_CONFIRMATION'], to: 'RECEIVED' },
  lapse: { from: ['PENDING_CONFIRMATION'], to: 'EXPIRED' },
  hold: { from: ['RECEIVED', 'EVALUATING'], to: 'EVALUATING' },
  approve: { from: ['RECEIVED', 'EVALUATING', 'UNDER_REVIEW'], to: 'APPROVED' },
  deny: { from: ['RECEIVED', 'EVALUATING', 'UNDER_REVIEW', 'FULFILMENT_FAILED'], to: 'DENIED' },
  review: { from: ['RECEIVED', 'EVALUATING', 'FULFILMENT_FAILED'], to: 'UNDER_REVIEW' },
  askDocuments: { from: ['RECEIVED', 'EVALUATING', 'UNDER_REVIEW'], to: 'AWAITING_DOCUMENTS' },
  resume: { from: ['AWAITING_DOCUMENTS'], to: 'EVALUATING' },
  closeSilent: { from: ['AWAITING_DOCUMENTS'], to: 'CLOSED_NO_RESPONSE' },
  appeal: { from: ['DENIED'], to: 'UNDER_REVIEW' },
  fulfil: { from: ['APPROVED'], to: 'FULFILLING' },
  offer: { from: ['FULFILLING'], to: 'ACTION_REQUIRED' },
  reportFailure: { from: ['ACTION_REQUIRED'], to: 'CODE_FAILED' },
  retry: { from: ['CODE_FAILED', 'FULFILMENT_FAILED'], to: 'FULFILLING' },
  failFulfilment: { from: ['FULFILLING', 'CODE_FAILED'], to: 'FULFILMENT_FAILED' },
  complete: { from: ['RECEIVED', 'EVALUATING', 'FULFILLING', 'ACTION_REQUIRED'], to: 'COMPLETED' },
  takeAsDone: { from: ['ACTION_REQUIRED'], to: 'COMPLETED_UNVERIFIED' },
  revoke: { from: ['APPROVED', 'FULFILLING', 'ACTION_REQUIRED', 'CODE_FAILED'], to: 'REVOKED' },
  cancel: {
    from: ['PENDING_CONFIRMATION', 'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED'],
    to: 'CANCELLED',
  },
} as const satisfies ActTable<UnlockState>;
export type UnlockAct = keyof typeof UNLOCK_ACTS;

/** How a handset is unlocked. */
export const UNLOCK_METHODS = ['CODE', 'OTA', 'OEM_WHITELIST', 'ALREADY_UNLOCKED', 'NOT_POSSIBLE', 'REFERRAL'] as const;
export type UnlockMethod = (typeof UNLOCK_METHODS)[number];

/** What a request being fulfilled waits for. */
export const UNLOCK_STAGES = ['AWAITING_CODE', 'OEM_SUBMITTED', 'OTA_PUSHED'] as const;
export type UnlockStage = (typeof UNLOCK_STAGES)[number];

/** The lock of a handset, whatever has been asked for. */
export const LOCK_STATES = ['UNKNOWN', 'NEVER_LOCKED', 'LOCKED', 'TEMP_UNLOCKED', 'UNLOCKED', 'HARD_LOCKED'] as const;
export type LockState = (typeof LOCK_STATES)[number];

/** The lock of a handset as the customer reads it. */
export const LOCKS_AS_READ = ['UNLOCKED', 'LOCKED', 'HARD_LOCKED'] as const;
export type LockAsRead = (typeof LOCKS_AS_READ)[number];

/**
 * How much of what is known a customer is told: all of it to the account's own, the reasons without the values seen to
 * somebody else who has the handset in hand.
 */
export const DISCLOSURES = ['OWNER', 'HOLDER'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];
