import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { stale } from '../../platform/lifecycle.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { RemorseWindowOver, WrongUnitScanned } from '../stock.errors.js';
import { readIdentifier, unitsOf } from '../units/unit-finder.js';
import type { ReturnSaleLineDto } from './sale.dto.js';
import type { SaleView } from './sale.view.js';
import { found } from './sales.service.js';
import { readSale, type SaleRow, saleView } from './sales.query.js';

type SaleLine = SaleRow['lines'][number];

@Injectable()
export class ReturnsService {
  constructor(private readonly acts: Acts) {}

  /**
   * Takes one line of a sale back within the remorse window of the store, counted in the store's own days. A handset
   * opens a new holding in quarantine: what it went through outside is not known. Accessories go back on the shelf.
   * @throws NotFound, Stale, WrongState, WrongUnitScanned, RemorseWindowOver, AlreadyInStock, InvalidInput
   */
  async returnLine(call: Call, id: string, form: ReturnSaleLineDto): Promise<SaleView> {
    return this.acts.once(call, async (tx) => {
      await tx.query('select from sale where id = $1 for update', [id]);
      const sale = found(await readSale(tx, call.caller, id));
      const line = returnable(call, sale, form);
      await this.checkScan(tx, line, form);
      await this.checkWindow(tx, sale);
      await tx.query(
        'update sale_line set returned_at = now(), return_reason = $3 where sale_id = $1 and line_no = $2',
        [id, form.lineNo, form.reason],
      );
      if (line.unit_id) await takeBackUnit(tx, call, sale, line, form.reason);
      else await takeBackPieces(tx, call, sale, line, form.reason);
      await this.close(tx, call, sale, form);
      return saleView(found(await readSale(tx, call.caller, id)));
    });
  }

  private async checkScan(tx: EntityManager, line: SaleLine, { identifier }: ReturnSaleLineDto): Promise<void> {
    if (line.unit_id === null && identifier === undefined) return;
    if (identifier === undefined || line.unit_id === null) {
      const detail = 'Scan the handset that comes back; an accessory has no identifier.';
      throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/identifier', code: 'IDENTIFIER', detail }]);
    }
    const [scanned] = await unitsOf(tx, [readIdentifier(identifier, '/identifier')]);
    if (scanned !== line.unit_id) {
      throw new WrongUnitScanned('This is not the handset of that line.', { lineNo: line.line_no });
    }
  }

  private async checkWindow(tx: EntityManager, sale: SaleRow): Promise<void> {
    const [{ last_day, over }]: [{ last_day: string; over: boolean }] = await tx.query(
      `select (($2::timestamptz at time zone time_zone)::date + remorse_days)::text as last_day,
              (now() at time zone time_zone)::date > ($2::timestamptz at time zone time_zone)::date + remorse_days as over
       from stock_location where id = $1`,
      [sale.location_id, sale.handed_over_at],
    );
    if (over) throw new RemorseWindowOver(`The last day was ${last_day}.`, { lastDay: last_day });
  }

  /** The sale is RETURNED once its last line is back. */
  private async close(tx: EntityManager, call: Call, sale: SaleRow, form: ReturnSaleLineDto): Promise<void> {
    const [[{ status }]]: [[{ status: string }], number] = await tx.query(
      `update sale set version = version + 1, status = case
         when exists (select from sale_line where sale_id = $1 and returned_at is null) then 'HANDED_OVER' else 'RETURNED' end
       where id = $1 returning status`,
      [sale.id],
    );
    const details = { lineNo: form.lineNo };
    const told = { locationId: sale.location_id };
    await publish(tx, call, {
      ...told,
      type: 'sale.line-returned',
      aggregateKind: 'sale',
      aggregateId: sale.id,
      payload: { ...details, reason: form.reason },
    });
    await recordAudited(tx, call, {
      ...{
        ...told,
        subjectKind: 'sale',
        subjectId: sale.id,
        act: 'return',
        from: sale.status,
        to: status,
        reason: form.reason,
        details,
      },
    });
  }
}

function returnable(call: Call, sale: SaleRow, { lineNo }: ReturnSaleLineDto): SaleLine {
  if (call.ifMatch !== undefined && call.ifMatch !== sale.version) throw stale(sale.version);
  if (sale.status !== 'HANDED_OVER') throw new WrongState(`The sale is ${sale.status}.`, { state: sale.status });
  const line = sale.lines.find(({ line_no }) => line_no === lineNo);
  if (!line) {
    const detail = 'The sale has no such line.';
    throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/lineNo', code: 'UNKNOWN_LINE', detail }]);
  }
  if (line.returned_at) throw new WrongState('This line is back already.', { state: 'RETURNED' });
  return line;
}

async function takeBackUnit(
  tx: EntityManager,
  call: Call,
  sale: SaleRow,
  line: SaleLine,
  reason: string,
): Promise<void> {
  // Whoever places a hold on it just now is waited for, or waits.
  await tx.query('select from stock_unit where id = $1 for no key update', [line.unit_id]);
  await tx.query(
    `with opened as (
       insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, cost_minor, currency, cosmetic,
         functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key)
       select $1, h.unit_id, h.sku_id, h.location_id, 'QUARANTINE', 'CUSTOMER_RETURN', now(), h.cost_minor, h.currency, null, null, null,
         'UNKNOWN', 'PENDING', false, h.warranty_days,
         exists (select from unit_encumbrance e where e.unit_id = h.unit_id and e.lifted_at is null), h.pick_key
       from stock_holding h join sale_line l on l.holding_id = h.id where l.sale_id = $2 and l.line_no = $3
       returning *
     )
     insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition, reason, document_id,
       actor, correlation_id)
     select $4, location_id, sku_id, unit_id, id, 'RETURNED', 1, 0, disposition, $5, $2, $6, $7 from opened`,
    [newId(), sale.id, line.line_no, newId(), reason, call.actor, call.correlationId],
  );
}

async function takeBackPieces(
  tx: EntityManager,
  call: Call,
  sale: SaleRow,
  line: SaleLine,
  reason: string,
): Promise<void> {
  await tx.query(
    `with back as (
       insert into bulk_stock (location_id, sku_id, on_hand) values ($1, $2, $3)
       on conflict (location_id, sku_id) do update set on_hand = bulk_stock.on_hand + $3
     )
     insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, reason, document_id, actor, correlation_id)
     values ($4, $1, $2, 'RETURNED', $3, $3, $5, $6, $7, $8)`,
    [sale.location_id, line.sku_id, line.quantity, newId(), reason, sale.id, call.actor, call.correlationId],
  );
}
