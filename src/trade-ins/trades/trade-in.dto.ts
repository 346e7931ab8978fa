import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, IdentifierText, Maybe, OneOf, Text } from '../../values/fields.js';
import { TRADE_IN_STATES, type TradeInState } from './trade-in.lifecycle.js';

export class TradeInParams {
  /** The trade-in. */
  @Id()
  id: string;
}

export class TradeInActReasonDto {
  /** Why, for the history. */
  @Text(3, 500)
  reason: string;
}

export class FindTradeInsDto {
  /** An IMEI of the handset. */
  @IdentifierText()
  identifier: string;
}

/** The queues that stores and the back office work. */
export const TRADE_IN_QUEUES = [
  'TO_RECEIVE',
  'OVERDUE',
  'TO_INSPECT',
  'TO_ANSWER',
  'SUSPENDED',
  'TO_REVIEW',
  'TO_SETTLE',
  'PAYOUT_FAILED',
  'LISTED_AFTER',
  'TO_SEND_BACK',
] as const;
export type TradeInQueue = (typeof TRADE_IN_QUEUES)[number];

export class TradeInsQuery extends PageQuery {
  /** Only trade-ins of this state. */
  @Maybe()
  @OneOf(TRADE_IN_STATES, 'TradeInState')
  status?: TradeInState;
  /** Only trade-ins that wait in this queue; the one that has waited longest comes first. */
  @Maybe()
  @OneOf(TRADE_IN_QUEUES, 'TradeInQueue')
  queue?: TradeInQueue;
  /** Only trade-ins taken in at this location. */
  @Maybe()
  @Id()
  locationId?: string;
}
