import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  ListOf,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { ACCOUNT_STATES, type AccountState } from '../billing-facts.js';

const MOST = 2_147_483_647;
/** As many lines as an account is shown with. */
export const MOST_LINES_SHOWN = 1000;

/** A customer's account as billing has it. */
export class AccountView {
  /** Id of the account. */
  @Id()
  id: string;
  /** The number billing knows it by. */
  @Text(1, 32)
  number: string;
  /** Whether it is active. */
  @OneOf(ACCOUNT_STATES, 'AccountState')
  state: AccountState;
  /** Whether it is in good standing; null when not known. */
  @Nullable()
  @Flag()
  goodStanding: boolean | null;
  /** What is overdue, in minor units; null when not known. */
  @Nullable()
  @Cents()
  pastDueMinor: number | null;
  /** Currency of the account. */
  @CurrencyCode()
  currency: string;
  /** Whether it belongs to a company. */
  @Flag()
  company: boolean;
  /** Whether the company's authorised person has agreed to unlocks; null when not known. */
  @Nullable()
  @Flag()
  companyAuthorised: boolean | null;
  /** Since when the customer is one. */
  @DateOnly()
  customerSince: string;
  /** The `sub` of the customer's token; null when there is none. */
  @Nullable()
  @Text(1, 200)
  customerSubject: string | null;
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, MOST)
  version: number;
}

/** A line of an account. */
export class AccountLineView {
  /** Id of the line. */
  @Id()
  id: string;
  /** The account it belongs to. */
  @Id()
  accountId: string;
  /** The number billing knows it by. */
  @Text(1, 32)
  number: string;
  /** When it was activated. */
  @DateOnly()
  activatedOn: string;
}

/** An account with its lines. */
export class AccountWithLinesView extends AccountView {
  /** Lines by number, the first thousand of them. */
  @ListOf(() => AccountLineView, 0, MOST_LINES_SHOWN)
  lines: AccountLineView[];
  /** How many lines there are. */
  @WholeNumber(0, MOST)
  lineCount: number;
}

export class AccountPageView {
  /** Accounts by number. */
  @ListOf(() => AccountView, 0, 200)
  items: AccountView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
