/** Reasons for correcting a count of pieces, and which way each can go; `0` is either. Codes are never used again. */
export const BULK_ADJUSTMENTS = {
  COUNT_SHORT: -1,
  COUNT_OVER: 1,
  FOUND: 1,
  MISSING: -1,
  STOLEN_STORE: -1,
  STOLEN_TRANSIT: -1,
  DAMAGED_STORE: -1,
  DAMAGED_TRANSIT: -1,
  MISPLACED: -1,
  DATA_ENTRY_ERROR: 0,
  RECEIPT_NOT_RECORDED: 1,
  ISSUE_NOT_RECORDED: -1,
  RETURN_NOT_RECORDED: 1,
  WRONG_SKU: 0,
  SCRAPPED: -1,
  RECOUNTED: 0,
  INITIAL_LOAD: 1,
  UNEXPLAINED_SHRINKAGE: -1,
} as const satisfies Record<string, -1 | 0 | 1>;

export type BulkAdjustmentReason = keyof typeof BULK_ADJUSTMENTS;
export const BULK_ADJUSTMENT_REASONS = Object.keys(BULK_ADJUSTMENTS) as BulkAdjustmentReason[];

/** Whether a change of that sign can have that reason. */
export function agrees(reason: BulkAdjustmentReason, change: number): boolean {
  const way = BULK_ADJUSTMENTS[reason];
  return way === 0 || way === Math.sign(change);
}
