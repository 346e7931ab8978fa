/** What an inspection came to, held against the quote. */
export const INSPECTION_VERDICTS = ['MATCH', 'WITHIN_TOLERANCE', 'UPWARD_ADJUSTMENT', 'WORSE', 'NOT_BOUGHT'] as const;
export type InspectionVerdict = (typeof INSPECTION_VERDICTS)[number];

export const COUNTER_OFFER_STATES = ['OPEN', 'ACCEPTED', 'DECLINED_RETURN', 'DECLINED_RECYCLE', 'WITHDRAWN'] as const;
export type CounterOfferState = (typeof COUNTER_OFFER_STATES)[number];
