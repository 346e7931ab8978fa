import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { possibleActs } from '../../platform/lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import type { ListRefurbOrdersQuery } from './refurb-order.dto.js';
import { ORDER_ACTS } from './refurb-order.lifecycle.js';
import type { RefurbOrderView } from './refurb-order.view.js';

const ORDERS = { tag: 'refurb-orders', shape: ['uuid'] } as const;

type Row = Omit<RefurbOrderView, 'possibleActs'>;

const SELECT = `
  select o.id, o.unit_id as "unitId", o.holding_id as "holdingId", o.location_id as "locationId", o.status,
         o.held_from as "heldFrom", o.hold_reason as "holdReason", o.currency,
         o.labour_rate_minor::float8 as "labourRateMinor", o.acquisition_minor::float8 as "acquisitionMinor",
         o.estimated_minor::float8 as "estimatedMinor", o.expected_sale_minor::float8 as "expectedSaleMinor",
         o.ber_proposed as "berProposed", o.approved_by as "approvedBy", o.outcome, o.grade, o.opened_by as "openedBy",
         ${instant('o.opened_at')} as "openedAt", ${instant('o.started_at')} as "startedAt",
         ${instant('o.closed_at')} as "closedAt", o.version, c.spent as "spentMinor", c.minutes as "labourMinutes",
         (select coalesce(json_agg(json_build_object('id', p.id, 'skuId', p.sku_id, 'quantity', p.quantity,
            'unitCostMinor', p.unit_cost_minor, 'status', p.status) order by p.id), '[]')
          from refurb_part p where p.order_id = o.id) as parts
  from refurb_order o cross join lateral (
    select coalesce(sum(amount_minor), 0)::float8 as spent, coalesce(sum(minutes), 0)::int as minutes
    from refurb_cost where order_id = o.id) c`;

/** Reads of work orders. */
@Injectable()
export class RefurbOrdersQuery {
  constructor(private readonly db: DataSource) {}

  async list(caller: Caller, query: ListRefurbOrdersQuery): Promise<Page<RefurbOrderView>> {
    const [before] = placeAfter(ORDERS, query) ?? [];
    const where = new Conditions()
      .only(boundTo(caller), (place) => `o.location_id = ${place}`)
      .only(query.locationId, (place) => `o.location_id = ${place}`)
      .only(query.unitId, (place) => `o.holding_id in (select id from stock_holding where unit_id = ${place})`)
      .only(query.status, (place) => `o.status = ${place}`)
      .only(before, (place) => `o.id < ${place}`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by o.id desc limit ${limit}`;
    const rows: Row[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: ORDERS.tag, keys: ({ id }) => [id], view: shown });
  }

  get(caller: Caller, id: string): Promise<RefurbOrderView> {
    return readOrder(this.db, boundTo(caller), id);
  }
}

/** @throws NotFound */
export async function readOrder(
  db: Pick<EntityManager, 'query'>,
  store: string | null,
  id: string,
): Promise<RefurbOrderView> {
  const [row]: Row[] = await db.query(`${SELECT} where o.id = $1 and ($2::uuid is null or o.location_id = $2)`, [
    id,
    store,
  ]);
  if (!row) throw new NotFound('No such refurb order.');
  return shown(row);
}

const shown = (row: Row): RefurbOrderView => ({ ...row, possibleActs: possibleActs(ORDER_ACTS, row.status) });

/** What has been spent on an order, and what parts are held for it, in minor units. */
export async function moneyOf(
  tx: EntityManager,
  orderId: string,
): Promise<{ spentMinor: number; reservedMinor: number }> {
  const [money]: { spentMinor: number; reservedMinor: number }[] = await tx.query(
    `select (select coalesce(sum(amount_minor), 0)::float8 from refurb_cost where order_id = $1) as "spentMinor",
            (select coalesce(sum(quantity * unit_cost_minor), 0)::float8 from refurb_part
             where order_id = $1 and status = 'RESERVED') as "reservedMinor"`,
    [orderId],
  );
  return money!;
}
