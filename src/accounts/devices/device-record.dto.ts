import {
  Cents,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  IdentifierText,
  Instant,
  Maybe,
  Nested,
  Nullable,
  OneOf,
  Text,
} from '../../values/fields.js';
import { type Segment, SEGMENTS } from '../billing-facts.js';
import { Jurisdiction } from './jurisdiction.js';

export class FinancingDto {
  /** Open balance in minor units; 0 when nothing is owed. */
  @Cents()
  balanceMinor: number;
  /** Currency of the balance. */
  @CurrencyCode()
  currency: string;
  /** When the balance reached 0; left out while it is open, and for a device bought outright. */
  @Maybe()
  @Nullable()
  @Instant()
  paidOffAt?: string | null;
  /** How the last of it was paid; only of what is paid off. */
  @Maybe()
  @Nullable()
  @Text(1, 40)
  payoffChannel?: string | null;
  /** Whether it was paid before the plan's end; only of what is paid off. */
  @Maybe()
  @Flag()
  paidOffEarly?: boolean = false;
  /** When the bill that carries the last payment closes; only of what is paid off. */
  @Maybe()
  @Nullable()
  @DateOnly()
  billClosesOn?: string | null;
}

/** What is left out stays as it is; null says that it is not known. */
export class RecordDeviceDto {
  /** The IMEI with its check digit, or with its software version. */
  @IdentifierText()
  identifier: string;
  /** The account of its last activity. */
  @Maybe()
  @Nullable()
  @Id()
  accountId?: string | null;
  /** Whether we sold it. */
  @Maybe()
  @Nullable()
  @Flag()
  soldByUs?: boolean | null;
  /** The brand it was sold under. */
  @Maybe()
  @Nullable()
  @Text(1, 60)
  brand?: string | null;
  /** The kind of customer it was sold to. */
  @Maybe()
  @Nullable()
  @OneOf(SEGMENTS, 'Segment')
  segment?: Segment | null;
  /** ISO 3166 country, with a subdivision where that decides. */
  @Maybe()
  @Nullable()
  @Jurisdiction()
  jurisdiction?: string | null;
  /** When it was bought. */
  @Maybe()
  @Nullable()
  @DateOnly()
  purchasedOn?: string | null;
  /** When it was first activated. */
  @Maybe()
  @Nullable()
  @DateOnly()
  activatedOn?: string | null;
  /** Whether it is believed to have been got by fraud. */
  @Maybe()
  @Nullable()
  @Flag()
  fraudFlag?: boolean | null;
  /** What is still to be paid for it; given, it replaces all that stood there. */
  @Maybe()
  @Nullable()
  @Nested(() => FinancingDto)
  financing?: FinancingDto | null;
  /** When its service contract ends. */
  @Maybe()
  @Nullable()
  @DateOnly()
  contractEndsOn?: string | null;
  /** When the present early upgrade was taken. */
  @Maybe()
  @Nullable()
  @DateOnly()
  upgradedOn?: string | null;
  /** Why, for the history. */
  @Maybe()
  @Text(1, 500)
  reason?: string;
}

export class FindDeviceRecordDto {
  /** The IMEI with its check digit, or with its software version. */
  @IdentifierText()
  identifier: string;
  /** The line that asks; left out, the one that has the device or had it last. */
  @Maybe()
  @Id()
  lineId?: string;
}
