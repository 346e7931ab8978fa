import type { BillingFacts } from '../../accounts/billing-facts.js';
import type { RegistryAnswer } from '../../block-lists/registry-answer.js';

/** Where a request comes in: some policies take it through one channel only. */
export const UNLOCK_CHANNELS = ['WEB', 'STORE', 'CARE', 'DEVICE_APP', 'EMAIL', 'BULK', 'AUTO'] as const;
export type UnlockChannel = (typeof UNLOCK_CHANNELS)[number];

/** An unlock that was granted before, as far as caps are concerned. */
export interface EarlierUnlock {
  grantedAt: string;
  /** `PERMANENT`, `TEMPORARY`, or the kind an alternative of the policy names, such as `TRAVEL`. */
  kind: string;
  imei14: string;
  lineId: string | null;
  accountId: string | null;
}

/** What one of a handset's identifiers is known for. */
export interface IdentifierFacts {
  imei14: string;
  billing: BillingFacts;
  registries: readonly RegistryAnswer[];
}

/**
 * Everything a decision rests on, each with its source and time. The same object answers a pre-check, a decision, a dry
 * run and the sweep, and is stored with the decision.
 */
export interface UnlockFacts {
  /** The identifier asked about first, then the device's other IMEIs. */
  identifiers: readonly [IdentifierFacts, ...IdentifierFacts[]];
  /** Whether our own books say that we sold this handset; null when it never stood in them. */
  soldFromStock: boolean | null;
  earlierUnlocks: readonly EarlierUnlock[];
  channel: UnlockChannel;
  /** Documents handed in and found good, by their type. */
  acceptedDocuments: readonly string[];
}
