import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { needNoHold } from '../holds/on-hold.js';
import { moveUnit } from '../units/moved-unit.js';
import { type OpenHolding, openHolding } from '../units/open-holding.js';
import { beyondEconomicRepair, estimateMinor } from './economics.js';
import { tellOfOrder } from './locked-order.js';
import type { OpenRefurbOrderDto, RefurbReasonDto } from './refurb-order.dto.js';
import { RefurbOrder } from './refurb-order.entity.js';
import type { RefurbOrderView } from './refurb-order.view.js';
import { readOrder } from './refurb-orders.query.js';
import { CostUnknown } from './refurbishment.errors.js';

/** Deciding that a handset is worth repairing. */
@Injectable()
export class RefurbPlanning {
  constructor(private readonly acts: Acts) {}

  /**
   * Opens a work order on a handset in triage. One that costs more than it will bring is proposed to be given up.
   * @throws NotFound, Stale, WrongState, UnitOnHold, CostUnknown, OrderUnderWay
   */
  open(call: Call, form: OpenRefurbOrderDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const held = await openHolding(tx, call, form.unitId);
      if (held.cost_minor === null) throw new CostUnknown('Say what it cost before work is put on its cost.');
      await needNoHold(tx, form.unitId);
      const id = newId();
      await moveUnit(tx, call, held, 'refurbish', { documentId: id });
      await write(tx, call, held, { id, form });
      const order = await tx.findOneByOrFail(RefurbOrder, { id });
      await tellOfOrder(tx, call, { order, from: 'PLANNED' }, { act: 'open' });
      return readOrder(tx, null, id);
    });
  }

  /**
   * Lets an order go on that costs more than it will bring, as somebody who did not open it.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded
   */
  approve(call: Call, id: string, { reason }: RefurbReasonDto): Promise<RefurbOrderView> {
    return this.acts.once(call, async (tx) => {
      const order = await lockedOrder(tx, call, id);
      if (!order.berProposed || order.approvedBy !== null || order.closedAt !== null) {
        throw new WrongState('There is nothing to approve.', { state: order.status });
      }
      needSecondPerson(call, [order.openedBy]);
      await tx.query('update refurb_order set approved_by = $2, version = version + 1 where id = $1', [id, call.actor]);
      await tellOfOrder(tx, call, { order, from: order.status }, { act: 'approve', reason });
      return readOrder(tx, null, id);
    });
  }
}

async function lockedOrder(tx: EntityManager, call: Call, id: string): Promise<RefurbOrder> {
  const store = boundTo(call.caller);
  const order = await tx.findOne(RefurbOrder, {
    where: { id, ...(store === null ? {} : { locationId: store }) },
    lock: { mode: 'pessimistic_write' },
  });
  if (!order) throw new NotFound('No such refurb order.');
  if (call.ifMatch !== undefined && call.ifMatch !== order.version) throw stale(order.version);
  return order;
}

async function write(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  { id, form }: { id: string; form: OpenRefurbOrderDto },
): Promise<void> {
  const { labourRateMinor, estimatedPartsMinor, estimatedMinutes, expectedSaleMinor } = form;
  const acquisitionMinor = Number(held.cost_minor);
  const estimatedMinor = estimateMinor(estimatedPartsMinor, estimatedMinutes, labourRateMinor);
  const money = { acquisitionMinor, estimatedMinor, expectedSaleMinor, committedMinor: 0 };
  await tx.query(
    `insert into refurb_order (id, unit_id, holding_id, location_id, status, currency, labour_rate_minor,
       acquisition_minor, estimated_minor, expected_sale_minor, ber_proposed, opened_by)
     values ($1, $2, $3, $4, 'PLANNED', $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, held.unit_id, held.id, held.location_id, held.currency, labourRateMinor, acquisitionMinor],
      ...[estimatedMinor, expectedSaleMinor, beyondEconomicRepair(money), call.actor],
    ],
  );
}
