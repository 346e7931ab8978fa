import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { required, text } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { networkImei } from '../../imports/reading/imei-column.js';

interface LotRow {
  lot: string;
  imei: string;
}

/** Which handsets were sold in which lot. */
@Injectable()
export class UnlockLotsImporter implements Importer<LotRow>, OnModuleInit {
  readonly kind = 'UNLOCK_LOTS';
  readonly right = 'unlock-requests:decide';
  readonly columns: Columns<LotRow> = { lot: required(text(60)), imei: required(networkImei) };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ lot, imei }: LotRow, line: number, file: FileMemory): LineFault[] {
    const earlier = file.earlierLine('handset of a lot', `${lot}\t${imei}`, line);
    return earlier === undefined ? [] : [lineFault('imei', imei, 'TWICE_IN_FILE', `Line ${earlier} says the same.`)];
  }

  begin() {
    return async (tx: EntityManager, rows: readonly LotRow[]): Promise<Outcome[]> => {
      const stored: { stored: boolean }[] = await tx.query(STORE, [
        rows.map(({ lot }) => lot),
        rows.map(({ imei }) => imei),
      ]);
      return rows.map((_, at) => (stored[at]!.stored ? 'applied' : 'unchanged'));
    };
  }
}

const STORE = `
  with given as (
    select * from unnest($1::text[], $2::text[]) with ordinality as g (lot, imei14, n)
  ), stored as (
    insert into unlock_lot_device (lot, imei14) select lot, imei14 from given order by lot, imei14
    on conflict (lot, imei14) do nothing returning lot, imei14
  )
  select s.lot is not null as stored from given g left join stored s using (lot, imei14) order by g.n`;
