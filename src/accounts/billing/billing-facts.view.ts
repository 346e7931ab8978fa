import {
  Cents,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  Instant,
  ListOf,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { ACCOUNT_STATES, type AccountState, type Segment, SEGMENTS } from '../billing-facts.js';
import { Jurisdiction } from '../devices/jurisdiction.js';

const MOST_PERIODS = 10_000;
const MOST_TOTAL = 1_000_000_000_000;

/** From one day to another, the last one included. */
export class PeriodView {
  /** The first day. */
  @DateOnly()
  from: string;
  /** The last day; null while it lasts. */
  @Nullable()
  @DateOnly()
  to: string | null;
}

/** When a device was active on a line. */
export class LineActivityView extends PeriodView {
  /** The line. */
  @Id()
  lineId: string;
  /** The account of the line. */
  @Id()
  accountId: string;
}

/** When the network saw a device on a line. */
export class LineUsageView {
  /** The line. */
  @Id()
  lineId: string;
  /** The first day. */
  @DateOnly()
  firstSeenOn: string;
  /** The last day. */
  @DateOnly()
  lastSeenOn: string;
}

/** What is still to be paid for a device, and how the last of it was paid. */
export class DeviceFinancingView {
  /** Open balance in minor units; 0 when nothing is owed, also for a device bought outright. */
  @Cents()
  balanceMinor: number;
  /** Currency of the balance. */
  @CurrencyCode()
  currency: string;
  /** When the balance reached 0; null while it is open, and for a device bought outright. */
  @Nullable()
  @Instant()
  paidOffAt: string | null;
  /** How the last of it was paid, such as CARD, BILL or BANK. */
  @Nullable()
  @Text(1, 40)
  payoffChannel: string | null;
  /** Whether it was paid before the plan's end. */
  @Flag()
  paidOffEarly: boolean;
  /** When the bill that carries the last payment closes, where it was paid through the bill. */
  @Nullable()
  @DateOnly()
  billClosesOn: string | null;
}

/** What is known of a device by itself; null is not known. */
export class DeviceFactsView {
  /** Whether we sold it. */
  @Nullable()
  @Flag()
  soldByUs: boolean | null;
  /** The brand it was sold under. */
  @Nullable()
  @Text(1, 60)
  brand: string | null;
  /** The kind of customer it was sold to. */
  @Nullable()
  @OneOf(SEGMENTS, 'Segment')
  segment: Segment | null;
  /** ISO 3166 country, with a subdivision where that decides. */
  @Nullable()
  @Jurisdiction()
  jurisdiction: string | null;
  /** When it was bought. */
  @Nullable()
  @DateOnly()
  purchasedOn: string | null;
  /** When it was first activated. */
  @Nullable()
  @DateOnly()
  activatedOn: string | null;
  /** Whether it is believed to have been got by fraud. */
  @Nullable()
  @Flag()
  fraudFlag: boolean | null;
  /** What is still to be paid for it. */
  @Nullable()
  @Nested(() => DeviceFinancingView)
  financing: DeviceFinancingView | null;
  /** When its service contract ends; null when there is none. */
  @Nullable()
  @DateOnly()
  contractEndsOn: string | null;
  /** When the present early upgrade was taken; null when there was none. */
  @Nullable()
  @DateOnly()
  upgradedOn: string | null;
}

/** What billing knows of a device. */
export class BilledDeviceView extends DeviceFactsView {
  /** When it was active on which line, the earliest first. */
  @ListOf(() => LineActivityView, 0, MOST_PERIODS)
  activity: LineActivityView[];
  /** On which lines the network saw it. */
  @ListOf(() => LineUsageView, 0, MOST_PERIODS)
  usage: LineUsageView[];
}

/** What billing knows of a line and of its account. */
export class BilledLineView {
  /** The line. */
  @Id()
  lineId: string;
  /** Its account. */
  @Id()
  accountId: string;
  /** State of the account. */
  @OneOf(ACCOUNT_STATES, 'AccountState')
  accountState: AccountState;
  /** Whether the account is in good standing; null when not known. */
  @Nullable()
  @Flag()
  goodStanding: boolean | null;
  /** What is overdue, in minor units; null when not known. */
  @Nullable()
  @WholeNumber(0, MOST_TOTAL)
  pastDueMinor: number | null;
  /** What is owed for all devices of the account together, in minor units; null when not known of one of them. */
  @Nullable()
  @WholeNumber(0, MOST_TOTAL)
  openInstalmentsMinor: number | null;
  /** Currency of every amount here. */
  @CurrencyCode()
  currency: string;
  /** Whether the account belongs to a company. */
  @Flag()
  company: boolean;
  /** Whether the company's authorised person has agreed to unlocks; null when not known. */
  @Nullable()
  @Flag()
  companyAuthorised: boolean | null;
  /** Since when there is the account. */
  @DateOnly()
  customerSince: string;
  /** When the line was activated. */
  @DateOnly()
  lineActivatedOn: string;
  /** Days for which service was paid, the earliest first. */
  @ListOf(() => PeriodView, 0, MOST_PERIODS)
  paidService: PeriodView[];
  /** All prepaid refills on the line together, in minor units. */
  @WholeNumber(0, MOST_TOTAL)
  refillsMinor: number;
  /** Monthly payments made on the account. */
  @WholeNumber(0, 1_000_000)
  monthlyPayments: number;
}

/** What billing answers about a device and the line that asks or last had it. */
export class BillingFactsView {
  /** Who says so: `accounts` for what is kept here, or the host of the billing system. */
  @Text(1, 255)
  source: string;
  /** When it was asked. */
  @Moment()
  asOf: string;
  /** False when billing could not be reached in time: then nothing below is known. */
  @Flag()
  reachable: boolean;
  /** Null when billing has never seen the device. */
  @Nullable()
  @Nested(() => BilledDeviceView)
  device: BilledDeviceView | null;
  /** Null when no line was named and none has ever had the device. */
  @Nullable()
  @Nested(() => BilledLineView)
  line: BilledLineView | null;
}
