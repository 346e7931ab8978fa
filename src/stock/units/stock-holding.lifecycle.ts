/** How a unit stands that we have; from SOLD on they close the holding. */
export const HOLDING_DISPOSITIONS = [
  'RECEIVED',
  'INSPECTION',
  'AVAILABLE',
  'RESERVED',
  'ALLOCATED',
  'DISPLAY',
  'QUARANTINE',
  'MISSING',
  'TRADE_IN_INTAKE',
  'TRIAGE',
  'IN_REFURB',
  'SOLD',
  'WRITTEN_OFF',
  'STOLEN',
  'RETURNED_TO_SELLER',
  'SURRENDERED',
  'RECYCLED',
  'WHOLESALED',
  'HARVESTED',
] as const;
export type HoldingDisposition = (typeof HOLDING_DISPOSITIONS)[number];

/** No longer ours. */
export const CLOSED_DISPOSITIONS = [
  'SOLD',
  'WRITTEN_OFF',
  'STOLEN',
  'RETURNED_TO_SELLER',
  'SURRENDERED',
  'RECYCLED',
  'WHOLESALED',
  'HARVESTED',
] as const satisfies readonly HoldingDisposition[];
export type ClosedDisposition = (typeof CLOSED_DISPOSITIONS)[number];

/** In the house and in nobody's hands. */
const IDLE = ['RECEIVED', 'INSPECTION', 'AVAILABLE', 'DISPLAY', 'QUARANTINE', 'TRADE_IN_INTAKE', 'TRIAGE'] as const;

/** Handed in, and not on its way through the house yet. */
const HANDED_IN = ['TRADE_IN_INTAKE', 'QUARANTINE'] as const;

/** The whole life of a holding, on one page. */
export const HOLDING_ACTS = {
  inspect: { from: ['RECEIVED', 'INSPECTION', 'DISPLAY', 'QUARANTINE', 'TRIAGE'], to: 'INSPECTION', kind: 'INSPECTED' },
  makeAvailable: { from: ['RECEIVED', 'INSPECTION', 'DISPLAY'], to: 'AVAILABLE', kind: 'MADE_AVAILABLE' },
  reserve: { from: ['AVAILABLE'], to: 'RESERVED', kind: 'RESERVED' },
  release: { from: ['RESERVED'], to: 'AVAILABLE', kind: 'RELEASED' },
  sell: { from: ['AVAILABLE'], to: 'ALLOCATED', kind: 'SOLD' },
  sellReserved: { from: ['RESERVED'], to: 'ALLOCATED', kind: 'SOLD' },
  handOver: { from: ['ALLOCATED'], to: 'SOLD', kind: 'HANDED_OVER' },
  display: { from: ['RECEIVED', 'INSPECTION', 'AVAILABLE'], to: 'DISPLAY', kind: 'DISPLAYED' },
  quarantine: {
    from: ['RECEIVED', 'INSPECTION', 'AVAILABLE', 'DISPLAY', 'TRIAGE'],
    to: 'QUARANTINE',
    kind: 'QUARANTINED',
  },
  miss: { from: IDLE, to: 'MISSING', kind: 'ADJUSTED' },
  find: { from: ['MISSING'], to: 'QUARANTINE', kind: 'ADJUSTED' },
  writeOff: { from: [...IDLE, 'MISSING'], to: 'WRITTEN_OFF', kind: 'ADJUSTED' },
  reportStolen: { from: [...IDLE, 'MISSING'], to: 'STOLEN', kind: 'ADJUSTED' },
  acquire: { from: HANDED_IN, to: 'QUARANTINE', kind: 'ACQUIRED' },
  returnToSeller: { from: HANDED_IN, to: 'RETURNED_TO_SELLER', kind: 'GIVEN_BACK' },
  surrender: { from: HANDED_IN, to: 'SURRENDERED', kind: 'SURRENDERED' },
  recycle: { from: [...HANDED_IN, 'TRIAGE'], to: 'RECYCLED', kind: 'RECYCLED' },
  triage: { from: ['RECEIVED', 'INSPECTION', 'QUARANTINE'], to: 'TRIAGE', kind: 'TRIAGED' },
  refurbish: { from: ['TRIAGE'], to: 'IN_REFURB', kind: 'REFURB_BEGUN' },
  finishRefurb: { from: ['IN_REFURB'], to: 'INSPECTION', kind: 'REFURB_ENDED' },
  giveUpRefurb: { from: ['IN_REFURB'], to: 'TRIAGE', kind: 'REFURB_ENDED' },
  wholesale: { from: ['TRIAGE'], to: 'WHOLESALED', kind: 'WHOLESALED' },
  harvest: { from: ['TRIAGE'], to: 'HARVESTED', kind: 'HARVESTED' },
} as const satisfies Record<string, { from: readonly HoldingDisposition[]; to: HoldingDisposition; kind: string }>;
export type HoldingAct = keyof typeof HOLDING_ACTS;

/** The acts possible from a disposition. */
export const possibleHoldingActs = (disposition: HoldingDisposition): HoldingAct[] => [
  ...(POSSIBLE_ACTS.get(disposition) ?? []),
];

const POSSIBLE_ACTS: ReadonlyMap<HoldingDisposition, readonly HoldingAct[]> = new Map(
  HOLDING_DISPOSITIONS.map((disposition) => [
    disposition,
    (Object.keys(HOLDING_ACTS) as HoldingAct[]).filter((act) =>
      (HOLDING_ACTS[act].from as readonly HoldingDisposition[]).includes(disposition),
    ),
  ]),
);

/** Dispositions in which the unit is not in the house, so that on-hand does not count it. */
export const ABSENT_DISPOSITIONS = ['MISSING', ...CLOSED_DISPOSITIONS] as const satisfies readonly HoldingDisposition[];
