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

/**
 * How the tax on what is bought with it sees an amount: as less price, as a way of paying the whole price, as a rebate of
 * somebody else, or as a credit after the sale. Which one it is differs by place: finance says it in the terms.
 */
export const TAX_TREATMENTS = ['REDUCES_BASE', 'PAYMENT_LIKE', 'THIRD_PARTY_REBATE', 'POST_SALE_CREDIT'] as const;
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** What a customer gets for a handset that is lost on its way to us. */
export const LOSS_COVERS = ['NOTHING', 'QUOTED'] as const;
export type LossCover = (typeof LOSS_COVERS)[number];

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
