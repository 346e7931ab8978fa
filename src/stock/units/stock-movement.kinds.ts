/** What a line of the stock ledger tells. */
export const MOVEMENT_KINDS = [
  'RECEIVED',
  'INSPECTED',
  'MADE_AVAILABLE',
  'RESERVED',
  'RELEASED',
  'EXPIRED',
  'SOLD',
  'HANDED_OVER',
  'RETURNED',
  'QUARANTINED',
  'DISPLAYED',
  'ADJUSTED',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];
