import type { ActTable } from '../../platform/lifecycle.js';

export const ORDER_STATES = [
  'PLANNED',
  'PARTS_RESERVED',
  'IN_PROGRESS',
  'ERASED',
  'TESTED',
  'GRADED',
  'REWORK',
  'ON_HOLD',
  'CLOSED',
  'BER',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Done: closed, or given up as beyond economic repair. */
export const DONE_STATES = ['CLOSED', 'BER'] as const satisfies readonly OrderState[];

/** Work that goes on. */
const UNDER_WAY = [
  ...['PLANNED', 'PARTS_RESERVED', 'IN_PROGRESS', 'ERASED', 'TESTED', 'GRADED', 'REWORK'],
] as const satisfies readonly OrderState[] as readonly Exclude<OrderState, 'ON_HOLD' | 'CLOSED' | 'BER'>[];
const NOT_BEGUN = ['PLANNED', 'PARTS_RESERVED', 'REWORK'] as const;

/** The whole life of a work order, on one page. `resume` leads back to the state it was held in. */
export const ORDER_ACTS = {
  reserveParts: { from: NOT_BEGUN, to: 'PARTS_RESERVED' },
  start: { from: NOT_BEGUN, to: 'IN_PROGRESS' },
  usePart: { from: ['IN_PROGRESS'], to: 'IN_PROGRESS' },
  recordLabour: { from: ['IN_PROGRESS'], to: 'IN_PROGRESS' },
  confirmErasure: { from: ['IN_PROGRESS'], to: 'ERASED' },
  confirmTests: { from: ['ERASED'], to: 'TESTED' },
  grade: { from: ['TESTED'], to: 'GRADED' },
  close: { from: ['GRADED'], to: 'CLOSED' },
  rework: { from: ['ERASED', 'TESTED', 'GRADED'], to: 'REWORK' },
  hold: { from: UNDER_WAY, to: 'ON_HOLD' },
  resume: { from: ['ON_HOLD'], to: 'IN_PROGRESS' },
  giveUp: { from: [...UNDER_WAY, 'ON_HOLD'], to: 'BER' },
} as const satisfies ActTable<OrderState>;
export type OrderAct = keyof typeof ORDER_ACTS;

/** What came of an order that was closed. */
export const CLOSING_OUTCOMES = ['REPAIRED', 'REFURBISHED', 'NO_FAULT_FOUND'] as const;
export type ClosingOutcome = (typeof CLOSING_OUTCOMES)[number];

/** Why an order was given up. */
export const GIVING_UP_OUTCOMES = ['BER', 'PARTS_UNAVAILABLE', 'FAILED_ERASURE'] as const;
export type GivingUpOutcome = (typeof GIVING_UP_OUTCOMES)[number];

export const ORDER_OUTCOMES = [...CLOSING_OUTCOMES, ...GIVING_UP_OUTCOMES] as const;
export type OrderOutcome = (typeof ORDER_OUTCOMES)[number];

export const PART_STATES = ['RESERVED', 'USED', 'RELEASED'] as const;
export type PartState = (typeof PART_STATES)[number];

export const COST_KINDS = ['PART', 'LABOUR'] as const;
export type CostKind = (typeof COST_KINDS)[number];
