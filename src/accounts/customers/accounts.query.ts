import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import type { ListAccountsQuery } from './billing-account.dto.js';
import {
  type AccountLineView,
  type AccountView,
  type AccountWithLinesView,
  MOST_LINES_SHOWN,
} from './billing-account.view.js';

const BY_NUMBER = { tag: 'accounts', shape: ['string'] } as const;

const ACCOUNT = `
  'id', b.id, 'number', b.number, 'state', b.state, 'goodStanding', b.good_standing, 'pastDueMinor', b.past_due_minor,
  'currency', b.currency, 'company', b.company, 'companyAuthorised', b.company_authorised,
  'customerSince', b.customer_since, 'customerSubject', b.customer_subject, 'version', b.version`;

const LINE = `'id', l.id, 'accountId', l.account_id, 'number', l.number, 'activatedOn', l.activated_on`;

const ONE_ACCOUNT = `
  select json_build_object(${ACCOUNT},
    'lineCount', (select count(*)::int from account_line l where l.account_id = b.id),
    'lines', (select coalesce(json_agg(json_build_object(${LINE}) order by l.number), '[]')
              from (select * from account_line where account_id = b.id order by number limit ${MOST_LINES_SHOWN}) l)) as view
  from billing_account b where b.id = $1`;

/** A line of a signed-in customer. */
export interface OwnLine {
  lineId: string;
  accountId: string;
  number: string;
}

/** Reads of accounts and lines. */
@Injectable()
export class AccountsQuery {
  constructor(private readonly db: DataSource) {}

  async accounts(query: ListAccountsQuery): Promise<Page<AccountView>> {
    const { sql, parameters } = pageOfAccounts(query);
    const rows: { view: AccountView }[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, { ...BY_NUMBER, keys: ({ view }) => [view.number], view: ({ view }) => view });
  }

  /** @throws NotFound */
  account(id: string): Promise<AccountWithLinesView> {
    return readAccount(this.db, id);
  }

  /** The lines of the accounts that name this subject, by number. */
  linesOf(subject: string): Promise<OwnLine[]> {
    return this.db.query(
      `select l.id as "lineId", l.account_id as "accountId", l.number
       from billing_account b join account_line l on l.account_id = b.id
       where b.customer_subject = $1 order by l.number`,
      [subject],
    );
  }
}

function pageOfAccounts(query: ListAccountsQuery) {
  const [after] = placeAfter(BY_NUMBER, query) ?? [];
  const conditions = new Conditions()
    .only(query.number, (place) => `b.number = ${place}`)
    .only(query.lineNumber, (place) => `b.id = (select account_id from account_line where number = ${place})`)
    .only(after, (place) => `b.number > ${place}`);
  const sql = `select json_build_object(${ACCOUNT}) as view from billing_account b
    where ${conditions.toString()} order by b.number limit ${conditions.add(rowsToFetch(query))}`;
  return { sql, parameters: conditions.parameters };
}

/** An account with its lines. @throws NotFound */
export async function readAccount(db: Pick<EntityManager, 'query'>, id: string): Promise<AccountWithLinesView> {
  const [row]: { view: AccountWithLinesView }[] = await db.query(ONE_ACCOUNT, [id]);
  if (!row) throw new NotFound('No such account.');
  return row.view;
}

/** One line, which must be there. */
export async function readLine(db: Pick<EntityManager, 'query'>, id: string): Promise<AccountLineView> {
  const [row]: { view: AccountLineView }[] = await db.query(
    `select json_build_object(${LINE}) as view from account_line l where l.id = $1`,
    [id],
  );
  return row!.view;
}
