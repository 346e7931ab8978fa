import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { dayIn } from '../../values/time.js';
import { Credits } from '../money/credits.js';
import { givenFor } from '../money/given.js';
import { post } from '../money/ledger.js';
import { PayoutChecks, type PayoutLook } from '../money/payout-checks.js';
import { readQuote } from '../quotes/trade-in-quotes.query.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';

/** Handsets that never come, though they were sent. */
@Injectable()
export class LostParcels {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly checks: PayoutChecks,
    private readonly credits: Credits,
  ) {}

  /**
   * The carrier of the parcel has lost it. What was paid ahead stays with the customer; else they get what the terms say,
   * unless a registry has the handset, it is not paid for, or a person had to look at the trade-in first.
   * @throws NotFound, Stale, WrongState, SecondPersonNeeded
   */
  async lose(call: Call, id: string, reason: string): Promise<TradeInView> {
    const look = await this.checks.look(await readTrade(this.db, id, call.caller));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'lose');
      const covered = await this.cover(tx, call, trade, look);
      await moveTrade(tx, call, trade, 'lose', {
        also: { closeReason: reason },
        ...{ reason, details: { lossCover: look.lossCover, ...covered }, audited: true },
      });
      return readTrade(tx, id, call.caller);
    });
  }

  /** @returns what is paid, in minor units; nothing where nothing is. @throws SecondPersonNeeded above the amount of the terms */
  private async cover(tx: EntityManager, call: Call, trade: TradeIn, look: PayoutLook) {
    if (look.lossCover === 'NOTHING' || !clean(look, trade) || (await givenFor(tx, trade.id))) return {};
    const { snapshot } = await readQuote(tx, trade.quoteId);
    const { marketMinor, extraMinor } = snapshot.plans.find(({ code }) => code === trade.planCode)!;
    if (marketMinor + extraMinor > look.secondPersonAboveMinor) needSecondPerson(call, [trade.acceptedBy]);
    await post(tx, call, trade, [
      {
        ...{ event: 'LOSS_COVERED', debit: 'TRADE_IN_RECEIVABLE', credit: 'CUSTOMER_PAYABLE' },
        ...{ amountMinor: marketMinor, component: 'MARKET' },
      },
    ]);
    const { plan, owedMinor, timeZone } = look;
    const from = dayIn(timeZone, new Date());
    await this.credits.grant(tx, call, trade, { plan, owedMinor, from, marketMinor, extraMinor });
    return { marketMinor, extraMinor };
  }
}

function clean({ checks, plan, owedMinor }: PayoutLook, { review, reviewedBy }: TradeIn): boolean {
  const outcomeOf = (name: string) => checks.find((one) => one.name === name)?.outcome;
  const free = outcomeOf('OWN_FINANCE') !== 'UNKNOWN' && (owedMinor === 0 || plan.instrument === 'EIP_PAYOFF');
  return outcomeOf('BLOCK_LISTS') === 'PASS' && free && (!review.length || reviewedBy !== null);
}
