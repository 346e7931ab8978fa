/** A day of the calendar, `YYYY-MM-DD`, in the carrier's zone. */
export type Day = string;
/** An RFC 3339 instant in UTC. */
export type Instant = string;

export const SEGMENTS = ['POSTPAID', 'PREPAID', 'BUSINESS'] as const;
export type Segment = (typeof SEGMENTS)[number];

export const ACCOUNT_STATES = ['ACTIVE', 'SUSPENDED', 'CANCELLED'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** From one day to another, the last one included; `to` is null while it lasts. */
export interface Period {
  from: Day;
  to: Day | null;
}

/** When a device was active on a line. */
export interface LineActivity extends Period {
  lineId: string;
  accountId: string;
}

/** When the network saw a device on a line. */
export interface LineUsage {
  lineId: string;
  firstSeenOn: Day;
  lastSeenOn: Day;
}

/** What is still to be paid for a device, and how the last of it was paid. */
export interface DeviceFinancing {
  /** Open balance in minor units; 0 when nothing is owed, also for a device that was bought outright. */
  balanceMinor: number;
  currency: string;
  /** When the balance reached 0; null while it is open, and for a device bought outright. */
  paidOffAt: Instant | null;
  /** How the last of it was paid, such as CARD, BILL or BANK. */
  payoffChannel: string | null;
  /** Whether it was paid before the plan's end. */
  paidOffEarly: boolean;
  /** When the bill that carries the last payment closes, where it was paid through the bill. */
  billClosesOn: Day | null;
}

/** What billing knows of a device. A null says that it does not know, which is never the same as "no". */
export interface DeviceRecord {
  soldByUs: boolean | null;
  /** The carrier's brand it was sold under, such as `T-Mobile US`. */
  brand: string | null;
  segment: Segment | null;
  /** ISO 3166 country, with a subdivision where that decides, such as `US` or `CA-QC`. */
  jurisdiction: string | null;
  purchasedOn: Day | null;
  activatedOn: Day | null;
  fraudFlag: boolean | null;
  financing: DeviceFinancing | null;
  /** When the service contract ends; null when there is none. */
  contractEndsOn: Day | null;
  /** When the present early upgrade was taken, whose remorse period may still run; null when there was none. */
  upgradedOn: Day | null;
  activity: readonly LineActivity[];
  usage: readonly LineUsage[];
}

/** What billing knows of a line and of its account. */
export interface LineRecord {
  lineId: string;
  accountId: string;
  accountState: AccountState;
  goodStanding: boolean | null;
  pastDueMinor: number | null;
  /** What is owed for all devices of the account together. */
  openInstalmentsMinor: number | null;
  currency: string;
  /** Whether the account belongs to a company, and whether its authorised person has agreed to unlocks. */
  company: boolean;
  companyAuthorised: boolean | null;
  customerSince: Day;
  lineActivatedOn: Day;
  /** Days for which service was paid. */
  paidService: readonly Period[];
  /** All prepaid refills on the line together. */
  refillsMinor: number;
  /** Monthly payments made on the line's account. */
  monthlyPayments: number;
}

/** What billing answers about one device and, where there is one, the line that asks or last had it. */
export interface BillingFacts {
  /** Who says so: `accounts` for the table kept here, or the host of the billing system. */
  source: string;
  /** When it was asked. */
  asOf: Instant;
  /** False when billing could not be reached in time: then nothing below is known. */
  reachable: boolean;
  /** Null when billing has never seen the device. */
  device: DeviceRecord | null;
  /** Null when no line was named and none has ever had the device. */
  line: LineRecord | null;
}

/** A question to billing: a device by its fourteen digits, and the line that asks, when it is known. */
export interface BillingQuestion {
  imei14: string;
  lineId?: string;
}

/** Injection token of the port: the table kept here, or a billing system behind HTTP. */
export const BILLING = Symbol('billing');

/** The port to the carrier's billing. It never throws for a system that does not answer: it says `reachable: false`. */
export interface Billing {
  /** One answer a question, in their order. */
  factsOf(questions: readonly BillingQuestion[]): Promise<BillingFacts[]>;
}
