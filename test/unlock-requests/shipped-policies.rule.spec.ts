import { evaluate } from '../../src/unlock-requests/eligibility/evaluate.js';
import { longestWait } from '../../src/unlock-requests/policies/floors.js';
import { policyFaults } from '../../src/unlock-requests/policies/policy-faults.js';
import { ACCOUNT, earlier, factsOf, LINE, OTHER_ACCOUNT, OTHER_LINE, type Told } from './facts.js';
import { rulesOf, SHIPPED } from './shipped-policies.js';

// Noon in New York is the same day in every zone the shipped policies count in.
const noon = (day: string) => new Date(`${day}T17:00:00Z`);
const BOUGHT = '2014-01-01';

interface Case {
  when: string;
  on: string;
  since?: string;
  told?: Told;
  alternative?: string;
  exemption?: string;
  /** The reasons that stand in the way; none for a yes. */
  no?: string[];
  from?: string | null;
  undecided?: true;
}

const owes = {
  balanceMinor: 12500,
  currency: 'USD',
  paidOffAt: null,
  payoffChannel: null,
  paidOffEarly: false,
  billClosesOn: null,
};
const paid = (paidOffAt: string, paidOffEarly: boolean) => ({
  ...owes,
  balanceMinor: 0,
  paidOffAt,
  payoffChannel: 'CARD',
  paidOffEarly,
});
const twoIn2014 = [earlier('2014-03-01T17:00:00Z'), earlier('2014-05-01T17:00:00Z')];

/** Nobody but a pass without a stolen, suspected or foreign handset: what every carrier's own policy says first. */
const base = (on: string): Case[] => [
  { when: 'we did not sell it', on, told: { device: { soldByUs: false } }, no: ['DEVICE_NOT_SOLD_BY_US'] },
  {
    when: 'it was reported stolen',
    on,
    told: { registry: 'BLOCKED', listed: ['LOST_OR_STOLEN'] },
    no: ['DEVICE_BLOCKED_LOST_STOLEN'],
  },
  {
    when: 'a registry does not answer',
    on,
    told: { registry: 'UNKNOWN' },
    no: ['REGISTRY_UNAVAILABLE'],
    undecided: true,
  },
  {
    when: 'somebody claims it',
    on,
    told: { registry: 'CLAIMED', listed: ['OWNERSHIP_CLAIM'] },
    no: ['CLAIM_ON_DEVICE'],
    undecided: true,
  },
  { when: 'fraud is suspected', on, told: { device: { fraudFlag: true } }, no: ['DEVICE_BLOCKED_FRAUD'] },
];

const CASES: Record<string, Case[]> = {
  'TMUS-POSTPAID-2013-08': [
    { when: 'it was active for 40 days', on: '2014-02-10' },
    {
      when: 'it was active for 39 days',
      on: '2014-02-09',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2014-02-10T05:00:00.000Z',
    },
    {
      when: 'the 40 days were interrupted',
      on: '2014-02-20',
      told: {
        device: {
          activity: [
            { lineId: LINE, accountId: ACCOUNT, from: BOUGHT, to: '2014-01-31' },
            { lineId: LINE, accountId: ACCOUNT, from: '2014-02-05', to: null },
          ],
        },
      },
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2014-03-17T04:00:00.000Z',
    },
    {
      when: 'the handset moved to another line without a day between',
      on: '2014-02-10',
      told: {
        device: {
          activity: [
            { lineId: LINE, accountId: ACCOUNT, from: BOUGHT, to: '2014-01-20' },
            { lineId: OTHER_LINE, accountId: ACCOUNT, from: '2014-01-21', to: null },
          ],
        },
      },
    },
    { when: 'something is owed', on: '2014-02-10', told: { device: { financing: owes } }, no: ['BALANCE_REMAINING'] },
    {
      when: 'the account is not in good standing',
      on: '2014-02-10',
      told: { line: { goodStanding: false } },
      no: ['ACCOUNT_NOT_GOOD_STANDING'],
    },
    { when: 'the network never saw it', on: '2014-02-10', told: { device: { usage: [] } }, no: ['NO_NETWORK_USAGE'] },
    {
      when: 'the line had two unlocks within a year',
      on: '2014-06-01',
      told: { earlier: twoIn2014 },
      no: ['UNLOCK_LIMIT_REACHED'],
      from: '2015-03-01T05:00:00.000Z',
    },
    { when: 'one of the two is a year old', on: '2015-03-01', told: { earlier: twoIn2014 } },
    {
      when: 'two other lines had unlocks',
      on: '2014-06-01',
      told: { earlier: twoIn2014.map((one) => ({ ...one, lineId: OTHER_LINE })) },
    },
    {
      when: 'it goes travelling with two payments made',
      on: '2014-02-10',
      alternative: 'INTERNATIONAL_TRAVEL',
      told: { device: { financing: owes }, line: { monthlyPayments: 2 } },
    },
    {
      when: 'it goes travelling with one payment made',
      on: '2014-02-10',
      alternative: 'INTERNATIONAL_TRAVEL',
      told: { device: { financing: owes }, line: { monthlyPayments: 1 } },
      no: ['MONTHLY_PAYMENTS_NOT_MET'],
      from: '2016-01-01T05:00:00.000Z',
    },
    {
      when: 'a customer of 24 months goes travelling',
      on: '2014-02-10',
      alternative: 'INTERNATIONAL_TRAVEL',
      told: { device: { financing: owes }, line: { monthlyPayments: 0, customerSince: '2012-02-10' } },
    },
    {
      when: 'a customer of a day less goes travelling',
      on: '2014-02-10',
      alternative: 'INTERNATIONAL_TRAVEL',
      told: { device: { financing: owes }, line: { monthlyPayments: 0, customerSince: '2012-02-11' } },
      no: ['MONTHLY_PAYMENTS_NOT_MET'],
      from: '2014-02-11T05:00:00.000Z',
    },
    {
      when: 'the year had two travel unlocks',
      on: '2014-06-01',
      alternative: 'INTERNATIONAL_TRAVEL',
      told: { line: { monthlyPayments: 9 }, earlier: twoIn2014.map((one) => ({ ...one, kind: 'TRAVEL' })) },
      no: ['UNLOCK_LIMIT_REACHED'],
      from: '2015-03-01T05:00:00.000Z',
    },
    ...base('2014-02-10'),
  ],
  'TMUS-PREPAID-2013-08': [
    { when: 'it was active for 40 days', on: '2014-02-10' },
    {
      when: 'it was active for 39 days',
      on: '2014-02-09',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2014-02-10T05:00:00.000Z',
    },
    {
      when: 'a balance stands open, which prepaid does not ask',
      on: '2014-02-10',
      told: { device: { financing: owes } },
    },
    {
      when: 'the line had two unlocks',
      on: '2014-06-01',
      told: { earlier: twoIn2014 },
      no: ['UNLOCK_LIMIT_REACHED'],
      from: '2015-03-01T05:00:00.000Z',
    },
    ...base('2014-02-10'),
  ],
  'TMUS-POSTPAID-2021': [
    { when: 'it was active on the asking line for 40 days', on: '2021-03-13', since: '2021-02-01' },
    {
      when: 'it was active on the asking line for 39 days',
      on: '2021-03-12',
      since: '2021-02-01',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2021-03-13T05:00:00.000Z',
    },
    {
      when: 'the days were on another line',
      on: '2021-06-01',
      since: '2021-02-01',
      told: { device: { activity: [{ lineId: OTHER_LINE, accountId: ACCOUNT, from: '2021-02-01', to: null }] } },
      no: ['MIN_SERVICE_NOT_MET'],
      from: null,
    },
    {
      when: 'something is owed',
      on: '2021-06-01',
      since: '2021-02-01',
      told: { device: { financing: owes } },
      no: ['BALANCE_REMAINING'],
    },
    {
      when: 'deployed military shows its papers after a week',
      on: '2021-02-08',
      since: '2021-02-01',
      exemption: 'MILITARY_DEPLOYED',
      told: { device: { financing: owes }, documents: ['DEPLOYMENT_PAPERS'] },
    },
    {
      when: 'deployed military shows other papers',
      on: '2021-02-08',
      since: '2021-02-01',
      exemption: 'MILITARY_DEPLOYED',
      told: { documents: ['PASSPORT'] },
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2021-03-13T05:00:00.000Z',
    },
    {
      when: 'papers are shown and no exemption claimed',
      on: '2021-02-08',
      since: '2021-02-01',
      told: { documents: ['DEPLOYMENT_PAPERS'] },
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2021-03-13T05:00:00.000Z',
    },
    {
      when: 'papers are shown for a stolen handset',
      on: '2021-02-08',
      since: '2021-02-01',
      exemption: 'MILITARY_DEPLOYED',
      told: { documents: ['DEPLOYMENT_PAPERS'], registry: 'BLOCKED', listed: ['LOST_OR_STOLEN'] },
      no: ['DEVICE_BLOCKED_LOST_STOLEN'],
    },
    ...base('2026-11-23'),
  ],
  'TMUS-PREPAID-2021': [
    { when: 'it was on the line for 365 days', on: '2022-02-01', since: '2021-02-01' },
    {
      when: 'it was on the line for 364 days',
      on: '2022-01-31',
      since: '2021-02-01',
      no: ['MIN_SERVICE_NOT_MET', 'REFILL_THRESHOLD_NOT_MET'],
      from: '2022-02-01T05:00:00.000Z',
    },
    {
      when: 'refills came to $100.01 and 14 days have passed',
      on: '2021-02-15',
      since: '2021-02-01',
      told: { line: { refillsMinor: 10001 } },
    },
    {
      when: 'refills came to $100.00',
      on: '2021-02-15',
      since: '2021-02-01',
      told: { line: { refillsMinor: 10000 } },
      no: ['MIN_SERVICE_NOT_MET', 'REFILL_THRESHOLD_NOT_MET'],
      from: '2022-02-01T05:00:00.000Z',
    },
    {
      when: 'refills came to $100.01 and 13 days have passed',
      on: '2021-02-14',
      since: '2021-02-01',
      told: { line: { refillsMinor: 10001 } },
      no: ['MIN_SERVICE_NOT_MET', 'TOO_SOON_AFTER_PURCHASE'],
      from: '2021-02-15T05:00:00.000Z',
    },
    {
      when: 'refills came in another currency',
      on: '2021-02-15',
      since: '2021-02-01',
      told: { line: { refillsMinor: 99999, currency: 'EUR' } },
      no: ['MIN_SERVICE_NOT_MET', 'REFILL_THRESHOLD_NOT_MET'],
      from: '2022-02-01T05:00:00.000Z',
    },
    {
      when: 'another handset of the account is not paid for',
      on: '2022-02-01',
      since: '2021-02-01',
      told: { line: { openInstalmentsMinor: 1 } },
      no: ['BALANCE_REMAINING'],
    },
    {
      when: 'the account is suspended',
      on: '2022-02-01',
      since: '2021-02-01',
      told: { line: { accountState: 'SUSPENDED' } },
      no: ['ACCOUNT_NOT_ACTIVE'],
    },
    {
      when: 'only another line used it',
      on: '2022-02-01',
      since: '2021-02-01',
      told: { device: { usage: [{ lineId: OTHER_LINE, firstSeenOn: '2021-02-01', lastSeenOn: '2022-01-01' }] } },
      no: ['NO_NETWORK_USAGE'],
    },
    ...base('2026-11-23'),
  ],
  'METRO-2024-05': [
    { when: '365 days have passed since activation, over 29 February', on: '2024-12-01', since: '2023-12-02' },
    {
      when: '364 days have passed',
      on: '2024-11-30',
      since: '2023-12-02',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2024-12-01T05:00:00.000Z',
    },
    {
      when: 'deployed military comes to a store',
      on: '2024-06-01',
      since: '2024-05-10',
      exemption: 'MILITARY_DEPLOYED',
      told: { channel: 'STORE', documents: ['DEPLOYMENT_PAPERS'] },
    },
    {
      when: 'deployed military writes a mail',
      on: '2024-06-01',
      since: '2024-05-10',
      exemption: 'MILITARY_DEPLOYED',
      told: { channel: 'EMAIL', documents: ['DEPLOYMENT_PAPERS'] },
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2025-05-10T04:00:00.000Z',
    },
    ...base('2026-11-23'),
  ],
  'METRO-PRE-2024-05': [
    { when: '180 days have passed since activation', on: '2023-06-30', since: '2023-01-01' },
    {
      when: '179 days have passed',
      on: '2023-06-29',
      since: '2023-01-01',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2023-06-30T04:00:00.000Z',
    },
    {
      when: 'it was never activated',
      on: '2023-06-30',
      since: '2023-01-01',
      told: { device: { activatedOn: null } },
      no: ['MIN_SERVICE_NOT_MET'],
      undecided: true,
    },
    {
      when: 'it was activated later than bought',
      on: '2023-06-30',
      since: '2023-01-01',
      told: { device: { activatedOn: '2023-01-02' } },
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2023-07-01T04:00:00.000Z',
    },
    ...base('2026-11-23'),
  ],
  'MINT-ULTRA-2024': [
    { when: '60 days have passed since activation', on: '2024-08-30', since: '2024-07-01' },
    {
      when: '59 days have passed',
      on: '2024-08-29',
      since: '2024-07-01',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2024-08-30T04:00:00.000Z',
    },
    {
      when: 'it is on a financing plan',
      on: '2024-08-30',
      since: '2024-07-01',
      told: { device: { financing: owes } },
      no: ['BALANCE_REMAINING'],
    },
    {
      when: 'another handset is on a plan',
      on: '2024-08-30',
      since: '2024-07-01',
      told: { line: { openInstalmentsMinor: 50000 } },
    },
    ...base('2026-11-23'),
  ],
  'ATT-POSTPAID-2024': [
    { when: '60 days have passed since the purchase', on: '2024-07-09', since: '2024-05-10' },
    {
      when: '59 days have passed',
      on: '2024-07-08',
      since: '2024-05-10',
      no: ['TOO_SOON_AFTER_PURCHASE'],
      from: '2024-07-09T04:00:00.000Z',
    },
    {
      when: 'it was paid off early 48 hours ago',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { financing: paid('2024-08-08T17:00:00.000Z', true) } },
    },
    {
      when: 'it was paid off early a minute less than 48 hours ago',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { financing: paid('2024-08-08T17:01:00.000Z', true) } },
      no: ['PAYMENT_SETTLEMENT_HOLD'],
      from: '2024-08-10T17:01:00.000Z',
    },
    {
      when: 'the plan simply ended an hour ago',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { financing: paid('2024-08-10T16:00:00.000Z', false) } },
    },
    {
      when: 'it is active on another account',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { activity: [{ lineId: OTHER_LINE, accountId: OTHER_ACCOUNT, from: '2024-08-01', to: null }] } },
      no: ['ACTIVE_ON_OTHER_ACCOUNT'],
    },
    {
      when: 'something is overdue',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { line: { pastDueMinor: 1 } },
      no: ['ACCOUNT_PAST_DUE'],
    },
    {
      when: 'an early upgrade was taken 14 days ago',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { upgradedOn: '2024-07-27' } },
    },
    {
      when: 'an early upgrade was taken 13 days ago',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { device: { upgradedOn: '2024-07-28' } },
      no: ['EARLY_UPGRADE_WAIT'],
      from: '2024-08-11T04:00:00.000Z',
    },
    {
      when: 'the second IMEI still owes',
      on: '2024-08-10',
      since: '2024-05-10',
      told: { second: { device: { financing: owes } } },
      no: ['BALANCE_REMAINING', 'SECOND_IMEI_FAILS'],
    },
    {
      when: 'deployed military mails orders',
      on: '2024-05-12',
      since: '2024-05-10',
      exemption: 'MILITARY_DEPLOYED',
      told: { channel: 'EMAIL', documents: ['TCS'], device: { financing: owes } },
    },
    ...base('2026-11-23'),
  ],
  'ATT-PREPAID-2024': [
    {
      when: 'six months were paid for, asked on the handset',
      on: '2024-11-10',
      since: '2024-05-10',
      told: { channel: 'DEVICE_APP' },
    },
    {
      when: 'a day less',
      on: '2024-11-09',
      since: '2024-05-10',
      told: { channel: 'DEVICE_APP' },
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: '2024-11-10T05:00:00.000Z',
    },
    {
      when: 'asked at a store',
      on: '2024-11-10',
      since: '2024-05-10',
      told: { channel: 'STORE' },
      no: ['WRONG_CHANNEL'],
    },
    {
      when: 'ten days in between were not paid for',
      on: '2024-11-10',
      since: '2024-05-10',
      told: {
        channel: 'DEVICE_APP',
        line: {
          paidService: [
            { from: '2024-05-10', to: '2024-06-09' },
            { from: '2024-06-20', to: null },
          ],
        },
      },
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: '2024-11-20T05:00:00.000Z',
    },
    {
      when: 'the paid days end before the six months',
      on: '2024-11-10',
      since: '2024-05-10',
      told: { channel: 'DEVICE_APP', line: { paidService: [{ from: '2024-05-10', to: '2024-09-30' }] } },
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: null,
    },
    ...base('2026-11-23').map((one) => ({ ...one, told: { ...one.told, channel: 'DEVICE_APP' as const } })),
  ],
  CRICKET: [
    {
      when: 'six months were paid for from the 31st of August to the end of February',
      on: '2022-02-28',
      since: '2021-08-31',
    },
    {
      when: 'a day less',
      on: '2022-02-27',
      since: '2021-08-31',
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: '2022-02-28T05:00:00.000Z',
    },
    {
      when: 'nothing was paid for',
      on: '2022-02-28',
      since: '2021-08-31',
      told: { line: { paidService: [] } },
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: null,
    },
    {
      when: 'no line is known',
      on: '2022-02-28',
      since: '2021-08-31',
      told: { line: null },
      no: ['LINE_NOT_KNOWN'],
      undecided: true,
    },
    ...base('2026-11-23'),
  ],
  'VZW-2019-WAIVER': [
    { when: '60 days have passed since activation', on: '2019-09-29', since: '2019-07-31' },
    {
      when: '59 days have passed',
      on: '2019-09-28',
      since: '2019-07-31',
      no: ['MIN_SERVICE_NOT_MET'],
      from: '2019-09-29T04:00:00.000Z',
    },
    {
      when: 'something is owed, which it does not ask',
      on: '2019-09-29',
      since: '2019-07-31',
      told: { device: { financing: owes } },
    },
    { when: 'it was sold by another', on: '2019-09-29', since: '2019-07-31', told: { device: { soldByUs: false } } },
    ...base('2026-11-23').slice(1),
  ],
  'VZW-PREPAID-2026': [
    { when: '365 days were paid for', on: '2027-02-01', since: '2026-02-01' },
    {
      when: '364 days were paid for',
      on: '2027-01-31',
      since: '2026-02-01',
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: '2027-02-01T05:00:00.000Z',
    },
    {
      when: 'a month of the year was not paid for',
      on: '2027-02-01',
      since: '2026-02-01',
      told: {
        line: {
          paidService: [
            { from: '2026-02-01', to: '2026-04-30' },
            { from: '2026-06-01', to: null },
          ],
        },
      },
      no: ['MIN_PAID_SERVICE_NOT_MET'],
      from: '2027-03-04T05:00:00.000Z',
    },
    {
      when: 'billing does not answer',
      on: '2027-02-01',
      since: '2026-02-01',
      told: { reachable: false },
      no: ['BILLING_UNAVAILABLE'],
      undecided: true,
    },
    ...base('2027-11-23'),
  ],
  'CA-WIRELESS-CODE-2017': [
    { when: 'it was bought today', on: '2018-01-01', since: '2018-01-01' },
    { when: 'something is owed', on: '2018-01-01', since: '2018-01-01', told: { device: { financing: owes } } },
    { when: 'whoever asks never was a customer', on: '2018-01-01', since: '2018-01-01', told: { line: null } },
    {
      when: 'a court holds it',
      on: '2018-01-01',
      since: '2018-01-01',
      told: { registry: 'BLOCKED', listed: ['COURT_ORDER'] },
      no: ['DEVICE_BLOCKED_COURT_ORDER'],
    },
  ],
  'UK-OFCOM-2021': [
    { when: 'it was bought today', on: '2022-01-01', since: '2022-01-01' },
    { when: 'something is owed', on: '2022-01-01', since: '2022-01-01', told: { device: { financing: owes } } },
    { when: 'billing has never seen it', on: '2022-01-01', since: '2022-01-01', told: { device: null, line: null } },
    {
      when: 'a registry does not answer, which it does not ask',
      on: '2022-01-01',
      since: '2022-01-01',
      told: { registry: 'UNKNOWN' },
    },
  ],
  'FR-ARCEP': [
    { when: 'it was bought today', on: '2020-01-01', since: '2020-01-01' },
    { when: 'it was bought long ago', on: '2020-01-01', since: '2010-01-01' },
    {
      when: 'it was got by fraud',
      on: '2020-01-01',
      since: '2020-01-01',
      told: { registry: 'BLOCKED', listed: ['FRAUDULENTLY_OBTAINED'] },
      no: ['DEVICE_BLOCKED_FRAUD'],
    },
    {
      when: 'it is broken',
      on: '2020-01-01',
      since: '2020-01-01',
      told: { registry: 'BLOCKED', listed: ['BROKEN_OR_FAULTY'] },
      no: ['DEVICE_BLOCKED_FAULTY'],
    },
  ],
};

describe('the shipped policies', () => {
  it('are all told about here, with four stories each at least', () => {
    expect(Object.keys(CASES).sort()).toEqual(SHIPPED.map(({ code }) => code).sort());
    expect(Object.values(CASES).filter((cases) => cases.length < 4)).toEqual([]);
  });

  it.each(SHIPPED)('make sense as the API sees it: $code', (form) => {
    expect(policyFaults(form)).toEqual([]);
  });

  it('make a prepaid customer wait a year at most', () => {
    const waits = SHIPPED.filter(({ segment }) => segment === 'PREPAID').map(({ code }) => {
      const { rules, groups } = rulesOf(code);
      return [code, longestWait(rules, groups)];
    });
    expect(Object.fromEntries(waits)).toEqual({
      'TMUS-PREPAID-2013-08': 40,
      'TMUS-PREPAID-2021': 14,
      'METRO-2024-05': 365,
      'METRO-PRE-2024-05': 180,
      'MINT-ULTRA-2024': 60,
      'ATT-PREPAID-2024': 183,
      CRICKET: 183,
      'VZW-PREPAID-2026': 365,
    });
  });

  const all = Object.entries(CASES).flatMap(([code, cases]) => cases.map((one) => ({ code, ...one })));
  it.each(all)(
    '$code, when $when',
    ({ code, on, since = BOUGHT, told, alternative, exemption, no = [], from, undecided }) => {
      const found = evaluate(rulesOf(code), factsOf(since, told), noon(on), { alternative, exemption });
      expect({ verdict: found.verdict, reasons: [...found.reasons].sort() }).toEqual({
        verdict: no.length === 0 ? 'ELIGIBLE' : undecided ? 'UNDECIDED' : 'NOT_ELIGIBLE',
        reasons: [...no].sort(),
      });
      if (from !== undefined) expect(found.nextEligibleAt).toBe(from);
    },
  );
});
