import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Columns,
  type ImportContext,
  type Importer,
  type LineFault,
  lineFault,
  type Outcome,
} from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { amount, choice, instant, optional, required, usually, whole } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { newId } from '../../values/id.js';
import { CURRENCY_EXPONENTS, minorFromDecimal, NotAnAmount, type Remainder } from '../../values/money.js';
import { KnownSkus, skuCode } from './known-skus.js';

interface PriceRow {
  sku: string;
  currency: string;
  amount: string;
  down_payment: string;
  months: number | null;
  remainder: Remainder;
  effective_from: string;
}

interface StoredPrice {
  n: number;
  amount_minor: string | null;
  same: boolean | null;
}

/** What a SKU costs from when on. A price that stands is never changed: another one begins later. */
@Injectable()
export class PricesImporter implements Importer<PriceRow>, OnModuleInit {
  readonly kind = 'PRICES';
  readonly columns: Columns<PriceRow> = {
    sku: required(skuCode),
    currency: required(choice(Object.keys(CURRENCY_EXPONENTS).sort())),
    amount: required(amount),
    down_payment: usually('0', amount),
    months: optional(whole(1, 60)),
    remainder: usually<Remainder>('LAST', choice(['FIRST', 'LAST'])),
    effective_from: required(instant),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: PriceRow, line: number, file: FileMemory): LineFault[] {
    const faults = (['amount', 'down_payment'] as const).flatMap((column) => amountFault(row, column));
    if (!faults.length && minorOf(row, 'down_payment') > minorOf(row, 'amount')) {
      faults.push(lineFault('down_payment', row.down_payment, 'OUT_OF_RANGE', 'More is paid down than it costs.'));
    }
    if (faults.length) return faults;
    const earlier = file.earlierLine('price', `${row.sku}\t${row.currency}\t${Date.parse(row.effective_from)}`, line);
    return earlier === undefined
      ? []
      : [
          lineFault(
            'effective_from',
            row.effective_from,
            'TWICE_IN_FILE',
            `Line ${earlier} has a price of this SKU from the same instant.`,
          ),
        ];
  }

  begin({ actor }: ImportContext) {
    const skus = new KnownSkus();
    return async (tx: EntityManager, rows: readonly PriceRow[]): Promise<Outcome[]> => {
      await skus.learn(
        tx,
        rows.map(({ sku }) => sku),
      );
      const stored: StoredPrice[] = await tx.query(COMPARE, parametersOf(rows, skus));
      const fresh = rows.filter((row, at) => skus.of(row.sku) && stored[at]!.amount_minor === null);
      await tx.query(INSERT, [...parametersOf(fresh, skus), fresh.map(() => newId()), actor]);
      return rows.map((row, at) => outcomeOf(row, skus, stored[at]!));
    };
  }
}

const GIVEN = `unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::smallint[], $6::text[], $7::timestamptz[]`;
const FIELDS = 'sku_id, currency, amount_minor, down_payment_minor, months, remainder, effective_from';

const COMPARE = `
  select g.n, p.amount_minor,
    (p.amount_minor, p.down_payment_minor, p.months, p.remainder)
      is not distinct from (g.amount_minor, g.down_payment_minor, g.months, g.remainder) as same
  from ${GIVEN}) with ordinality as g (${FIELDS}, n)
  left join price p on p.sku_id = g.sku_id and p.currency = g.currency and p.effective_from = g.effective_from
  order by g.n`;

const INSERT = `insert into price (${FIELDS}, id, set_by) select g.*, $9 from ${GIVEN}, $8::uuid[]) as g`;

function parametersOf(rows: readonly PriceRow[], skus: KnownSkus): unknown[] {
  return [
    rows.map(({ sku }) => skus.of(sku)?.id ?? null),
    rows.map(({ currency }) => currency),
    rows.map((row) => minorOf(row, 'amount')),
    rows.map((row) => minorOf(row, 'down_payment')),
    rows.map(({ months }) => months),
    rows.map(({ remainder }) => remainder),
    rows.map(({ effective_from }) => effective_from),
  ];
}

const MOST_MINOR = 100_000_000_000;
type AmountColumn = 'amount' | 'down_payment';

const minorOf = (row: PriceRow, column: AmountColumn): number => minorFromDecimal(row[column], row.currency);

function amountFault(row: PriceRow, column: AmountColumn): LineFault[] {
  try {
    if (minorOf(row, column) <= MOST_MINOR) return [];
    return [lineFault(column, row[column], 'OUT_OF_RANGE', 'More than a thousand million is a slip of the finger.')];
  } catch (refused) {
    if (!(refused instanceof NotAnAmount)) throw refused;
    return [lineFault(column, row[column], 'NOT_AN_AMOUNT', refused.message)];
  }
}

function outcomeOf(row: PriceRow, skus: KnownSkus, { amount_minor, same }: StoredPrice): Outcome {
  if (!skus.of(row.sku)) return [lineFault('sku', row.sku, 'UNKNOWN_SKU', 'The catalogue has no such SKU.')];
  if (amount_minor === null) return 'applied';
  const detail =
    'Another price of this SKU begins at the same instant and is never changed; begin yours at another one.';
  return same ? 'unchanged' : [lineFault('amount', row.amount, 'PRICE_STANDS', detail)];
}
