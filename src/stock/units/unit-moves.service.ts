import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { needNoHold } from '../holds/on-hold.js';
import { Standards } from '../standards/standards.js';
import { ADJUSTMENTS } from './adjustment.js';
import { moveUnit } from './moved-unit.js';
import { needOurs, type OpenHolding, openHolding } from './open-holding.js';
import { HOLDING_ACTS, type HoldingAct } from './stock-holding.lifecycle.js';
import type { AdjustUnitDto, QuarantineUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { shownUnit } from './stock-units.query.js';

/** Acts that move one unit from one disposition to another. */
@Injectable()
export class UnitMovesService {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

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

  /** Corrects the stock by hand; the reason decides what becomes of the unit. @throws NotFound, Stale, WrongState, UnitOnHold */
  adjust(call: Call, unitId: string, { reason }: AdjustUnitDto): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      if (ADJUSTMENTS[reason] === 'writeOff') {
        needOurs(before);
        await needNoHold(tx, unitId);
      }
      const view = await this.moved(tx, call, before, ADJUSTMENTS[reason], reason);
      const { disposition: from, location_id: locationId } = before;
      const { to } = HOLDING_ACTS[ADJUSTMENTS[reason]];
      await recordAudited(tx, call, {
        ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'adjust', from, to, reason, locationId },
      });
      return view;
    });
  }

  private async moved(
    tx: EntityManager,
    call: Call,
    before: OpenHolding,
    act: HoldingAct,
    reason?: string,
  ): Promise<StockUnitView> {
    await moveUnit(tx, call, before, act, reason ? { reason } : {});
    return shownUnit(tx, await this.standards.profile(), before.unit_id);
  }
}
