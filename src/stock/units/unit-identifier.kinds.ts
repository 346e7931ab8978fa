/** By what a unit can be found. */
export const IDENTIFIER_KINDS = ['IMEI', 'MEID', 'EID', 'SERIAL'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];
