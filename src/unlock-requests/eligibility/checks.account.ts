import type { BillingFacts, DeviceRecord, LineRecord } from '../../accounts/billing-facts.js';
import { addMonths, daysBetween, startOfDay } from '../../values/day.js';
import type { CUSTOMER_KINDS } from './check-catalogue.js';
import { type Check, fail, type Finding, type Look, pass, unknown } from './finding.js';
import type { Reason } from './reasons.js';
import { dayReaching, daysWithin, spansOf } from './spans.js';

// Three answers are never mixed up: billing says no, billing does not know, billing did not answer.

/** Looks at the line that asks or last had the handset. */
export function onLine(look: Look, see: (line: LineRecord) => Finding): Finding {
  const { reachable, line } = look.identifier.billing;
  if (!reachable) return unknown('BILLING_UNAVAILABLE');
  return line ? see(line) : unknown('LINE_NOT_KNOWN');
}

/** Looks at what billing knows of the handset. */
export function onDevice(look: Look, see: (device: DeviceRecord) => Finding): Finding {
  const { reachable, device } = look.identifier.billing;
  if (!reachable) return unknown('BILLING_UNAVAILABLE');
  return device ? see(device) : fail('DEVICE_NOT_SOLD_BY_US', 'billing has never seen it');
}

/** A yes or no that billing may not know. */
export function yesOrNo(value: boolean | null, reason: Reason, seen: string): Finding {
  if (value === null) return unknown(reason, 'not known');
  return value ? pass(seen) : fail(reason, seen);
}

export const amount = (minor: number, currency: string): string => `${minor} ${currency} minor units`;

/** Nothing is owed, as far as billing says. */
function nothingOwed(minor: number | null, currency: string, reason: Reason): Finding {
  if (minor === null) return unknown(reason, 'not known');
  return minor === 0 ? pass('0') : fail(reason, amount(minor, currency), '0');
}

const kindOf = ({ line }: BillingFacts): (typeof CUSTOMER_KINDS)[number] => {
  if (!line) return 'NEVER';
  return line.accountState === 'CANCELLED' ? 'FORMER' : 'PRESENT';
};

const paidInFull: Check = (look) =>
  onDevice(look, ({ financing }) =>
    financing
      ? nothingOwed(financing.balanceMinor, financing.currency, 'BALANCE_REMAINING')
      : unknown('BALANCE_REMAINING', 'not known'),
  );

const paidService: Check = (look, { minDays, minMonths }) =>
  onLine(look, ({ paidService: periods }) => {
    const spans = spansOf(periods);
    const first = spans[0]?.start;
    const needed = minDays !== undefined ? (minDays as number) : monthsInDays(first ?? look.today, minMonths as number);
    const have = daysWithin(spans, look.today);
    const asked = minDays !== undefined ? `${needed} days` : `${minMonths as number} months`;
    if (have >= needed) return pass(`${have} days`, asked);
    const day = dayReaching(spans, needed);
    const from = day === null ? null : startOfDay(look.timeZone, day);
    return fail('MIN_PAID_SERVICE_NOT_MET', `${have} days`, asked, from);
  });

/** Months as the calendar has them from a day on, counted in days, so that days not paid for push the end back. */
const monthsInDays = (from: string, months: number): number => daysBetween(from, addMonths(from, months));

const monthlyPayments: Check = (look, { min, ifTenureMonthsBelow }) =>
  onLine(look, ({ monthlyPayments: made, customerSince }) => {
    const asked = `${min as number} payments`;
    if (made >= (min as number)) return pass(`${made} payments`, asked);
    if (ifTenureMonthsBelow === undefined) return fail('MONTHLY_PAYMENTS_NOT_MET', `${made} payments`, asked);
    const freeFrom = addMonths(customerSince, ifTenureMonthsBelow as number);
    if (look.today >= freeFrom) return pass(`customer since ${customerSince}`, asked);
    return fail('MONTHLY_PAYMENTS_NOT_MET', `${made} payments`, asked, startOfDay(look.timeZone, freeFrom));
  });

const refillTotal: Check = (look, { minMinor, currency, comparison }) =>
  onLine(look, ({ refillsMinor, currency: paidIn }) => {
    const asked = `${comparison === 'MORE_THAN' ? 'more than' : 'at least'} ${amount(minMinor as number, currency as string)}`;
    const least = (minMinor as number) + (comparison === 'MORE_THAN' ? 1 : 0);
    const enough = paidIn === currency && refillsMinor >= least;
    const seen = amount(refillsMinor, paidIn);
    return enough ? pass(seen, asked) : fail('REFILL_THRESHOLD_NOT_MET', seen, asked);
  });

/** The checks that look at an account, a line and what was paid. */
export const ACCOUNT_CHECKS = {
  GOOD_STANDING: (look) =>
    onLine(look, (line) =>
      yesOrNo(line.goodStanding, 'ACCOUNT_NOT_GOOD_STANDING', line.goodStanding ? 'good' : 'not good'),
    ),
  ACCOUNT_ACTIVE: (look) =>
    onLine(look, ({ accountState }) =>
      accountState === 'ACTIVE' ? pass(accountState) : fail('ACCOUNT_NOT_ACTIVE', accountState, 'ACTIVE'),
    ),
  NOT_PAST_DUE: (look) => onLine(look, (line) => nothingOwed(line.pastDueMinor, line.currency, 'ACCOUNT_PAST_DUE')),
  PAID_IN_FULL: paidInFull,
  NO_OPEN_INSTALMENT: paidInFull,
  NO_OPEN_INSTALMENT_ANYWHERE: (look) =>
    onLine(look, (line) => nothingOwed(line.openInstalmentsMinor, line.currency, 'BALANCE_REMAINING')),
  COMPANY_AUTHORISATION: (look) =>
    onLine(look, ({ company, companyAuthorised }) =>
      company
        ? yesOrNo(companyAuthorised, 'COMPANY_AUTH_REQUIRED', companyAuthorised ? 'agreed' : 'not agreed')
        : pass('no company'),
    ),
  PAID_SERVICE: paidService,
  MONTHLY_PAYMENTS: monthlyPayments,
  REFILL_TOTAL: refillTotal,
  CUSTOMER_IS: (look, { kinds }) => {
    if (!look.identifier.billing.reachable) return unknown('BILLING_UNAVAILABLE');
    const kind = kindOf(look.identifier.billing);
    const wanted = kinds as readonly string[];
    return wanted.includes(kind) ? pass(kind) : fail('ACCOUNT_NOT_ACTIVE', kind, wanted.join(' or '));
  },
} as const satisfies Record<string, Check>;
