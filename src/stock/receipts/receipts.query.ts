import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment } from '../../values/views.js';
import type { ListReceiptsQuery } from './receipt.dto.js';
import type { ReceiptDetailView, ReceiptView } from './receipt.view.js';

const RECEIPTS = { tag: 'receipts', shape: ['uuid'] } as const;

type Row<View extends ReceiptView> = Omit<View, 'receivedAt'> & { receivedAt: Date };

const COLUMNS = `r.id, r.location_id as "locationId", r.reference, r.supplier, r.received_by as "receivedBy",
  r.received_at as "receivedAt", r.units, r.pieces`;

/**
 * Looked up by place, SKU ($3, when known) and instant, as stock_movement_ledger_ix has them; the movements were
 * written by the same act as the receipt.
 */
const LINES = `(
  select coalesce(json_agg(json_build_object('skuId', m.sku_id, 'unitId', m.unit_id, 'quantity', m.on_hand,
    'disposition', m.to_disposition) order by m.id), '[]')
  from stock_movement m
  where m.location_id = r.location_id and m.occurred_at = r.received_at and m.document_id = r.id
    and ($3::uuid[] is null or m.sku_id = any($3)))`;

/** Reads of receipts. */
@Injectable()
export class ReceiptsQuery {
  constructor(private readonly db: DataSource) {}

  async receipts(caller: Caller, query: ListReceiptsQuery): Promise<Page<ReceiptView>> {
    const [after] = placeAfter(RECEIPTS, query) ?? [];
    const conditions = new Conditions()
      .only(boundTo(caller), (place) => `r.location_id = ${place}`)
      .only(query.locationId, (place) => `r.location_id = ${place}`)
      .only(after, (place) => `r.id < ${place}`);
    const sql = `select ${COLUMNS} from receipt r where ${conditions.toString()}
       order by r.id desc limit ${conditions.add(rowsToFetch(query))}`;
    const rows: Row<ReceiptView>[] = await this.db.query(sql, conditions.parameters);
    return pageOf(rows, query, { tag: RECEIPTS.tag, keys: ({ id }) => [id], view: dated });
  }

  /** @throws NotFound */
  receipt(caller: Caller, id: string): Promise<ReceiptDetailView> {
    return readReceipt(this.db, caller, id);
  }
}

/** A receipt as clients see it. @throws NotFound */
export async function readReceipt(
  db: Pick<EntityManager, 'query'>,
  caller: Caller,
  id: string,
  skuIds: readonly string[] | null = null,
): Promise<ReceiptDetailView> {
  const [row]: Row<ReceiptDetailView>[] = await db.query(
    `select ${COLUMNS}, ${LINES} as lines from receipt r where r.id = $1 and ($2::uuid is null or r.location_id = $2)`,
    [id, boundTo(caller), skuIds],
  );
  if (!row) throw new NotFound('No such receipt.');
  return dated(row);
}

const dated = <View extends ReceiptView>(row: Row<View>) =>
  ({ ...row, receivedAt: moment(row.receivedAt) }) as unknown as View;
