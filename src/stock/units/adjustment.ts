import type { HoldingAct } from './stock-holding.lifecycle.js';

/** Reasons for correcting stock by hand, and what each does to a unit. Codes are never used again. */
export const ADJUSTMENTS = {
  COUNT_SHORT: 'miss',
  MISSING: 'miss',
  MISPLACED: 'miss',
  UNEXPLAINED_SHRINKAGE: 'writeOff',
  FOUND: 'find',
  COUNT_OVER: 'find',
  STOLEN_STORE: 'reportStolen',
  STOLEN_TRANSIT: 'reportStolen',
  DAMAGED_STORE: 'quarantine',
  DAMAGED_TRANSIT: 'quarantine',
  SCRAPPED: 'writeOff',
  DATA_ENTRY_ERROR: 'writeOff',
  ISSUE_NOT_RECORDED: 'writeOff',
} as const satisfies Record<string, HoldingAct>;

export const ADJUSTMENT_REASONS = Object.keys(ADJUSTMENTS) as AdjustmentReason[];
export type AdjustmentReason = keyof typeof ADJUSTMENTS;
