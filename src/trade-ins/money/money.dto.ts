import { Id, OneOf, Text } from '../../values/fields.js';
import { STOP_REASONS, type StopReason } from '../rules/terms.words.js';

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

export class StopCreditsDto {
  /** Why. */
  @OneOf(STOP_REASONS, 'TradeInStopReason')
  reason: StopReason;
}
