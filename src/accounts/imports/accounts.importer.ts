import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import {
  amount,
  choice,
  ColumnFault,
  day,
  flag,
  optional,
  type Reader,
  required,
  text,
  usually,
} from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { storeRows } from '../../imports/stored-rows.js';
import { Vault } from '../../platform/secrets/vault.js';
import { contactIndex } from '../customers/contact-index.js';
import { isMailAddress } from '../../values/email.js';
import { ACCOUNT_STATES, type AccountState } from '../billing-facts.js';
import { amountFaults, billingNumber, currencyCode, minorOrNull, twiceFaults } from './columns.js';

interface AccountRow {
  number: string;
  state: AccountState;
  good_standing: boolean | null;
  past_due: string | null;
  currency: string;
  company: boolean;
  company_authorised: boolean | null;
  customer_since: string;
  customer_subject: string | null;
  email: string | null;
}

interface Said {
  kept_in: string | null;
  written: boolean;
}

const mailAddress: Reader<string> = (given) =>
  isMailAddress(given) ? given : new ColumnFault('NOT_AN_ADDRESS', 'Must be an e-mail address.');

/** Accounts as billing has them; a later file says how they stand now. */
@Injectable()
export class AccountsImporter implements Importer<AccountRow>, OnModuleInit {
  readonly kind = 'ACCOUNTS';
  readonly secret = ['email'];
  readonly columns: Columns<AccountRow> = {
    number: required(billingNumber),
    state: required(choice(ACCOUNT_STATES)),
    good_standing: optional(flag),
    past_due: optional(amount),
    currency: required(currencyCode),
    company: usually(false, flag),
    company_authorised: optional(flag),
    customer_since: required(day),
    customer_subject: optional(text(200)),
    email: optional(mailAddress),
  };

  constructor(
    private readonly importers: Importers,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: AccountRow, line: number, file: FileMemory): LineFault[] {
    const faults = amountFaults('past_due', row.past_due, row.currency);
    if (row.company_authorised !== null && !row.company) {
      const detail = 'Only a company has an authorised person.';
      faults.push(lineFault('company_authorised', String(row.company_authorised), 'NOT_EXPECTED', detail));
    }
    return faults.length ? faults : twiceFaults(['number', row.number], row.number, line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly AccountRow[]): Promise<Outcome[]> => {
      const given = rows.map(({ email, ...row }) => ({
        ...row,
        past_due_minor: minorOrNull(row.past_due, row.currency),
        contact_index: email === null ? null : `\\x${contactIndex(this.vault, email).toString('hex')}`,
      }));
      const said = await storeRows<Said>(tx, STORE, given);
      return rows.map((row, at) => outcomeOf(row, said[at]!));
    };
  }
}

/** The links to a customer are kept when a file does not tell of them; the currency stays for ever. */
const STORE = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as g (n int, id uuid, number text, state text, good_standing boolean,
      past_due_minor bigint, currency text, company boolean, company_authorised boolean, customer_since date,
      customer_subject text, contact_index bytea)
  ), known as (
    select g.n, b.currency as kept_in from given g join billing_account b on b.number = g.number
  ), written as (
    insert into billing_account as b (id, number, state, good_standing, past_due_minor, currency, company,
      company_authorised, customer_since, customer_subject, contact_index)
    select id, number, state, good_standing, past_due_minor, currency, company, company_authorised, customer_since,
      customer_subject, contact_index from given order by number
    on conflict (number) do update set state = excluded.state, good_standing = excluded.good_standing,
      past_due_minor = excluded.past_due_minor, company = excluded.company,
      company_authorised = excluded.company_authorised, customer_since = excluded.customer_since,
      customer_subject = coalesce(excluded.customer_subject, b.customer_subject),
      contact_index = coalesce(excluded.contact_index, b.contact_index), version = b.version + 1
    where b.currency = excluded.currency
      and (b.state, b.good_standing, b.past_due_minor, b.company, b.company_authorised, b.customer_since, b.customer_subject,
           b.contact_index)
        is distinct from (excluded.state, excluded.good_standing, excluded.past_due_minor, excluded.company,
          excluded.company_authorised, excluded.customer_since, coalesce(excluded.customer_subject, b.customer_subject),
          coalesce(excluded.contact_index, b.contact_index))
    returning number
  )
  select known.kept_in, written.number is not null as written
  from given g left join known using (n) left join written using (number) order by g.n`;

function outcomeOf({ currency }: AccountRow, { kept_in, written }: Said): Outcome {
  if (written) return 'applied';
  if (kept_in === null || kept_in === currency) return 'unchanged';
  return [lineFault('currency', currency, 'CURRENCY_STANDS', `The account is kept in ${kept_in}.`)];
}
