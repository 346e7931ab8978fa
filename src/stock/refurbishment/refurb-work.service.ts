import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import { capitalise } from './capitalising.js';
import { labourMinor } from './economics.js';
import { moveOrder, needWorthwhile, tellOfOrder, weigh } from './locked-order.js';
import { consumePart, holdParts } from './parts-stock.js';
import type { RecordRefurbLabourDto, ReserveRefurbPartsDto, UseRefurbPartDto } from './refurb-order.dto.js';
import type { RefurbOrderView } from './refurb-order.view.js';
import { readOrder } from './refurb-orders.query.js';

/** The work itself: parts and hours, each put on the cost of the handset when it is spent. */
@Injectable()
export class RefurbWork {
  constructor(private readonly acts: Acts) {}

  /**
   * Holds parts of the bulk stock at the place for the order.
   * @throws NotFound, Stale, WrongState, UnitOnHold, BeyondEconomicRepair, InsufficientStock
   */
  reserveParts(call: Call, id: string, { parts }: ReserveRefurbPartsDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'reserveParts' });
      const { order } = moved;
      needWorthwhile(order);
      await holdParts(tx, call, { orderId: id, locationId: order.locationId }, parts);
      await weigh(tx, order);
      const wanted = parts.map(({ skuId, quantity }) => ({ skuId, quantity }));
      await tellOfOrder(tx, call, moved, { act: 'reserveParts', details: { parts: wanted } });
      return readOrder(tx, null, id);
    });
  }

  /** Begins the work, or begins it again. @throws NotFound, Stale, WrongState, UnitOnHold, BeyondEconomicRepair */
  start(call: Call, id: string): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'start', also: { startedAt: () => 'now()' } });
      needWorthwhile(moved.order);
      await tellOfOrder(tx, call, moved, { act: 'start' });
      return readOrder(tx, null, id);
    });
  }

  /**
   * Puts a reserved part into the handset, and what it cost on the handset's cost: once.
   * @throws NotFound, Stale, WrongState, UnitOnHold, BeyondEconomicRepair
   */
  usePart(call: Call, id: string, { partId }: UseRefurbPartDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'usePart' });
      const { order } = moved;
      needWorthwhile(order);
      const used = await consumePart(tx, call, { orderId: id, locationId: order.locationId }, partId);
      if (!used) throw new NotFound('No such part is held for this order.');
      const amountMinor = used.quantity * Number(used.unit_cost_minor);
      await capitalise(tx, call, moved, { kind: 'PART', partId, amountMinor });
      await weigh(tx, order);
      await tellOfOrder(tx, call, moved, { act: 'usePart', details: { partId, skuId: used.sku_id, amountMinor } });
      return readOrder(tx, null, id);
    });
  }

  /**
   * Puts minutes that were worked on the handset's cost. Work that was done is written down even when it turns out that
   * the repair is not worth it: what is then proposed to be given up goes on only when somebody approves.
   * @throws NotFound, Stale, WrongState, UnitOnHold
   */
  recordLabour(call: Call, id: string, { minutes, work }: RecordRefurbLabourDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const moved = await moveOrder(tx, call, id, { act: 'recordLabour' });
      const { order } = moved;
      const amountMinor = labourMinor(minutes, Number(order.labourRateMinor));
      await capitalise(tx, call, moved, { kind: 'LABOUR', minutes, work, amountMinor });
      await weigh(tx, order);
      await tellOfOrder(tx, call, moved, { act: 'recordLabour', details: { minutes, amountMinor } });
      return readOrder(tx, null, id);
    });
  }
}
