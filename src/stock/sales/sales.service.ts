import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { actingAt } from '../../access/own-store.js';
import { Catalogue } from '../../devices/catalogue.service.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call, Caller } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { perform } from '../../platform/lifecycle.js';
import { stockActs } from '../../platform/metrics.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { newShortNumber } from '../../values/short-number.js';
import { moveUnbarred } from '../holds/unbarred-moves.js';
import { WrongUnitScanned } from '../stock.errors.js';
import { readIdentifier, unitsOf } from '../units/unit-finder.js';
import type { HandOverSaleDto, SalesQuery, SellStockDto } from './sale.dto.js';
import { Sale } from './sale.entity.js';
import { SALE_ACTS } from './sale.lifecycle.js';
import { priceSale, type PricedLine } from './sale-pricing.js';
import type { SaleView } from './sale.view.js';
import { readSale, type SaleRow, salesPage, saleView } from './sales.query.js';
import { takeFromShelf, takeReserved } from './selling.js';

const PAGING = { tag: 'sales', shape: ['uuid'] as const };

@Injectable()
export class SalesService {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly catalogue: Catalogue,
  ) {}

  /**
   * Sells what a reservation holds, or what stands on the shelf, at the prices in force now.
   * @throws NotFound, WrongState, ReservationLapsed, UnitReserved, UnitNotAvailable, UnitEncumbered, InsufficientStock,
   *   NoPrice, NotSoldHere, PriceChanged, InvalidInput
   */
  async sell(call: Call, form: SellStockDto): Promise<SaleView> {
    if ((form.reservationId === undefined) === (form.lines === undefined)) {
      const detail = 'Give either reservationId or lines.';
      throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/reservationId', code: 'ONE_OF', detail }]);
    }
    const locationId = actingAt(call.caller, form.locationId);
    const view = await this.acts.once(call, async (tx) => {
      const id = newId();
      const items = form.reservationId
        ? await takeReserved(tx, call, { id, locationId }, form.reservationId)
        : await takeFromShelf(tx, call, { id, locationId }, form.lines!);
      const priced = await priceSale(tx, this.catalogue, { items, form, locationId });
      await writeSale(tx, call, { id, locationId, form }, priced);
      await this.told(
        tx,
        call,
        { id, locationId, act: 'sell', from: null, to: 'SOLD' },
        { totalMinor: priced.totalMinor, currency: form.currency },
      );
      return saleView(found(await readSale(tx, call.caller, id)));
    });
    stockActs.inc({ act: 'sell', outcome: 'done' });
    return view;
  }

  /** Hands the goods to the customer; what is scanned must be what was sold. @throws NotFound, Stale, WrongState, WrongUnitScanned, UnitEncumbered */
  async handOver(call: Call, id: string, form: HandOverSaleDto): Promise<SaleView> {
    return this.acts.once(call, async (tx) => {
      const sale = found(await readSale(tx, call.caller, id));
      const identifiers = form.identifiers.map((text, at) => readIdentifier(text, `/identifiers/${at}`));
      const scanned = [...new Set(await unitsOf(tx, identifiers))].sort();
      const sold = sale.lines.flatMap(({ unit_id }) => unit_id ?? []).sort();
      if (scanned.join() !== sold.join()) {
        throw new WrongUnitScanned('Scan each handset of this sale, and nothing else.', {
          sold: sold.length,
          scanned: scanned.length,
        });
      }
      await perform(tx, Sale, {
        acts: SALE_ACTS,
        act: 'handOver',
        id,
        also: { handedOverAt: () => 'now()' },
        ifMatch: call.ifMatch,
      });
      if (sold.length) {
        await moveUnbarred(tx, call, { act: 'handOver', unitIds: sold, locationId: sale.location_id, documentId: id });
      }
      await this.told(
        tx,
        call,
        { id, locationId: sale.location_id, act: 'handOver', from: 'SOLD', to: 'HANDED_OVER' },
        {},
      );
      return saleView(found(await readSale(tx, call.caller, id)));
    });
  }

  async get(caller: Caller, id: string): Promise<SaleView> {
    return saleView(found(await readSale(this.db, caller, id)));
  }

  async list(caller: Caller, query: SalesQuery): Promise<Page<SaleView>> {
    const [before] = placeAfter(PAGING, query) ?? [];
    const { sql, parameters } = salesPage(
      { locationId: caller.storeId ?? query.locationId, before },
      rowsToFetch(query),
    );
    const rows: SaleRow[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, { tag: PAGING.tag, keys: ({ id }) => [id], view: saleView });
  }

  private async told(
    tx: EntityManager,
    call: Call,
    { id, locationId, act, from, to }: { id: string; locationId: string; act: string; from: string | null; to: string },
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await publish(tx, call, {
      type: `sale.${to.toLowerCase().replace('_', '-')}`,
      aggregateKind: 'sale',
      aggregateId: id,
      locationId,
      payload: details,
    });
    await recordAudited(tx, call, { subjectKind: 'sale', subjectId: id, act, from, to, details, locationId });
  }
}

/** @throws NotFound */
export function found(row: SaleRow | undefined): SaleRow {
  if (!row) throw new NotFound('No such sale.');
  return row;
}

async function writeSale(
  tx: EntityManager,
  call: Call,
  { id, locationId, form }: { id: string; locationId: string; form: SellStockDto },
  { lines, totalMinor }: { lines: readonly PricedLine[]; totalMinor: number },
): Promise<void> {
  await tx.query(
    `insert into sale (id, number, location_id, status, reservation_id, customer_reference, currency, total_minor, sold_by)
     values ($1, $2, $3, 'SOLD', $4, $5, $6, $7, $8)`,
    [
      id,
      newShortNumber(),
      locationId,
      form.reservationId ?? null,
      form.customerReference ?? null,
      form.currency,
      totalMinor,
      call.actor,
    ],
  );
  await tx.query(
    `insert into sale_line (sale_id, line_no, sku_id, unit_id, holding_id, quantity, price_id, amount_minor, terms,
       down_payment_minor, months, remainder)
     select $1, (row_number() over ())::int, l."skuId", l."unitId", l."holdingId", l.quantity, l."priceId", l."amountMinor", l.terms,
       l."downPaymentMinor", l.months, l.remainder
     from jsonb_to_recordset($2::jsonb) as l ("skuId" uuid, "unitId" uuid, "holdingId" uuid, quantity int, "priceId" uuid,
       "amountMinor" bigint, terms text, "downPaymentMinor" bigint, months smallint, remainder text)`,
    [id, JSON.stringify(lines)],
  );
}
