/** When a handset and its seller are looked into. */
export const CHECK_PHASES = ['ACCEPTANCE', 'RECEIPT', 'PAYOUT', 'AFTER_PAYOUT'] as const;
export type CheckPhase = (typeof CHECK_PHASES)[number];

export const CHECK_NAMES = [
  'IDENTIFIER',
  'BLOCK_LISTS',
  'OWN_FINANCE',
  'OWN_STOCK',
  'DUPLICATE',
  'VELOCITY',
  'DO_NOT_BUY',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** UNKNOWN is never a pass: whoever was asked did not answer. REVIEW lets it go on until money would move. */
export const CHECK_OUTCOMES = ['PASS', 'REVIEW', 'FAIL', 'UNKNOWN'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];
