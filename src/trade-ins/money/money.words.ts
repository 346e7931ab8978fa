/** What an amount is: what the handset is worth to us, or what is given on top. They never mix. */
export const COMPONENTS = ['MARKET', 'PROMOTION'] as const;
export type Component = (typeof COMPONENTS)[number];

export const CREDIT_STATES = ['REQUESTED', 'CREDITING', 'PAID', 'FAILED', 'STOPPED', 'REVERSED'] as const;
export type CreditState = (typeof CREDIT_STATES)[number];

export const INSTALMENT_STATES = ['DUE', 'APPLIED', 'STOPPED'] as const;
export type InstalmentState = (typeof INSTALMENT_STATES)[number];

/** The accounts of the sub-ledger; finance maps them to its own. */
export const LEDGER_ACCOUNTS = [
  'TRADE_IN_RECEIVABLE',
  'INVENTORY',
  'PROMOTION_EXPENSE',
  'CUSTOMER_PAYABLE',
  'CUSTOMER_ACCOUNT',
  'EIP_RECEIVABLE',
  'GIFT_CARD_LIABILITY',
  'CARD_CLEARING',
  'BANK_CLEARING',
  'WRITE_OFF_EXPENSE',
  'RECOVERY_INCOME',
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** What a posting is about. */
export const MONEY_EVENTS = [
  'CREDIT_GRANTED',
  'HANDSET_ACQUIRED',
  'PROMOTION_GRANTED',
  'PAYOUT_MADE',
  'LOSS_COVERED',
  'WRITTEN_OFF',
  'HANDSET_KEPT',
  'REVERSED',
] as const;
export type MoneyEvent = (typeof MONEY_EVENTS)[number];
