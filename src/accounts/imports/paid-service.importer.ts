import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Columns, Importer, LineFault, Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { day, optional, required } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { storeRows } from '../../imports/stored-rows.js';
import { billingNumber, periodFaults, twiceFaults, unknownLine } from './columns.js';

interface ServiceRow {
  line: string;
  paid_from: string;
  paid_to: string | null;
}

interface Said {
  line_known: boolean;
  written: boolean;
}

/** Days for which service on a line was paid; a period that lasts has no end yet. */
@Injectable()
export class PaidServiceImporter implements Importer<ServiceRow>, OnModuleInit {
  readonly kind = 'PAID_SERVICE';
  readonly columns: Columns<ServiceRow> = {
    line: required(billingNumber),
    paid_from: required(day),
    paid_to: optional(day),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ line: number, paid_from, paid_to }: ServiceRow, line: number, file: FileMemory): LineFault[] {
    const faults = periodFaults('paid_to', paid_from, paid_to);
    return faults.length ? faults : twiceFaults(['paid_from', paid_from], `${number}\t${paid_from}`, line, file);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly ServiceRow[]): Promise<Outcome[]> => {
      const said = await storeRows<Said>(tx, STORE, rows);
      return rows.map(({ line }, at): Outcome => {
        const { line_known, written } = said[at]!;
        return line_known ? (written ? 'applied' : 'unchanged') : [unknownLine(line)];
      });
    };
  }
}

const STORE = `
  with given as (
    select g.*, l.id as line_id
    from jsonb_to_recordset($1::jsonb) as g (n int, line text, paid_from date, paid_to date)
    left join account_line l on l.number = g.line
  ), written as (
    insert into paid_service as s (line_id, paid_from, paid_to)
    select line_id, paid_from, paid_to from given where line_id is not null order by 1, 2
    on conflict (line_id, paid_from) do update set paid_to = excluded.paid_to
      where s.paid_to is distinct from excluded.paid_to
    returning line_id, paid_from
  )
  select g.line_id is not null as line_known, written.line_id is not null as written
  from given g left join written using (line_id, paid_from) order by g.n`;
