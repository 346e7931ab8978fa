/** What a parameter of a check may be. */
export type ParameterKind =
  | { kind: 'WHOLE'; min: number; max: number }
  | { kind: 'ONE_OF'; values: readonly string[] }
  | { kind: 'CODES'; values?: readonly string[] }
  | { kind: 'CURRENCY' };

interface Parameter {
  about: string;
  of: ParameterKind;
  required?: true;
}

interface CheckKind {
  /** What must be so, in plain words. */
  about: string;
  parameters: Readonly<Record<string, Parameter>>;
  /** Of these exactly one must be given. */
  oneOf?: readonly string[];
}

const days = (about: string): Parameter => ({ about, of: { kind: 'WHOLE', min: 0, max: 3650 } });
const whole = (about: string, max: number): Parameter => ({ about, of: { kind: 'WHOLE', min: 1, max } });
const choice = (about: string, values: readonly string[]): Parameter => ({ about, of: { kind: 'ONE_OF', values } });
const needed = (parameter: Parameter): Parameter => ({ ...parameter, required: true });

const COMPARISON = choice('AT_LEAST, which holds when left out, or MORE_THAN', ['AT_LEAST', 'MORE_THAN']);
const sinceA = (event: string): CheckKind => ({
  about: `So many days or calendar months have passed since ${event}`,
  parameters: { min: days('days'), minMonths: whole('calendar months', 120), comparison: COMPARISON },
  oneOf: ['min', 'minMonths'],
});
const plain = (about: string): CheckKind => ({ about, parameters: {} });

export const CLOCKS = ['CONSECUTIVE_ACTIVE', 'CUMULATIVE_ACTIVE', 'ACTIVE_ON_REQUESTING_LINE'] as const;
export const CAP_SCOPES = ['LINE', 'ACCOUNT', 'DEVICE'] as const;
export const CUSTOMER_KINDS = ['PRESENT', 'FORMER', 'NEVER'] as const;

/** Every check a policy can be made of. */
export const CHECKS = {
  SOLD_BY_CARRIER: plain('We sold the handset'),
  NOT_BLOCKED: plain('No registry lists the handset as lost, stolen, fraudulently obtained, faulty or held by a court'),
  NO_FRAUD_FLAG: plain('Billing does not suspect fraud'),
  GOOD_STANDING: plain('The account is in good standing'),
  ACCOUNT_ACTIVE: plain('The account is active'),
  NOT_PAST_DUE: plain('Nothing is overdue on the account'),
  PAID_IN_FULL: plain('Nothing is owed for this handset'),
  NO_OPEN_INSTALMENT: plain('No instalment plan is open for this handset'),
  NO_OPEN_INSTALMENT_ANYWHERE: plain('No instalment plan is open for any handset of the account'),
  CONTRACT_COMPLETE: plain('The service contract has ended'),
  NOT_ACTIVE_ON_OTHER_ACCOUNT: plain('The handset is not active on an account other than the one that asks'),
  COMPANY_AUTHORISATION: plain("A company's authorised person has agreed"),
  DAYS_SINCE_PURCHASE: sinceA('the purchase'),
  DAYS_SINCE_ACTIVATION: sinceA("the handset's first activation"),
  CUSTOMER_SINCE: sinceA('the account was opened'),
  DAYS_ACTIVE: {
    about: 'The handset was active on our network for so many days',
    parameters: { min: needed(days('days')), clock: needed(choice('which days count', CLOCKS)) },
  },
  PAID_SERVICE: {
    about: 'Service was paid for so many days or months in all; days that were not paid for do not count',
    parameters: { minDays: whole('days', 3650), minMonths: whole('calendar months', 120) },
    oneOf: ['minDays', 'minMonths'],
  },
  SETTLEMENT_HOLD: {
    about: 'A payment that closed the balance has had time to settle',
    parameters: {
      hours: whole('hours from the payment', 8760),
      days: whole('days from the payment', 365),
      until: choice('until the bill closes that the payment stands on', ['NEXT_BILL']),
      when: choice('after an early payoff only, or after any, which holds when left out', [
        'EARLY_PAYOFF',
        'ANY_PAYOFF',
      ]),
      channels: { about: 'only for payments through these channels; left out, for all', of: { kind: 'CODES' } },
    },
    oneOf: ['hours', 'days', 'until'],
  },
  EARLY_UPGRADE_WAIT: {
    about: 'The days in which an early upgrade can be undone have passed',
    parameters: { days: needed(whole('days', 365)) },
  },
  MONTHLY_PAYMENTS: {
    about: 'So many monthly payments were made',
    parameters: {
      min: needed(whole('payments', 600)),
      ifTenureMonthsBelow: whole('asked only of customers of fewer months', 600),
    },
  },
  REFILL_TOTAL: {
    about: 'Refills of so much in all were made on the line',
    parameters: {
      minMinor: needed(whole('minor units', 100_000_000)),
      currency: needed({ about: 'ISO 4217 code', of: { kind: 'CURRENCY' } }),
      comparison: COMPARISON,
    },
  },
  IMEI_USAGE_SEEN: {
    about: 'Our network has seen the handset',
    parameters: {
      scope: choice('on any line, which holds when left out, or on the line that asks', [
        'ANY_LINE',
        'REQUESTING_LINE',
      ]),
      withinDays: whole('only within so many days', 3650),
    },
  },
  MAX_UNLOCKS: {
    about: 'Fewer than so many unlocks were granted within a time',
    parameters: {
      n: needed(whole('unlocks', 1000)),
      windowDays: needed(whole('days', 3650)),
      scope: needed(choice('whose unlocks count', CAP_SCOPES)),
      kinds: { about: 'only unlocks of these kinds; left out, of all', of: { kind: 'CODES' } },
    },
  },
  DOCUMENT: {
    about: 'One of these documents was handed in and found good',
    parameters: { documents: needed({ about: 'document types', of: { kind: 'CODES' } }) },
  },
  CUSTOMER_IS: {
    about: 'Whoever asks is a present, a former or never was a customer',
    parameters: { kinds: needed({ about: CUSTOMER_KINDS.join(', '), of: { kind: 'CODES', values: CUSTOMER_KINDS } }) },
  },
} as const satisfies Record<string, CheckKind>;

export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];
export const checkKind = (name: CheckName): CheckKind => CHECKS[name];
