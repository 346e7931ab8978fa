import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { needNoHold } from '../holds/on-hold.js';
import { Standards } from '../standards/standards.js';
import { ADJUSTMENTS } from './adjustment.js';
import { moveUnit } from './moved-unit.js';
import { needOurs, openHolding } from './open-holding.js';
import { HOLDING_ACTS } from './stock-holding.lifecycle.js';
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
  async quarantine(call: Call, unitId: string, { reason }: QuarantineUnitDto): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      await moveUnit(tx, call, await openHolding(tx, call, unitId), 'quarantine', { reason });
      return shownUnit(tx, profile, unitId);
    });
  }

  /** Puts the unit on display: to be seen, not sold. @throws NotFound, Stale, WrongState */
  async display(call: Call, unitId: string): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      await moveUnit(tx, call, await openHolding(tx, call, unitId), 'display');
      return shownUnit(tx, profile, unitId);
    });
  }

  /** Corrects the stock by hand; the reason decides what becomes of the unit. @throws NotFound, Stale, WrongState, UnitOnHold */
  async adjust(call: Call, unitId: string, { reason }: AdjustUnitDto): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      if (ADJUSTMENTS[reason] === 'writeOff') {
        needOurs(before);
        await needNoHold(tx, unitId);
      }
      await moveUnit(tx, call, before, ADJUSTMENTS[reason], { reason });
      const { disposition: from, location_id: locationId } = before;
      const { to } = HOLDING_ACTS[ADJUSTMENTS[reason]];
      await recordAudited(tx, call, {
        ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'adjust', from, to, reason, locationId },
      });
      return shownUnit(tx, profile, unitId);
    });
  }
}
