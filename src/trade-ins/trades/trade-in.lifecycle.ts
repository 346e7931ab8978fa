import type { ActTable } from '../../platform/lifecycle.js';

export const TRADE_IN_STATES = [
  'ACCEPTED',
  'AWAITING_DEVICE',
  'IN_TRANSIT',
  'RECEIVED',
  'INSPECTING',
  'SUSPENDED',
  'COUNTER_OFFERED',
  'VALIDATED',
  'REJECTED',
  'RETURN_PENDING',
  'RETURNED',
  'RECYCLED',
  'SURRENDERED',
  'CANCELLED',
  'NOT_RECEIVED',
  'LOST_IN_TRANSIT',
  'SETTLING',
  'PAYOUT_FAILED',
  'SETTLED',
  'CLAWED_BACK',
] as const;
export type TradeInState = (typeof TRADE_IN_STATES)[number];

/** States in which a trade-in holds its handset: no other may be made of it meanwhile. */
export const OPEN_STATES = [
  'ACCEPTED',
  'AWAITING_DEVICE',
  'IN_TRANSIT',
  'RECEIVED',
  'INSPECTING',
  'SUSPENDED',
  'COUNTER_OFFERED',
  'VALIDATED',
  'REJECTED',
  'RETURN_PENDING',
  'SETTLING',
  'PAYOUT_FAILED',
] as const satisfies readonly TradeInState[];

/** States that come to nothing: what a price book wants of a handset is still wanted, and credits given are taken back. */
export const FRUITLESS_STATES = [
  'CANCELLED',
  'NOT_RECEIVED',
  'LOST_IN_TRANSIT',
  'RETURNED',
  'SURRENDERED',
  'CLAWED_BACK',
] as const satisfies readonly TradeInState[];

/** The whole life of a trade-in, over the counter and by mail. */
export const TRADE_IN_ACTS = {
  handOver: { from: ['ACCEPTED'], to: 'RECEIVED' },
  issueLabel: { from: ['ACCEPTED'], to: 'AWAITING_DEVICE' },
  cancel: { from: ['ACCEPTED', 'AWAITING_DEVICE'], to: 'CANCELLED' },
  noteSent: { from: ['AWAITING_DEVICE'], to: 'IN_TRANSIT' },
  dock: { from: ['AWAITING_DEVICE', 'IN_TRANSIT'], to: 'RECEIVED' },
  passDeadline: { from: ['ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT'], to: 'NOT_RECEIVED' },
  lose: { from: ['IN_TRANSIT'], to: 'LOST_IN_TRANSIT' },
  arriveLate: { from: ['NOT_RECEIVED', 'LOST_IN_TRANSIT'], to: 'RECEIVED' },
  startInspection: { from: ['RECEIVED'], to: 'INSPECTING' },
  validate: { from: ['INSPECTING'], to: 'VALIDATED' },
  counterOffer: { from: ['INSPECTING'], to: 'COUNTER_OFFERED' },
  acceptCounterOffer: { from: ['COUNTER_OFFERED'], to: 'VALIDATED' },
  askBack: { from: ['COUNTER_OFFERED'], to: 'RETURN_PENDING' },
  letRecycle: { from: ['COUNTER_OFFERED'], to: 'RECYCLED' },
  suspend: { from: ['INSPECTING', 'VALIDATED', 'PAYOUT_FAILED'], to: 'SUSPENDED' },
  resume: { from: ['SUSPENDED'], to: 'INSPECTING' },
  reject: { from: ['INSPECTING', 'SUSPENDED'], to: 'REJECTED' },
  sendBack: { from: ['REJECTED'], to: 'RETURN_PENDING' },
  surrender: { from: ['REJECTED', 'RETURN_PENDING'], to: 'SURRENDERED' },
  noteReturned: { from: ['RETURN_PENDING'], to: 'RETURNED' },
  settle: { from: ['VALIDATED', 'PAYOUT_FAILED'], to: 'SETTLING' },
  confirmPayout: { from: ['SETTLING'], to: 'SETTLED' },
  failPayout: { from: ['SETTLING'], to: 'PAYOUT_FAILED' },
  clawBack: { from: ['SETTLED', 'LOST_IN_TRANSIT'], to: 'CLAWED_BACK' },
} as const satisfies ActTable<TradeInState>;
export type TradeInAct = keyof typeof TRADE_IN_ACTS;
