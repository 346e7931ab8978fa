import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { currencyExponent, type Remainder } from '../../values/money.js';
import { needSku } from '../skus/skus.query.js';
import type { ListPricesQuery } from './price.dto.js';
import type { PriceState } from './price.lifecycle.js';
import { planOf } from './price-plan.js';
import type { PriceView } from './price.view.js';

const PRICES = { tag: 'prices', shape: ['instant', 'uuid'] } as const;

interface PriceRow {
  id: string;
  skuId: string;
  currency: string;
  amount: string;
  downPayment: string;
  months: number | null;
  remainder: Remainder;
  from: Date;
  until: Date | null;
  state: PriceState;
  setBy: string;
  /** The start to the microsecond, which a Date does not hold. */
  place: string;
}

/** Prices of SKU $1; those that have not begun only when $2. The next one of the currency ends the one before. */
const HISTORY = `
  select id, sku_id as "skuId", currency, amount_minor as amount, down_payment_minor as "downPayment", months, remainder,
         effective_from as "from", until, set_by as "setBy",
         to_char(effective_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
         case when effective_from > statement_timestamp() then 'FUTURE'
              when until <= statement_timestamp() then 'PAST' else 'PRESENT' end as state
  from (select price.*, lead(effective_from) over (partition by currency order by effective_from) as until
        from price where sku_id = $1 and ($2 or effective_from <= statement_timestamp())) history`;

/** Reads of prices. */
@Injectable()
export class PricesQuery {
  constructor(private readonly db: DataSource) {}

  /** The price history of a SKU. What will be asked is for staff only. @throws NotFound */
  async prices(caller: Caller, skuId: string, query: ListPricesQuery): Promise<Page<PriceView>> {
    const [from, id] = placeAfter(PRICES, query) ?? [null, null];
    const staff = caller.role !== 'CUSTOMER';
    const rows: PriceRow[] = await this.db.query(
      `${HISTORY}
       where ($3::text is null or currency = $3)
         and ($4::timestamptz is null or (effective_from, id) < ($4, $5::uuid))
       order by effective_from desc, id desc limit $6`,
      [skuId, staff, query.currency ?? null, from, id, rowsToFetch(query)],
    );
    if (!rows.length) await needSku(this.db, skuId);
    return pageOf(rows, query, { ...PRICES, keys: (row) => [row.place, row.id], view: (row) => viewOf(row, staff) });
  }
}

/** A price as staff see it; it must be there. */
export async function readPrice(db: Pick<EntityManager, 'query'>, skuId: string, id: string): Promise<PriceView> {
  const [row]: PriceRow[] = await db.query(`${HISTORY} where id = $3`, [skuId, true, id]);
  return viewOf(row!, true);
}

function viewOf({ amount, downPayment, from, until, place: _place, ...row }: PriceRow, staff: boolean): PriceView {
  const plan = { amountMinor: Number(amount), downPaymentMinor: Number(downPayment) };
  return {
    ...row,
    ...plan,
    exponent: currencyExponent(row.currency),
    instalments: planOf({ ...row, ...plan }),
    effectiveFrom: from.toISOString(),
    effectiveUntil: until?.toISOString() ?? null,
    setBy: staff ? row.setBy : null,
  };
}
