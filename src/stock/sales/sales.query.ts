import type { EntityManager } from 'typeorm';
import { Conditions, type Statement } from '../../platform/statement.js';
import type { Caller } from '../../platform/caller.js';
import { boundTo } from '../../access/own-store.js';
import { instalments, type Remainder } from '../../values/money.js';
import { momentOrNull, moment } from '../../values/views.js';
import type { ReturnReason, SaleState, SaleTerms } from './sale.lifecycle.js';
import type { SaleLineView, SaleView } from './sale.view.js';

interface LineRow {
  line_no: number;
  sku_id: string;
  unit_id: string | null;
  quantity: number;
  amount_minor: number;
  terms: SaleTerms;
  down_payment_minor: number;
  months: number | null;
  remainder: Remainder;
  returned_at: string | null;
  return_reason: ReturnReason | null;
}

export interface SaleRow {
  id: string;
  number: string;
  location_id: string;
  status: SaleState;
  reservation_id: string | null;
  customer_reference: string | null;
  currency: string;
  total_minor: string;
  sold_by: string;
  sold_at: Date;
  handed_over_at: Date | null;
  version: number;
  lines: LineRow[];
}

const SALE = `select s.*, (select json_agg(l order by l.line_no) from sale_line l where l.sale_id = s.id) as lines from sale s`;

/** One sale with its lines, or undefined when there is none or it is another store's. */
export async function readSale(
  db: Pick<EntityManager, 'query'>,
  caller: Caller,
  id: string,
): Promise<SaleRow | undefined> {
  const [row]: SaleRow[] = await db.query(`${SALE} where s.id = $1 and ($2::uuid is null or s.location_id = $2)`, [
    id,
    boundTo(caller),
  ]);
  return row;
}

/** Sales, newest first. */
export function salesPage(only: { locationId?: string; before?: string }, rows: number): Statement {
  const conditions = new Conditions()
    .only(only.locationId, (place) => `s.location_id = ${place}`)
    .only(only.before, (place) => `s.id < ${place}`);
  const sql = `${SALE} where ${conditions.toString()} order by s.id desc limit ${conditions.add(rows)}`;
  return { sql, parameters: conditions.parameters };
}

export function saleView(row: SaleRow): SaleView {
  const lines = row.lines.map(lineView);
  return {
    id: row.id,
    number: row.number,
    locationId: row.location_id,
    status: row.status,
    reservationId: row.reservation_id,
    customerReference: row.customer_reference,
    currency: row.currency,
    totalMinor: Number(row.total_minor),
    dueNowMinor: lines.reduce((sum, line) => sum + line.downPaymentMinor * line.quantity, 0),
    soldBy: row.sold_by,
    soldAt: moment(row.sold_at),
    handedOverAt: momentOrNull(row.handed_over_at),
    lines,
    version: row.version,
  };
}

function lineView(line: LineRow): SaleLineView {
  const financed = line.amount_minor - line.down_payment_minor;
  return {
    lineNo: line.line_no,
    skuId: line.sku_id,
    unitId: line.unit_id,
    quantity: line.quantity,
    amountMinor: line.amount_minor,
    terms: line.terms,
    downPaymentMinor: line.down_payment_minor,
    instalmentsMinor: line.months === null ? [] : instalments(financed, line.months, line.remainder),
    returnedAt: line.returned_at && moment(new Date(line.returned_at)),
    returnReason: line.return_reason,
  };
}
