import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import {
  code,
  ColumnFault,
  isRounded,
  optional,
  type Reader,
  required,
  text,
  whole,
} from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { nameKey } from '../models/search-words.js';

interface TacRow {
  tac: string;
  brand: string;
  model: string;
  maker_code: string | null;
  source: string;
  confidence: number;
}

/** Eight digits; seven are most likely eight of which a spreadsheet dropped the zero in front. */
export const tacColumn: Reader<string> = (given) => {
  if (/^\d{8}$/.test(given)) return given;
  if (isRounded(given) || /^\d{7}$/.test(given) || /^\d+[.,]0+$/.test(given)) {
    return new ColumnFault(
      'SPREADSHEET_DAMAGE',
      'A TAC has 8 digits; a spreadsheet took it for a quantity. Export it as text.',
    );
  }
  return new ColumnFault('NOT_A_TAC', 'A TAC is the first 8 digits of an IMEI.');
};

interface Found {
  n: number;
  model_known: boolean;
  variants: number;
  written: number;
}

/** Which model a type allocation code belongs to, as one source claims. */
@Injectable()
export class TacsImporter implements Importer<TacRow>, OnModuleInit {
  readonly kind = 'TACS';
  readonly columns: Columns<TacRow> = {
    tac: required(tacColumn),
    brand: required(text(100)),
    model: required(text(200)),
    maker_code: optional(text(100)),
    source: required(code(/^[A-Z0-9_]{1,40}$/, 'a source: capitals, digits and underscores')),
    confidence: required(whole(1, 100)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ tac, brand, model, maker_code, source }: TacRow, line: number, file: FileMemory): LineFault[] {
    const key = [tac, source, nameKey(brand), nameKey(model), maker_code ?? ''].join('\t');
    const earlier = file.earlierLine('claim', key, line);
    return earlier === undefined ? [] : [lineFault('tac', tac, 'TWICE_IN_FILE', `Line ${earlier} says the same.`)];
  }

  begin() {
    return async (tx: EntityManager, rows: readonly TacRow[]): Promise<Outcome[]> => {
      const found: Found[] = await tx.query(CLAIM, [
        rows.map(({ tac }) => tac),
        rows.map(({ source }) => source),
        rows.map(({ confidence }) => confidence),
        rows.map(({ brand }) => nameKey(brand)),
        rows.map(({ model }) => nameKey(model)),
        rows.map(({ maker_code }) => maker_code),
      ]);
      return rows.map((row, at) => outcomeOf(row, found[at]!));
    };
  }
}

/** A claim that names no maker's code is about every variant of the model. */
const CLAIM = `
  with given as (
    select * from unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[])
      with ordinality as g (tac, source, confidence, brand, model, maker_code, n)
  ), meant as (
    select g.n, m.id from given g join brand b on b.key = g.brand join device_model m on m.brand_id = b.id and m.key = g.model
  ), found as (
    select g.n, g.tac, g.source, g.confidence, v.id as variant_id
    from given g join meant using (n) join device_variant v on v.model_id = meant.id and v.maker_code = coalesce(g.maker_code, v.maker_code)
  ), written as (
    insert into tac_claim (tac, source, variant_id, confidence)
    select distinct on (tac, source, variant_id) tac, source, variant_id, confidence from found
    order by tac, source, variant_id, n
    on conflict (tac, source, variant_id) do update set confidence = excluded.confidence
      where tac_claim.confidence <> excluded.confidence
    returning tac, source, variant_id
  )
  select g.n, meant.id is not null as model_known, count(found.variant_id)::int as variants, count(written.variant_id)::int as written
  from given g left join meant using (n) left join found using (n)
    left join written on (written.tac, written.source, written.variant_id) = (found.tac, found.source, found.variant_id)
  group by g.n, meant.id order by g.n`;

function outcomeOf(row: TacRow, { model_known, variants, written }: Found): Outcome {
  if (!model_known) {
    return [lineFault('model', row.model, 'UNKNOWN_MODEL', 'The catalogue has no such model of this brand.')];
  }
  if (!variants) {
    return [lineFault('maker_code', row.maker_code, 'UNKNOWN_MAKER_CODE', 'The model has no variant of this code.')];
  }
  return written ? 'applied' : 'unchanged';
}
