/** Why a unit may not be given away. */
export const ENCUMBRANCE_KINDS = ['LEGAL_HOLD', 'BLOCK_LISTED', 'FINANCED', 'LOCKED', 'RECALLED', 'HAZARDOUS'] as const;
export type EncumbranceKind = (typeof ENCUMBRANCE_KINDS)[number];
