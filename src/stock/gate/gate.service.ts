import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { NotReadyForSale } from '../stock.errors.js';
import { Standards } from '../standards/standards.js';
import { gateReasons } from '../units/gate.js';
import { moveUnit } from '../units/moved-unit.js';
import { openHolding } from '../units/open-holding.js';
import type { StockUnitView } from '../units/stock-unit.view.js';
import { shownUnit } from '../units/stock-units.query.js';
import { gateFacts } from './gate-facts.query.js';
import { type RegistryWord, RegistryWords } from './registry-word.js';

/** The way on the shelf. */
@Injectable()
export class Gate {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
    private readonly registries: RegistryWords,
  ) {}

  /**
   * Puts the unit on the shelf when it passes the gate. The registries are asked before, and what they said is kept
   * with a handset that passes.
   * @throws NotFound, Stale, WrongState, NotReadyForSale with every reason
   */
  async makeAvailable(call: Call, unitId: string): Promise<StockUnitView> {
    const word = (await this.acts.isKnown(call)) ? null : await this.registries.of(unitId);
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      const reasons = gateReasons(await gateFacts(tx, before.id, word), profile);
      if (reasons.length) throw new NotReadyForSale('It stays where it is; see facts for every reason.', { reasons });
      if (word) await keep(tx, call, before.id, word);
      await moveUnit(tx, call, before, 'makeAvailable');
      return shownUnit(tx, profile, unitId);
    });
  }
}

const keep = (
  tx: EntityManager,
  call: Call,
  holdingId: string,
  { status, reasons, sources, checkedAt }: RegistryWord,
) =>
  tx.query(
    `insert into registry_check (id, holding_id, status, reasons, sources, checked_at, asked_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), holdingId, status, reasons, sources, checkedAt, call.actor],
  );
