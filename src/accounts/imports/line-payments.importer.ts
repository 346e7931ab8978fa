import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { amount, choice, code, day, optional, required, text } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { storeRows } from '../../imports/stored-rows.js';
import { PAYMENT_KINDS, PAYMENT_REFERENCE, type PaymentKind } from '../accounts.words.js';
import {
  amountFaults,
  billingNumber,
  currencyCode,
  minorOrNull,
  twiceFaults,
  unknownAccount,
  unknownLine,
} from './columns.js';

interface PaymentRow {
  reference: string;
  line: string | null;
  account: string | null;
  kind: PaymentKind;
  paid_on: string;
  amount: string;
  currency: string;
  channel: string | null;
}

interface Said {
  line_known: boolean;
  account_known: boolean;
  agree: boolean;
  kept_in: string | null;
  written: boolean;
  same: boolean | null;
}

/** Payments for a line or for an account as a whole. A payment that stands is never changed. */
@Injectable()
export class LinePaymentsImporter implements Importer<PaymentRow>, OnModuleInit {
  readonly kind = 'LINE_PAYMENTS';
  readonly columns: Columns<PaymentRow> = {
    reference: required(code(PAYMENT_REFERENCE, 'a reference: letters, digits, points, colons and hyphens')),
    line: optional(billingNumber),
    account: optional(billingNumber),
    kind: required(choice(PAYMENT_KINDS)),
    paid_on: required(day),
    amount: required(amount),
    currency: required(currencyCode),
    channel: optional(text(40)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: PaymentRow, line: number, file: FileMemory): LineFault[] {
    const faults = amountFaults('amount', row.amount, row.currency);
    if (!faults.length && minorOrNull(row.amount, row.currency) === 0) {
      faults.push(lineFault('amount', row.amount, 'OUT_OF_RANGE', 'A payment of nothing is none.'));
    }
    if (row.line === null && (row.account === null || row.kind === 'REFILL')) {
      faults.push(lineFault('line', '', 'REQUIRED', 'A refill needs its line, any other payment its line or account.'));
    }
    return faults.length ? faults : twiceFaults(['reference', row.reference], row.reference, line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly PaymentRow[]): Promise<Outcome[]> => {
      const given = rows.map((row) => ({ ...row, amount_minor: minorOrNull(row.amount, row.currency) }));
      const said = await storeRows<Said>(tx, STORE, given);
      return rows.map((row, at) => outcomeOf(row, said[at]!));
    };
  }
}

const STORE = `
  with given as (
    select g.*, l.id as line_id, coalesce(l.account_id, a.id) as account_id, b.currency as kept_in,
      g.line is null or l.id is not null as line_known, g.account is null or a.id is not null as account_known,
      coalesce(l.account_id = a.id, true) as agree
    from jsonb_to_recordset($1::jsonb) as g (n int, id uuid, reference text, line text, account text, kind text,
      paid_on date, amount_minor bigint, currency text, channel text)
    left join account_line l on l.number = g.line
    left join billing_account a on a.number = g.account
    left join billing_account b on b.id = coalesce(l.account_id, a.id)
  ), stored as (
    select g.n, (p.line_id, p.kind, p.paid_on, p.amount_minor, p.currency, p.channel)
      is not distinct from (g.line_id, g.kind, g.paid_on, g.amount_minor, g.currency, g.channel)
      and (g.line_id is not null or p.account_id = g.account_id) as same
    from given g join line_payment p on p.external_reference = g.reference
  ), written as (
    insert into line_payment (id, account_id, line_id, paid_on, amount_minor, currency, kind, channel, external_reference)
    select id, account_id, line_id, paid_on, amount_minor, currency, kind, channel, reference from given
    where line_known and account_known and agree and kept_in = currency order by reference
    on conflict (external_reference) do nothing
    returning external_reference
  )
  select g.line_known, g.account_known, g.agree, g.kept_in, stored.same, w.external_reference is not null as written
  from given g left join stored using (n) left join written w on w.external_reference = g.reference order by g.n`;

function outcomeOf(row: PaymentRow, said: Said): Outcome {
  const faults = [
    ...(said.line_known ? [] : [unknownLine(row.line)]),
    ...(said.account_known ? [] : [unknownAccount(row.account)]),
    ...(said.agree ? [] : [lineFault('account', row.account, 'OTHER_ACCOUNT', 'The line belongs to another account.')]),
  ];
  if (faults.length) return faults;
  if (said.kept_in !== row.currency) {
    return [lineFault('currency', row.currency, 'OTHER_CURRENCY', `The account is kept in ${said.kept_in}.`)];
  }
  if (said.written) return 'applied';
  const detail = 'Another payment stands under this reference and is never changed.';
  return said.same ? 'unchanged' : [lineFault('reference', row.reference, 'PAYMENT_STANDS', detail)];
}
