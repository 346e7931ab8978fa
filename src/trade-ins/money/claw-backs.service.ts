import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade, raiseVersion } from '../trades/trade-moves.js';
import { givenFor } from './given.js';
import { KeptHandsets } from './kept-handsets.js';
import type { ClawBackDto } from './money.dto.js';
import { PayoutChecks } from './payout-checks.js';
import { takeBack } from './reversals.js';

/** What was paid is taken back. */
@Injectable()
export class ClawBacks {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly checks: PayoutChecks,
    private readonly kept: KeptHandsets,
  ) {}

  /**
   * Takes back what was paid: what was on top, after which the rest stands as before, or all. Above the amount of the terms
   * it is not who settled.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded
   */
  async clawBack(call: Call, id: string, { reason, scope }: ClawBackDto): Promise<TradeInView> {
    const { secondPersonAboveMinor } = await this.checks.agreed(await readTrade(this.db, id, call.caller));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'clawBack');
      const { marketMinor, extraMinor } = (await givenFor(tx, id)) ?? { marketMinor: 0, extraMinor: 0 };
      const given = scope === 'ALL' ? marketMinor + extraMinor : extraMinor;
      if (given === 0) {
        throw new WrongState('There is nothing to be taken back.', { state: trade.status, possible: [] });
      }
      if (given > secondPersonAboveMinor) needSecondPerson(call, [trade.settledBy ?? '']);
      if (scope === 'ALL') await this.clawAll(tx, call, trade, reason);
      else await clawPromotion(tx, call, trade, reason);
      return readTrade(tx, id, call.caller);
    });
  }

  private async clawAll(tx: EntityManager, call: Call, trade: TradeIn, reason: string): Promise<void> {
    const taken = await takeBack(tx, call, trade, reason);
    await this.kept.afterClawBack(tx, call, trade);
    await moveTrade(tx, call, trade, 'clawBack', {
      also: { closeReason: reason },
      ...{ reason, details: { scope: 'ALL', takenFromAccountMinor: taken }, audited: true },
    });
  }
}

async function clawPromotion(tx: EntityManager, call: Call, trade: TradeIn, reason: string): Promise<void> {
  const taken = await takeBack(tx, call, trade, reason, 'PROMOTION');
  await raiseVersion(tx, trade.id);
  await recordAudited(tx, call, {
    ...{ subjectKind: 'trade-in', subjectId: trade.id, act: 'clawBackExtra', reason, locationId: trade.locationId },
    details: { takenFromAccountMinor: taken },
  });
}
