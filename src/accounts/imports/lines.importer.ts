import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Columns, Importer, LineFault, Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { day, required } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { storeRows } from '../../imports/stored-rows.js';
import { billingNumber, twiceFaults, unknownAccount } from './columns.js';

interface LineRow {
  number: string;
  account: string;
  activated_on: string;
}

interface Said {
  account_known: boolean;
  written: boolean;
}

/** Lines and the accounts they belong to; a line may move to another account. */
@Injectable()
export class LinesImporter implements Importer<LineRow>, OnModuleInit {
  readonly kind = 'LINES';
  readonly columns: Columns<LineRow> = {
    number: required(billingNumber),
    account: required(billingNumber),
    activated_on: required(day),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ number }: LineRow, line: number, file: FileMemory): LineFault[] {
    return twiceFaults(['number', number], number, line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly LineRow[]): Promise<Outcome[]> => {
      const said = await storeRows<Said>(tx, STORE, rows);
      return rows.map(({ account }, at): Outcome => {
        const { account_known, written } = said[at]!;
        return account_known ? (written ? 'applied' : 'unchanged') : [unknownAccount(account)];
      });
    };
  }
}

const STORE = `
  with given as (
    select g.*, b.id as account_id
    from jsonb_to_recordset($1::jsonb) as g (n int, id uuid, number text, account text, activated_on date)
    left join billing_account b on b.number = g.account
  ), written as (
    insert into account_line as l (id, account_id, number, activated_on)
    select id, account_id, number, activated_on from given where account_id is not null order by number
    on conflict (number) do update set account_id = excluded.account_id, activated_on = excluded.activated_on
      where (l.account_id, l.activated_on) is distinct from (excluded.account_id, excluded.activated_on)
    returning number
  )
  select g.account_id is not null as account_known, written.number is not null as written
  from given g left join written using (number) order by g.n`;
