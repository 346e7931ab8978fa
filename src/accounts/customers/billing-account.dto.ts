import { PageQuery } from '../../platform/http/page.dto.js';
import { Cents, Code, CurrencyCode, DateOnly, Flag, Id, Maybe, Nullable, OneOf, Text } from '../../values/fields.js';
import { Email } from '../../values/email.js';
import { BILLING_NUMBER } from '../accounts.words.js';
import { ACCOUNT_STATES, type AccountState } from '../billing-facts.js';

export class AccountParams {
  /** Id of the account. */
  @Id()
  id: string;
}

export class ListAccountsQuery extends PageQuery {
  /** Only the account of this number. */
  @Maybe()
  @Code(BILLING_NUMBER, 32, 'A-100200')
  number?: string;
  /** Only the account that has the line of this number. */
  @Maybe()
  @Code(BILLING_NUMBER, 32, 'L-100200-1')
  lineNumber?: string;
}

export class CreateAccountDto {
  /** The number billing knows it by; never a phone number. It stays for ever. */
  @Code(BILLING_NUMBER, 32, 'A-100200')
  number: string;
  /** Whether it is active; `ACTIVE` unless told otherwise. */
  @Maybe()
  @OneOf(ACCOUNT_STATES, 'AccountState')
  state?: AccountState = 'ACTIVE';
  /** Whether it is in good standing; null or left out when not known. */
  @Maybe()
  @Nullable()
  @Flag()
  goodStanding?: boolean | null;
  /** What is overdue, in minor units; null or left out when not known. */
  @Maybe()
  @Nullable()
  @Cents()
  pastDueMinor?: number | null;
  /** Currency of the account; it stays for ever. */
  @CurrencyCode()
  currency: string;
  /** Whether it belongs to a company. */
  @Maybe()
  @Flag()
  company?: boolean = false;
  /** Whether the company's authorised person has agreed to unlocks; only of a company. */
  @Maybe()
  @Nullable()
  @Flag()
  companyAuthorised?: boolean | null;
  /** Since when the customer is one. */
  @DateOnly()
  customerSince: string;
  /** The `sub` of the customer's token, when the customer has one. */
  @Maybe()
  @Nullable()
  @Text(1, 200)
  customerSubject?: string | null;
  /** The customer's address, by which they are known again when they ask without a token. Only a keyed hash of it is kept. */
  @Maybe()
  @Email()
  email?: string;
}

export class AddAccountLineDto {
  /** The number billing knows the line by; never a phone number. */
  @Code(BILLING_NUMBER, 32, 'L-100200-1')
  number: string;
  /** When the line was activated. */
  @DateOnly()
  activatedOn: string;
}
