import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { dayIn } from '../../values/time.js';
import { keepChecks } from '../checks/trade-checks.js';
import { suspend } from '../inspections/doubts.service.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import { Credits } from './credits.js';
import { givenFor } from './given.js';
import { RECHECK_DAYS } from './recheck-days.js';
import { needCleared, PayoutChecks, type PayoutLook } from './payout-checks.js';

/** A trade-in is paid: once, and only when the registries say nothing against it now. */
@Injectable()
export class Settlement {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly checks: PayoutChecks,
    private readonly credits: Credits,
  ) {}

  /**
   * Pays what was agreed. A handset that has come onto a list meanwhile is suspended instead, and nothing is paid.
   * @throws NotFound, Stale, WrongState, PayoutNotCleared, SecondPersonNeeded
   */
  async settle(call: Call, id: string): Promise<TradeInView> {
    const look = await this.checks.look(await readTrade(this.db, id, call.caller));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'settle');
      if (look.listed) await this.holdBack(tx, call, trade, look);
      else await this.pay(tx, call, trade, look);
      return readTrade(tx, id, call.caller);
    });
  }

  private async holdBack(tx: EntityManager, call: Call, trade: TradeIn, look: PayoutLook): Promise<void> {
    await keepChecks(tx, trade.id, 'PAYOUT', look.checks);
    await this.checks.bar(tx, call, trade);
    await suspend(tx, call, trade, 'BLOCKLIST_SOFT_MATCH');
  }

  private async pay(tx: EntityManager, call: Call, trade: TradeIn, look: PayoutLook): Promise<void> {
    const moved = await moveTrade(tx, call, trade, 'settle', {
      also: { settledBy: call.actor, payoutTries: () => 'payout_tries + 1' },
      details: { marketMinor: Number(trade.agreedMinor), extraMinor: Number(trade.agreedExtraMinor) },
    });
    await needCleared(tx, trade, look);
    const both = Number(trade.agreedMinor) + Number(trade.agreedExtraMinor);
    if (both > look.secondPersonAboveMinor) needSecondPerson(call, [trade.acceptedBy, trade.inspectedBy ?? '']);
    await keepChecks(tx, trade.id, 'PAYOUT', look.checks);
    if (await givenFor(tx, trade.id)) await this.credits.askAgain(tx, call, moved);
    else await this.grant(tx, call, moved, look);
    await settleWhenPaid(tx, call, moved);
  }

  private async grant(tx: EntityManager, call: Call, trade: TradeIn, { plan, owedMinor, timeZone }: PayoutLook) {
    const [marketMinor, extraMinor] = [Number(trade.agreedMinor), Number(trade.agreedExtraMinor)];
    const from = dayIn(timeZone, plan.catchUp ? trade.acceptedAt : new Date());
    await this.credits.grant(tx, call, trade, { plan, marketMinor, extraMinor, owedMinor, from });
  }
}

/** A step: nothing waits any more, so it is settled. */
export async function settleWhenPaid(tx: EntityManager, call: Call, trade: TradeIn): Promise<void> {
  const waiting: unknown[] = await tx.query(
    `select 1 from trade_in_credit where trade_in_id = $1 and status in ('REQUESTED', 'FAILED') limit 1`,
    [trade.id],
  );
  if (waiting.length) return;
  await moveTrade(tx, call, trade, 'confirmPayout', {
    also: { settledAt: () => 'now()', recheckAt: () => `now() + interval '${RECHECK_DAYS[0]} days'` },
    ...{
      details: { marketMinor: Number(trade.agreedMinor), extraMinor: Number(trade.agreedExtraMinor) },
      audited: true,
    },
  });
}
