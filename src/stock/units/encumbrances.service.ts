import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { disencumber, encumber, lockBarred } from '../holds/encumbering.js';
import { Standards } from '../standards/standards.js';
import type { EncumberUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { readUnit, shownUnit } from './stock-units.query.js';

const thereAlready = () => new WrongState('The unit bears this encumbrance already.', { state: 'ENCUMBERED' });
constraintMeans('unit_encumbrance_live_key', thereAlready);

/** Legal holds, block lists, finance and the like: what bars a unit from being sold, ours or not. */
@Injectable()
export class EncumbrancesService {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

  /** Bars the unit from being sold; on the shelf it goes into quarantine, reserved it cannot be sold. @throws NotFound, Stale, WrongState */
  async place(call: Call, unitId: string, { kind, reason }: EncumberUnitDto): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      await lockOwn(tx, call, unitId);
      if (!(await encumber(tx, call, { unitId, kind, reason }))) throw thereAlready();
      return shownUnit(tx, profile, unitId);
    });
  }

  /** Takes the bar away; the unit stays where it is until somebody puts it back on the shelf. @throws NotFound, Stale, WrongState */
  async lift(call: Call, unitId: string, { kind, reason }: EncumberUnitDto): Promise<StockUnitView> {
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      await lockOwn(tx, call, unitId);
      if (!(await disencumber(tx, call, { unitId, kind, reason }))) {
        throw new WrongState('The unit does not bear this encumbrance.', { state: 'FREE' });
      }
      return shownUnit(tx, profile, unitId);
    });
  }
}

async function lockOwn(tx: EntityManager, call: Call, unitId: string): Promise<void> {
  if (!(await readUnit(tx, boundTo(call.caller), unitId))) {
    throw new NotFound('No such unit, or not at your location.');
  }
  await lockBarred(tx, call, unitId);
  const unit = (await readUnit(tx, null, unitId))!;
  if (call.ifMatch !== undefined && call.ifMatch !== unit.version) throw stale(unit.version);
}
