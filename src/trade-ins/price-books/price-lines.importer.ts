import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { nameKey } from '../../devices/models/search-words.js';
import {
  type Columns,
  type ImportContext,
  type Importer,
  type LineFault,
  lineFault,
  type Outcome,
} from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { amount, code, optional, required, text, usually, whole } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { minorFromDecimal, NotAnAmount } from '../../values/money.js';

interface PriceLineRow {
  version: string;
  brand: string;
  model: string;
  storage_gb: number;
  carrier_lock: string;
  grade: string;
  functional: string;
  amount: string;
  wanted: number | null;
}

interface OpenVersion {
  id: string;
  code: string;
  currency: string;
  open: boolean;
}

const bucket = code(/^[A-Z0-9][A-Z0-9_]{0,39}$/, 'a bucket: capitals, digits and underscores');

/** What we pay for handsets: read into versions that are drafts. What is not bought has no line. */
@Injectable()
export class PriceLinesImporter implements Importer<PriceLineRow>, OnModuleInit {
  readonly kind = 'PRICE_LINES';
  readonly right = 'price-books:write';
  readonly columns: Columns<PriceLineRow> = {
    version: required(code(/^[A-Z0-9][A-Z0-9-]{0,59}$/, 'a version: capitals, digits and hyphens')),
    brand: required(text(100)),
    model: required(text(200)),
    storage_gb: usually(0, whole(0, 65_536)),
    carrier_lock: required(bucket),
    grade: required(bucket),
    functional: required(bucket),
    amount: required(amount),
    wanted: optional(whole(0, 1_000_000)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: PriceLineRow, line: number, file: FileMemory): LineFault[] {
    if (/^0+(?:\.0+)?$/.test(row.amount)) {
      return [lineFault('amount', row.amount, 'NOT_A_PRICE', 'Nothing is no price: what is not bought has no line.')];
    }
    const key = [row.version, nameKey(row.brand), nameKey(row.model), row.storage_gb, row.carrier_lock, row.grade];
    const earlier = file.earlierLine('price', [...key, row.functional].join('\t'), line);
    return earlier === undefined
      ? []
      : [lineFault('model', row.model, 'TWICE_IN_FILE', `Line ${earlier} has its price.`)];
  }

  begin({ actor }: ImportContext) {
    const models = new Map<string, string | null>();
    return async (tx: EntityManager, rows: readonly PriceLineRow[]): Promise<Outcome[]> => {
      const versions = await openVersions(tx, rows, actor);
      await learnModels(tx, rows, models);
      const read = rows.map((row) => readRow(row, versions.get(row.version), models.get(modelKey(row)) ?? null));
      const stored: { changed: boolean }[] = await tx.query(STORE, parametersOf(rows, read));
      return read.map((one, at) => ('faults' in one ? one.faults : stored[at]!.changed ? 'applied' : 'unchanged'));
    };
  }
}

type Read = { versionId: string; modelId: string; amountMinor: number } | { faults: LineFault[] };

const modelKey = ({ brand, model }: PriceLineRow): string => `${nameKey(brand)}\t${nameKey(model)}`;

/**
 * The versions that a batch names, locked against their approval until the batch is in. Whoever reads prices into one
 * has written in it, and cannot approve it.
 */
async function openVersions(
  tx: EntityManager,
  rows: readonly PriceLineRow[],
  actor: string,
): Promise<ReadonlyMap<string, OpenVersion>> {
  const codes = [...new Set(rows.map(({ version }) => version))].sort();
  await tx.query(
    `update price_book_version set authors = authors || $2::text, version = version + 1
     where code = any ($1) and status = 'DRAFT' and not $2 = any (authors)`,
    [codes, actor],
  );
  const found: OpenVersion[] = await tx.query(
    `select v.id, v.code, b.currency, v.status = 'DRAFT' as open
     from price_book_version v join price_book b on b.id = v.book_id where v.code = any ($1) order by v.id for share of v`,
    [codes],
  );
  return new Map(found.map((version) => [version.code, version]));
}

/** Models by brand and name, looked up once a job. */
async function learnModels(
  tx: EntityManager,
  rows: readonly PriceLineRow[],
  models: Map<string, string | null>,
): Promise<void> {
  const unknown = [...new Set(rows.map(modelKey))].filter((key) => !models.has(key));
  if (!unknown.length) return;
  const found: { id: string; brand: string; model: string }[] = await tx.query(
    `select m.id, b.key as brand, m.key as model
     from unnest($1::text[], $2::text[]) as g (brand, model)
     join brand b on b.key = g.brand join device_model m on m.brand_id = b.id and m.key = g.model`,
    [unknown.map((key) => key.split('\t')[0]), unknown.map((key) => key.split('\t')[1])],
  );
  for (const { id, brand, model } of found) models.set(`${brand}\t${model}`, id);
}

function readRow(row: PriceLineRow, version: OpenVersion | undefined, modelId: string | null): Read {
  const faults: LineFault[] = [];
  if (!version) {
    faults.push(lineFault('version', row.version, 'UNKNOWN_VERSION', 'No version of a price book has this code.'));
  }
  if (version && !version.open) {
    faults.push(
      lineFault('version', row.version, 'VERSION_CLOSED', 'The version is no draft any more: draft the next one.'),
    );
  }
  if (modelId === null) {
    faults.push(lineFault('model', row.model, 'UNKNOWN_MODEL', 'The catalogue has no such model of this brand.'));
  }
  if (faults.length || !version || modelId === null) return { faults };
  try {
    const amountMinor = minorFromDecimal(row.amount, version.currency);
    if (amountMinor <= MOST_MINOR) return { versionId: version.id, modelId, amountMinor };
    return { faults: [lineFault('amount', row.amount, 'OUT_OF_RANGE', 'So much is a slip of the finger.')] };
  } catch (refused) {
    if (!(refused instanceof NotAnAmount)) throw refused;
    return { faults: [lineFault('amount', row.amount, 'NOT_AN_AMOUNT', refused.message)] };
  }
}

const MOST_MINOR = 100_000_000_000;

function parametersOf(rows: readonly PriceLineRow[], read: readonly Read[]): unknown[] {
  const of = <Value>(pick: (one: Exclude<Read, { faults: LineFault[] }>) => Value) =>
    read.map((one) => ('faults' in one ? null : pick(one)));
  return [
    of(({ versionId }) => versionId),
    of(({ modelId }) => modelId),
    rows.map(({ storage_gb }) => storage_gb),
    rows.map(({ carrier_lock }) => carrier_lock),
    rows.map(({ grade }) => grade),
    rows.map(({ functional }) => functional),
    of(({ amountMinor }) => amountMinor),
    rows.map(({ wanted }) => wanted),
  ];
}

const KEY = 'version_id, model_id, storage_gb, carrier_lock, grade, functional';

const STORE = `
  with given as (
    select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::integer[])
      with ordinality as g (${KEY}, amount_minor, wanted, n)
  ), stored as (
    insert into price_line as l (${KEY}, amount_minor, wanted)
    select ${KEY}, amount_minor, wanted from given where version_id is not null order by ${KEY}
    on conflict (${KEY}) do update set amount_minor = excluded.amount_minor, wanted = excluded.wanted
      where (l.amount_minor, l.wanted) is distinct from (excluded.amount_minor, excluded.wanted)
    returning ${KEY}
  )
  select s.version_id is not null as changed from given g left join stored s using (${KEY}) order by g.n`;
