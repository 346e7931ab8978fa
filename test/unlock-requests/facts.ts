import type { BillingFacts, DeviceRecord, LineRecord } from '../../src/accounts/billing-facts.js';
import type { ListingReason, RegistryStatus } from '../../src/block-lists/registry-answer.js';
import type { EarlierUnlock, UnlockChannel, UnlockFacts } from '../../src/unlock-requests/eligibility/facts.js';

export const LINE = '0190a000-0000-7000-8000-000000000001';
export const OTHER_LINE = '0190a000-0000-7000-8000-000000000002';
export const ACCOUNT = '0190a000-0000-7000-8000-00000000000a';
export const OTHER_ACCOUNT = '0190a000-0000-7000-8000-00000000000b';
export const Q10 = '35676005000001';

export interface Told {
  device?: Partial<DeviceRecord> | null;
  line?: Partial<LineRecord> | null;
  reachable?: boolean;
  registry?: RegistryStatus;
  listed?: ListingReason[];
  sold?: boolean | null;
  earlier?: EarlierUnlock[];
  channel?: UnlockChannel;
  documents?: string[];
  second?: Told;
}

/** A handset bought and activated on a day, paid for, on a line in good standing; only what a test is about is told. */
export function factsOf(since: string, told: Told = {}): UnlockFacts {
  const identifiers = [
    identifierOf(since, told, Q10),
    ...(told.second ? [identifierOf(since, told.second, '35676005000002')] : []),
  ];
  return {
    identifiers: identifiers as unknown as UnlockFacts['identifiers'],
    soldFromStock: told.sold ?? null,
    earlierUnlocks: told.earlier ?? [],
    channel: told.channel ?? 'CARE',
    acceptedDocuments: told.documents ?? [],
  };
}

function identifierOf(since: string, told: Told, imei14: string) {
  const billing: BillingFacts = {
    source: 'accounts',
    asOf: '2026-11-23T12:00:00.000Z',
    reachable: told.reachable ?? true,
    device: told.device === null ? null : { ...deviceSince(since), ...told.device },
    line: told.line === null ? null : { ...lineSince(since), ...told.line },
  };
  const registries = [
    {
      source: 'own',
      status: told.registry ?? 'CLEAN',
      reasons: told.listed ?? [],
      checkedAt: '2026-11-23T12:00:00.000Z',
    },
  ];
  return { imei14, billing, registries };
}

const deviceSince = (since: string): DeviceRecord => ({
  soldByUs: true,
  brand: 'T-Mobile US',
  segment: 'POSTPAID',
  jurisdiction: 'US',
  purchasedOn: since,
  activatedOn: since,
  fraudFlag: false,
  financing: {
    balanceMinor: 0,
    currency: 'USD',
    paidOffAt: null,
    payoffChannel: null,
    paidOffEarly: false,
    billClosesOn: null,
  },
  contractEndsOn: null,
  upgradedOn: null,
  activity: [{ lineId: LINE, accountId: ACCOUNT, from: since, to: null }],
  usage: [{ lineId: LINE, firstSeenOn: since, lastSeenOn: '2026-11-20' }],
});

const lineSince = (since: string): LineRecord => ({
  lineId: LINE,
  accountId: ACCOUNT,
  accountState: 'ACTIVE',
  goodStanding: true,
  pastDueMinor: 0,
  openInstalmentsMinor: 0,
  currency: 'USD',
  company: false,
  companyAuthorised: null,
  customerSince: since,
  lineActivatedOn: since,
  paidService: [{ from: since, to: null }],
  refillsMinor: 0,
  monthlyPayments: 0,
});

export const earlier = (grantedAt: string, over: Partial<EarlierUnlock> = {}): EarlierUnlock => ({
  ...{ grantedAt, kind: 'PERMANENT', imei14: '35676005000009', lineId: LINE, accountId: ACCOUNT },
  ...over,
});
