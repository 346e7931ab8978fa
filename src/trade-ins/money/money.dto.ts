import { Cents, Id, OneOf, Text } from '../../values/fields.js';
import { STOP_REASONS, type StopReason } from '../rules/terms.words.js';
import type { LedgerAccount } from './money.words.js';

export const CLAWBACK_REASONS = [
  'DEVICE_NOT_RECEIVED',
  'PURCHASE_RETURNED',
  'LINE_CANCELLED',
  'EIP_CLOSED',
  'PLAN_INELIGIBLE',
  'BLOCKLISTED_AFTER',
  'FRAUD',
] as const;
export type ClawbackReason = (typeof CLAWBACK_REASONS)[number];

export const CLAWBACK_SCOPES = ['PROMOTION', 'ALL'] as const;
export type ClawbackScope = (typeof CLAWBACK_SCOPES)[number];

export class ConfirmPayoutDto {
  /** The credit. */
  @Id()
  creditId: string;
  /** What the system that paid calls it, such as the number of a credit memo. */
  @Text(1, 100)
  reference: string;
}

export class FailPayoutDto {
  /** The credit. */
  @Id()
  creditId: string;
  /** Why it could not be paid. */
  @Text(1, 500)
  failure: string;
}

export class ClawBackDto {
  /** Why. */
  @OneOf(CLAWBACK_REASONS, 'ClawbackReason')
  reason: ClawbackReason;
  /** What is taken back: what was paid on top, or all. */
  @OneOf(CLAWBACK_SCOPES, 'ClawbackScope')
  scope: ClawbackScope;
}

/** Accounts of the sub-ledger on which somebody may owe us. */
export const WRITE_OFF_ACCOUNTS = [
  'TRADE_IN_RECEIVABLE',
  'CUSTOMER_ACCOUNT',
  'EIP_RECEIVABLE',
  'GIFT_CARD_LIABILITY',
  'CARD_CLEARING',
  'BANK_CLEARING',
] as const satisfies readonly LedgerAccount[];
export type WriteOffAccount = (typeof WRITE_OFF_ACCOUNTS)[number];

export class WriteOffDto {
  /** Where it is owed: for a handset that was lost, TRADE_IN_RECEIVABLE; else the account it was paid through. */
  @OneOf(WRITE_OFF_ACCOUNTS, 'WriteOffAccount')
  account: WriteOffAccount;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** Why nobody will pay it. */
  @Text(3, 500)
  reason: string;
}

export class StopCreditsDto {
  /** Why. */
  @OneOf(STOP_REASONS, 'TradeInStopReason')
  reason: StopReason;
}
