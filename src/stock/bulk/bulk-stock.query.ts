import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { Conditions } from '../../platform/statement.js';
import type { ListBulkStockQuery } from './bulk-stock.dto.js';
import type { BulkStockView } from './bulk-stock.view.js';

const BULK_STOCK = { tag: 'bulk-stock', shape: ['uuid', 'uuid'] } as const;

const SELECT = `
  select b.location_id as "locationId", b.sku_id as "skuId", s.code as "skuCode", s.name, b.on_hand as "onHand", b.reserved,
         b.on_hand - b.reserved as free
  from bulk_stock b join sku s on s.id = b.sku_id`;

/** Reads of stock without serial numbers. */
@Injectable()
export class BulkStockQuery {
  constructor(private readonly db: DataSource) {}

  async bulkStock(caller: Caller, query: ListBulkStockQuery): Promise<Page<BulkStockView>> {
    const conditions = new Conditions()
      .only(boundTo(caller), (place) => `b.location_id = ${place}`)
      .only(query.locationId, (place) => `b.location_id = ${place}`)
      .only(query.skuId, (place) => `b.sku_id = ${place}`);
    const last = placeAfter(BULK_STOCK, query);
    if (last) {
      const [location, sku] = last.map((value) => conditions.add(value));
      conditions.always(`(b.location_id, b.sku_id) > (${location}::uuid, ${sku}::uuid)`);
    }
    const sql = `${SELECT} where ${conditions.toString()}
       order by b.location_id, b.sku_id limit ${conditions.add(rowsToFetch(query))}`;
    const rows: BulkStockView[] = await this.db.query(sql, conditions.parameters);
    return pageOf(rows, query, {
      tag: BULK_STOCK.tag,
      keys: ({ locationId, skuId }) => [locationId, skuId],
      view: (row) => row,
    });
  }
}

/** The pieces of one SKU at one location, or undefined where it never stood. */
export async function readBulkStock(
  db: Pick<EntityManager, 'query'>,
  locationId: string,
  skuId: string,
): Promise<BulkStockView | undefined> {
  const [row]: BulkStockView[] = await db.query(`${SELECT} where b.location_id = $1 and b.sku_id = $2`, [
    locationId,
    skuId,
  ]);
  return row;
}
