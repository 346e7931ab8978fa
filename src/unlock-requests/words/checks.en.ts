import type { Parameters } from '../eligibility/rule.js';
import { amountOf, type CheckTexts, codes } from './check-texts.js';

const some = (count: Parameters[string], thing: string): string =>
  `${String(count)} ${thing}${Number(count) === 1 ? '' : 's'}`;

const span = (days: Parameters[string], months: Parameters[string]): string =>
  months === undefined ? some(days, 'day') : some(months, 'month');

const since =
  (event: string) =>
  ({ min, minMonths, comparison }: Parameters): string =>
    `${comparison === 'MORE_THAN' ? 'more than' : 'at least'} ${span(min, minMonths)} have passed since ${event}`;

const CLOCK: Readonly<Record<string, string>> = {
  CONSECUTIVE_ACTIVE: 'without a break',
  CUMULATIVE_ACTIVE: 'in all',
  ACTIVE_ON_REQUESTING_LINE: 'on the line that asks',
};
const WHOSE: Readonly<Record<string, string>> = { LINE: 'the line', ACCOUNT: 'the account', DEVICE: 'the handset' };
const CUSTOMERS: Readonly<Record<string, string>> = {
  PRESENT: 'a present customer',
  FORMER: 'a former customer',
  NEVER: 'never a customer of ours',
};

function settled({ hours, days, when, channels }: Parameters): string {
  const payment =
    when === 'EARLY_PAYOFF' ? 'an early payment of the whole balance' : 'the payment that closed the balance';
  const by = channels === undefined ? '' : ` made by ${codes(channels, 'or')}`;
  if (hours !== undefined) return `${some(hours, 'hour')} have passed since ${payment}${by}`;
  if (days !== undefined) return `${some(days, 'day')} have passed since ${payment}${by}`;
  return `the bill with ${payment}${by} has closed`;
}

export const CHECKS_IN_ENGLISH: CheckTexts = {
  CHANNEL: () => 'the request comes through the channel the policy names',
  SOLD_BY_CARRIER: () => 'we sold the handset',
  NOT_BLOCKED: () => 'no registry lists the handset as lost, stolen, blocked or claimed by somebody else',
  NO_FRAUD_FLAG: () => 'there is no suspicion of fraud',
  GOOD_STANDING: () => 'the account is in good standing',
  ACCOUNT_ACTIVE: () => 'the account is active',
  NOT_PAST_DUE: () => 'nothing on the account is overdue',
  PAID_IN_FULL: () => 'the handset is paid for in full',
  NO_OPEN_INSTALMENT: () => 'no instalment plan is open for the handset',
  NO_OPEN_INSTALMENT_ANYWHERE: () => 'no instalment plan is open for any handset of the account',
  CONTRACT_COMPLETE: () => 'the service contract has ended',
  NOT_ACTIVE_ON_OTHER_ACCOUNT: () => 'the handset is not in use on another account',
  COMPANY_AUTHORISATION: () => 'for a company, its authorised person has agreed',
  DAYS_SINCE_PURCHASE: since('the purchase'),
  DAYS_SINCE_ACTIVATION: since('the handset was first activated'),
  CUSTOMER_SINCE: since('the account was opened'),
  DAYS_ACTIVE: ({ min, clock }) =>
    `the handset was in service on our network for ${some(min, 'day')} ${CLOCK[String(clock)]}`,
  PAID_SERVICE: ({ minDays, minMonths }) =>
    `service was paid for ${span(minDays, minMonths)}; days that were not paid for do not count`,
  SETTLEMENT_HOLD: settled,
  EARLY_UPGRADE_WAIT: ({ days }) => `${some(days, 'day')} have passed since an early upgrade`,
  MONTHLY_PAYMENTS: ({ min, ifTenureMonthsBelow }) =>
    `${some(min, 'monthly payment')} were made${
      ifTenureMonthsBelow === undefined
        ? ''
        : `, asked only of customers of less than ${some(ifTenureMonthsBelow, 'month')}`
    }`,
  REFILL_TOTAL: ({ minMinor, currency, comparison }) =>
    `the line was refilled by ${comparison === 'MORE_THAN' ? 'more than' : 'at least'} ${amountOf(minMinor, currency)} in all`,
  IMEI_USAGE_SEEN: ({ scope, withinDays }) =>
    `our network has seen the handset in use${scope === 'REQUESTING_LINE' ? ' on the line that asks' : ''}${
      withinDays === undefined ? '' : ` within ${some(withinDays, 'day')}`
    }`,
  MAX_UNLOCKS: ({ n, windowDays, scope, kinds }) =>
    `fewer than ${some(n, 'unlock')}${kinds === undefined ? '' : ` of the kind ${codes(kinds, 'or')}`} were given for ${
      WHOSE[String(scope)]
    } within ${some(windowDays, 'day')}`,
  DOCUMENT: ({ documents }) => `one of these documents was accepted: ${codes(documents, 'or')}`,
  CUSTOMER_IS: ({ kinds }) =>
    `whoever asks is ${((kinds ?? []) as readonly string[]).map((kind) => CUSTOMERS[kind]).join(' or ')}`,
};
