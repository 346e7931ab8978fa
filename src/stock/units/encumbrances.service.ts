import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { moveHoldings } from './holding-moves.js';
import type { EncumberUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { readUnit, unitView, type UnitRow } from './stock-units.query.js';

const thereAlready = () => new WrongState('The unit bears this encumbrance already.', { state: 'ENCUMBERED' });
constraintMeans('unit_encumbrance_live_key', thereAlready);

/** Legal holds, block lists, finance and the like: what bars a unit from being sold, ours or not. */
@Injectable()
export class EncumbrancesService {
  constructor(private readonly acts: Acts) {}

  /** Bars the unit from being sold; on the shelf it goes into quarantine, reserved it cannot be sold. @throws NotFound, Stale, WrongState */
  place(call: Call, unitId: string, { kind, reason }: EncumberUnitDto): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => {
      const unit = await lockedUnit(tx, call, unitId);
      if (unit.encumbrances.some((one) => one.kind === kind)) throw thereAlready();
      await moveHoldings(tx, call, { act: 'quarantine', unitIds: [unitId], locationId: null, reason: kind });
      await tx.query(
        'insert into unit_encumbrance (id, unit_id, kind, reason, placed_by) values ($1, $2, $3, $4, $5)',
        [...[newId(), unitId, kind, reason, call.actor]],
      );
      return this.told(tx, call, unit, { act: 'encumber', kind, reason });
    });
  }

  /** Takes the bar away; the unit stays where it is until somebody puts it back on the shelf. @throws NotFound, Stale, WrongState */
  lift(call: Call, unitId: string, { kind, reason }: EncumberUnitDto): Promise<StockUnitView> {
    return this.acts.once(call, async (tx) => {
      const unit = await lockedUnit(tx, call, unitId);
      const [, lifted]: [unknown[], number] = await tx.query(
        `update unit_encumbrance set lifted_at = now(), lifted_by = $3, lifted_reason = $4
         where unit_id = $1 and kind = $2 and lifted_at is null`,
        [unitId, kind, call.actor, reason],
      );
      if (!lifted) throw new WrongState('The unit does not bear this encumbrance.', { state: 'FREE' });
      return this.told(tx, call, unit, { act: 'liftEncumbrance', kind, reason });
    });
  }

  private async told(
    tx: EntityManager,
    call: Call,
    unit: UnitRow,
    { act, kind, reason }: { act: string; kind: string; reason: string },
  ): Promise<StockUnitView> {
    const { locationId } = unit.holding;
    await tx.query(
      `update stock_holding set version = version + 1,
         encumbered = exists (select from unit_encumbrance where unit_id = $1 and lifted_at is null)
       where unit_id = $1 and closed_at is null`,
      [unit.id],
    );
    await publish(tx, call, {
      type: 'stock-unit.encumbrance-changed',
      aggregateKind: 'stock-unit',
      aggregateId: unit.id,
      locationId,
      payload: { act, kind },
    });
    await recordAudited(tx, call, {
      subjectKind: 'stock-unit',
      subjectId: unit.id,
      act,
      reason,
      details: { kind },
      locationId,
    });
    return unitView((await readUnit(tx, null, unit.id))!);
  }
}

async function lockedUnit(tx: EntityManager, call: Call, unitId: string): Promise<UnitRow> {
  await tx.query('select from stock_holding where unit_id = $1 and closed_at is null for update', [unitId]);
  const unit = await readUnit(tx, boundTo(call.caller), unitId);
  if (!unit) throw new NotFound('No such unit, or not at your location.');
  if (call.ifMatch !== undefined && call.ifMatch !== unit.version) throw stale(unit.version);
  return unit;
}
