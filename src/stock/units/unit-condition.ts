/** Where a unit came to us from. */
export const PROVENANCES = ['NEW_PO', 'TRADE_IN', 'CUSTOMER_RETURN', 'RMA_REPLACEMENT', 'BUYBACK_LOT'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** Handsets that somebody else had before: what they left on it must be proved to be gone. */
export const SECOND_HAND = ['TRADE_IN', 'CUSTOMER_RETURN', 'BUYBACK_LOT'] as const satisfies readonly Provenance[];

/** Bought from whoever used them: once so, a handset is never new or open-box again, whoever had it since. */
export const BOUGHT_USED = ['TRADE_IN', 'BUYBACK_LOT'] as const satisfies readonly Provenance[];

export const isSecondHand = (provenance: Provenance): boolean =>
  (SECOND_HAND as readonly Provenance[]).includes(provenance);

/** How a unit looks, best first. */
export const COSMETIC_GRADES = ['A', 'B', 'C', 'D', 'E'] as const;
export type CosmeticGrade = (typeof COSMETIC_GRADES)[number];

/** Whether its last owner's account still locks it. */
export const LOCK_STATES = ['UNLOCKED', 'LOCKED', 'UNKNOWN'] as const;
export type LockState = (typeof LOCK_STATES)[number];

/** Whether its last owner's data are gone. */
export const ERASURES = ['PASS', 'FAIL', 'NOT_NEEDED', 'PENDING'] as const;
export type Erasure = (typeof ERASURES)[number];
