export const LOCATION_KINDS = ['STORE', 'WAREHOUSE', 'REFURB_CENTRE', 'IN_TRANSIT'] as const;
export type LocationKind = (typeof LOCATION_KINDS)[number];

export const OPENING_STATES = ['OPEN', 'CLOSED', 'OPENING_SOON'] as const;
export type OpeningState = (typeof OPENING_STATES)[number];

/** The whole life of a location, on one page. */
export const LOCATION_ACTS = {
  open: { from: ['CLOSED', 'OPENING_SOON'], to: 'OPEN' },
  close: { from: ['OPEN', 'OPENING_SOON'], to: 'CLOSED' },
} as const satisfies Record<string, { from: readonly OpeningState[]; to: OpeningState }>;
export type LocationAct = keyof typeof LOCATION_ACTS;

/** Goods on their way are in the books of a location that is on no map. */
export const hasPlace = (kind: LocationKind): boolean => kind !== 'IN_TRANSIT';
