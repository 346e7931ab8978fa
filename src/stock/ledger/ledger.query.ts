import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actingAt, boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { Conditions, exactInstant, type Statement } from '../../platform/statement.js';
import type { ListOnHandQuery, ListStockMovementsQuery } from './ledger.dto.js';
import type { OnHandPageView, OnHandView, StockMovementView } from './ledger.view.js';

const ON_HAND = { tag: 'on-hand', shape: ['uuid'] } as const;
const MOVEMENTS = { tag: 'stock-movements', shape: ['instant', 'uuid'] } as const;
/** A till's clock may be a little ahead of ours; what is asked for then is the present. */
const CLOCK_SKEW = '1 minute';

/** What the ledger tells: what there was at any time, and each movement. */
@Injectable()
export class LedgerQuery {
  constructor(private readonly db: DataSource) {}

  /** Folds the ledger up to an instant. @throws NotFound, InvalidInput for an instant to come */
  async onHand(caller: Caller, query: ListOnHandQuery): Promise<OnHandPageView> {
    const locationId = actingAt(caller, query.locationId);
    const at = await this.instant(locationId, query.at);
    const [after] = placeAfter(ON_HAND, query) ?? [];
    const { sql, parameters } = fold({ locationId, at, skuId: query.skuId, after }, rowsToFetch(query));
    const rows: OnHandView[] = await this.db.query(sql, parameters);
    const page = pageOf(rows, query, { tag: ON_HAND.tag, keys: ({ skuId }) => [skuId], view: (row) => row });
    return { locationId, at, ...page };
  }

  /** @throws InvalidInput */
  async movements(caller: Caller, query: ListStockMovementsQuery): Promise<Page<StockMovementView>> {
    const own = boundTo(caller);
    const { locationId, unitId, from, to } = query;
    if (!own && !locationId && !unitId) throw fault('locationId', 'REQUIRED', 'Name a location or a unit.');
    if (from && to && Date.parse(from) > Date.parse(to)) throw fault('to', 'BEFORE_FROM', 'Must not be before from.');
    const { sql, parameters } = ledger(own, query, placeAfter(MOVEMENTS, query));
    const rows: StockMovementView[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, { tag: MOVEMENTS.tag, keys: (row) => [row.occurredAt, row.id], view: (row) => row });
  }

  /** The instant asked about, by the clock of the database, which is the ledger's. @throws NotFound, InvalidInput */
  private async instant(locationId: string, at: string | undefined): Promise<string> {
    const [asked]: { at: string; coming: boolean }[] = await this.db.query(
      `select ${exactInstant('t.at')} as at, t.at > now() + interval '${CLOCK_SKEW}' as coming
       from stock_location l, coalesce($2::timestamptz, now()) as t (at) where l.id = $1`,
      [locationId, at ?? null],
    );
    if (!asked) throw new NotFound('No such location.');
    if (asked.coming) throw fault('at', 'IN_THE_FUTURE', 'What will be there is not known.');
    return asked.at;
  }
}

/** Read from stock_movement_ledger_ix alone, SKU after SKU, until the page is full. */
function fold(
  only: { locationId: string; at: string; skuId: string | undefined; after: string | undefined },
  rows: number,
): Statement {
  const conditions = new Conditions()
    .only(only.locationId, (place) => `location_id = ${place}`)
    .only(only.at, (place) => `occurred_at <= ${place}::timestamptz`)
    .only(only.skuId, (place) => `sku_id = ${place}`)
    .only(only.after, (place) => `sku_id > ${place}`);
  const sql = `
    select f.sku_id as "skuId", s.code as "skuCode", f.on_hand::int as "onHand", f.free::int as free
    from (
      select sku_id, sum(on_hand) as on_hand, sum(free) as free from stock_movement
      where ${conditions.toString()} group by sku_id order by sku_id limit ${conditions.add(rows)}
    ) f join sku s on s.id = f.sku_id
    order by f.sku_id`;
  return { sql, parameters: conditions.parameters };
}

const MOVEMENT = `
  select m.id, ${exactInstant('m.occurred_at')} as "occurredAt",
         m.location_id as "locationId", m.sku_id as "skuId", m.unit_id as "unitId", m.holding_id as "holdingId", m.kind,
         m.on_hand as "onHand", m.free, m.from_disposition as "fromDisposition", m.to_disposition as "toDisposition",
         m.reason, m.document_id as "documentId", m.actor, m.correlation_id as "correlationId"
  from stock_movement m`;

/** Newest first, after the last row seen. @param own the store the caller is bound to, or null */
function ledger(own: string | null, only: ListStockMovementsQuery, last: readonly string[] | undefined): Statement {
  const conditions = new Conditions()
    .only(own, (place) => `m.location_id = ${place}`)
    .only(only.locationId, (place) => `m.location_id = ${place}`)
    .only(only.skuId, (place) => `m.sku_id = ${place}`)
    .only(only.unitId, (place) => `m.unit_id = ${place}`)
    .only(only.from, (place) => `m.occurred_at >= ${place}`)
    .only(only.to, (place) => `m.occurred_at < ${place}`);
  if (last) {
    const [at, id] = last.map((value) => conditions.add(value));
    conditions.always(`(m.occurred_at, m.id) < (${at}, ${id}::uuid)`);
  }
  const sql = `${MOVEMENT} where ${conditions.toString()}
    order by m.occurred_at desc, m.id desc limit ${conditions.add(rowsToFetch(only))}`;
  return { sql, parameters: conditions.parameters };
}

const fault = (field: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'query', pointer: `/${field}`, code, detail }]);
