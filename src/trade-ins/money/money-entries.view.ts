import {
  Cents,
  CurrencyCode,
  Id,
  ListOf,
  MOST_MINOR,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  COMPONENTS,
  type Component,
  LEDGER_ACCOUNTS,
  type LedgerAccount,
  MONEY_EVENTS,
  type MoneyEvent,
} from './money.words.js';

/** One posting: a debit and a credit of the same amount. */
export class MoneyEntryView {
  /** Its id. */
  @Id()
  id: string;
  /** What it is about. */
  @OneOf(MONEY_EVENTS, 'MoneyEvent')
  event: MoneyEvent;
  /** The account debited. */
  @OneOf(LEDGER_ACCOUNTS, 'LedgerAccount')
  debit: LedgerAccount;
  /** The account credited. */
  @OneOf(LEDGER_ACCOUNTS, 'LedgerAccount')
  credit: LedgerAccount;
  /** The amount, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** Market value, or what is on top of it. */
  @OneOf(COMPONENTS, 'TradeInComponent')
  component: Component;
  /** The credit it pays. */
  @Nullable()
  @Id()
  creditId: string | null;
  /** The posting that it takes back. */
  @Nullable()
  @Id()
  reversesId: string | null;
  /** When it was posted. */
  @Moment()
  postedAt: string;
  /** Who posted it. */
  @Text(1, 200)
  actor: string;
}

/** What stands on one account of one trade-in: debits less credits. */
export class AccountBalanceView {
  /** The account. */
  @OneOf(LEDGER_ACCOUNTS, 'LedgerAccount')
  account: LedgerAccount;
  /** Debits less credits, in minor units. */
  @WholeNumber(-MOST_MINOR, MOST_MINOR)
  balanceMinor: number;
}

/** The money of one trade-in. */
export class MoneyEntriesView {
  /** ISO 4217 code of all amounts. */
  @CurrencyCode()
  currency: string;
  /** The postings, the first first. */
  @ListOf(() => MoneyEntryView, 0, 1000)
  entries: MoneyEntryView[];
  /** What stands on each account; together they are zero. */
  @ListOf(() => AccountBalanceView, 0, 20)
  balances: AccountBalanceView[];
}
