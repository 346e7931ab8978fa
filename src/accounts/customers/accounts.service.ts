import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { stale } from '../../platform/lifecycle.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { newId } from '../../values/id.js';
import { readAccount, readLine } from './accounts.query.js';
import { contactIndex } from './contact-index.js';
import type { AddAccountLineDto, CreateAccountDto } from './billing-account.dto.js';
import type { AccountLineView, AccountWithLinesView } from './billing-account.view.js';

/** The acts on accounts and their lines, for what billing has not told by file. */
@Injectable()
export class Accounts {
  constructor(
    private readonly acts: Acts,
    private readonly vault: Vault,
  ) {}

  /** @throws InvalidInput, AccountNumberTaken */
  create(call: Call, form: CreateAccountDto): Promise<AccountWithLinesView> {
    if (!form.company && typeof form.companyAuthorised === 'boolean') throw notACompany();
    return this.acts.once(call, async (tx) => {
      const id = newId();
      await tx.query(
        `insert into billing_account (id, number, state, good_standing, past_due_minor, currency, company,
           company_authorised, customer_since, customer_subject, contact_index)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[id, form.number, form.state, form.goodStanding ?? null, form.pastDueMinor ?? null, form.currency],
          ...[form.company, form.companyAuthorised ?? null, form.customerSince, form.customerSubject ?? null],
          form.email === undefined ? null : contactIndex(this.vault, form.email),
        ],
      );
      const { number, state, currency, company } = form;
      await tell(tx, call, id, {
        act: 'create',
        type: 'account.created',
        details: { number, state, currency, company },
      });
      return readAccount(tx, id);
    });
  }

  /** @throws NotFound, Stale, LineNumberTaken */
  addLine(call: Call, accountId: string, { number, activatedOn }: AddAccountLineDto): Promise<AccountLineView> {
    return this.acts.once(call, async (tx) => {
      await nextVersion(tx, call, accountId);
      const id = newId();
      await tx.query('insert into account_line (id, account_id, number, activated_on) values ($1, $2, $3, $4)', [
        ...[id, accountId, number, activatedOn],
      ]);
      const details = { lineId: id, number, activatedOn };
      await tell(tx, call, accountId, { act: 'addLine', type: 'account.line-added', details });
      return readLine(tx, id);
    });
  }
}

const notACompany = () => {
  const detail = 'Only a company has an authorised person.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '/companyAuthorised', code: 'NOT_EXPECTED', detail }]);
};

/** Locks the account and counts the change. @throws NotFound, Stale */
async function nextVersion(tx: EntityManager, call: Call, id: string): Promise<void> {
  const [was]: { version: number }[] = await tx.query(
    'select version from billing_account where id = $1 for no key update',
    [id],
  );
  if (!was) throw new NotFound('No such account.');
  if (call.ifMatch !== undefined && call.ifMatch !== was.version) throw stale(was.version);
  await tx.query('update billing_account set version = version + 1 where id = $1', [id]);
}

interface Told {
  act: string;
  type: string;
  details: Readonly<Record<string, unknown>>;
}

async function tell(tx: EntityManager, call: Call, id: string, { act, type, details }: Told): Promise<void> {
  await recordAct(tx, call, { subjectKind: 'account', subjectId: id, act, details });
  await publish(tx, call, { type, aggregateKind: 'account', aggregateId: id, payload: details });
}
