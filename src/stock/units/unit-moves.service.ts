import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { NotReadyForSale } from '../stock.errors.js';
import { liftEnded } from '../holds/ended-holds.js';
import { expireLapsed } from '../reservations/closing.js';
import { ADJUSTMENTS } from './adjustment.js';
import { gateReasons, type GateFacts } from './gate.js';
import { type HoldingFound, moveHoldings } from './holding-moves.js';
import { HOLDING_ACTS, type HoldingAct, possibleHoldingActs } from './stock-holding.lifecycle.js';
import type { AdjustUnitDto, QuarantineUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { readUnit, unitView } from './stock-units.query.js';

/** Acts that move one unit from one disposition to another. */
@Injectable()
export class UnitMovesService {
  constructor(private readonly acts: Acts) {}

  /** Puts the unit on the shelf when it passes the gate. @throws NotFound, Stale, WrongState, NotReadyForSale */
  makeAvailable(call: Call, unitId: string): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      const reasons = gateReasons(await gateFacts(tx, before.id));
      if (reasons.length) throw new NotReadyForSale('It stays where it is; see facts for every reason.', { reasons });
      return this.moved(tx, call, before, 'makeAvailable');
    });
  }

  /** Sets the unit apart. @throws NotFound, Stale, WrongState */
  quarantine(call: Call, unitId: string, { reason }: QuarantineUnitDto): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) =>
      this.moved(tx, call, await openHolding(tx, call, unitId), 'quarantine', reason),
    );
  }

  /** Puts the unit on display: to be seen, not sold. @throws NotFound, Stale, WrongState */
  display(call: Call, unitId: string): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => this.moved(tx, call, await openHolding(tx, call, unitId), 'display'));
  }

  /** Corrects the stock by hand; the reason decides what becomes of the unit. @throws NotFound, Stale, WrongState */
  adjust(call: Call, unitId: string, { reason }: AdjustUnitDto): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      const view = await this.moved(tx, call, before, ADJUSTMENTS[reason], reason);
      const { disposition: from, location_id: locationId } = before;
      await recordAudited(tx, call, {
        subjectKind: 'stock-unit',
        subjectId: unitId,
        act: 'adjust',
        from,
        to: view.holding.disposition,
        reason,
        locationId,
      });
      return view;
    });
  }

  private async moved(
    tx: EntityManager,
    call: Call,
    before: HoldingFound,
    act: HoldingAct,
    reason?: string,
  ): Promise<StockUnitView> {
    const { unit_id: unitId, location_id: locationId, disposition: from } = before;
    const [found] = await moveHoldings(tx, call, { act, unitIds: [unitId], locationId, reason });
    if (!found?.moved) {
      throw new WrongState(`Not possible: the unit is ${from}.`, { state: from, possible: possibleHoldingActs(from) });
    }
    const { to } = HOLDING_ACTS[act];
    await recordAct(tx, call, { subjectKind: 'stock-unit', subjectId: unitId, act, from, to, reason, locationId });
    await publish(tx, call, {
      type: 'stock-unit.moved',
      aggregateKind: 'stock-unit',
      aggregateId: unitId,
      locationId,
      payload: { from, to, reason: reason ?? null },
    });
    return unitView((await readUnit(tx, null, unitId))!);
  }
}

/**
 * Locks the open holding of a unit for an act on it; a reservation of it that has run out is closed first.
 * @throws NotFound, Stale
 */
export async function openHolding(tx: EntityManager, call: Call, unitId: string): Promise<HoldingFound> {
  await expireLapsed(tx, call, { unitIds: [unitId] });
  const [held]: HoldingFound[] = await tx.query(
    `select * from stock_holding where unit_id = $1 and closed_at is null and ($2::uuid is null or location_id = $2) for update`,
    [unitId, boundTo(call.caller)],
  );
  if (!held) throw new NotFound('No such unit in stock, or not at your location.');
  if (call.ifMatch !== undefined && call.ifMatch !== held.version) throw stale(held.version);
  if (held.encumbered) await liftEnded(tx, call, [unitId]);
  return held;
}

async function gateFacts(tx: EntityManager, holdingId: string): Promise<GateFacts> {
  const [facts]: (Omit<GateFacts, 'costMinor'> & { costMinor: string | null })[] = await tx.query(
    `select s.condition, s.grade, h.cosmetic, h.functional, h.battery_pct as "batteryPct", h.lock_state as "lockState", h.erasure,
            h.cost_minor as "costMinor", h.kit_complete as "kitComplete", h.warranty_days as "warrantyDays",
            array(select e.kind from unit_encumbrance e where e.unit_id = h.unit_id and e.lifted_at is null) as encumbrances
     from stock_holding h join sku s on s.id = h.sku_id where h.id = $1`,
    [holdingId],
  );
  return { ...facts!, costMinor: facts!.costMinor === null ? null : Number(facts!.costMinor) };
}
