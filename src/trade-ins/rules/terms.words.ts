/** How a handset comes to us. */
export const TRADE_IN_CHANNELS = ['IN_STORE', 'MAIL'] as const;
export type TradeInChannel = (typeof TRADE_IN_CHANNELS)[number];

/** What becomes of a handset whose owner does not answer a counter-offer. */
export const SILENCES = ['ACCEPT', 'RETURN', 'RECYCLE'] as const;
export type Silence = (typeof SILENCES)[number];

/** How a customer is paid. */
export const INSTRUMENTS = [
  'BILL_CREDIT',
  'MONTHLY_CREDITS',
  'EIP_PAYOFF',
  'GIFT_CARD',
  'CARD_REFUND',
  'BANK_TRANSFER',
] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** When a customer is paid: at once, before we have seen the handset, or once it has been found to be as described. */
export const TIMINGS = ['ON_ACCEPTANCE', 'ON_VALIDATION'] as const;
export type Timing = (typeof TIMINGS)[number];

/** What ends monthly credits before their time. */
export const STOP_REASONS = [
  'LINE_CANCELLED',
  'EIP_CLOSED',
  'PLAN_INELIGIBLE',
  'OTHER_LINE_CANCELLED',
  'FRAUD',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];
