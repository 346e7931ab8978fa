import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call, Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import { takeBack } from '../money/reversals.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import type { GiveReasonDto } from './inspection.dto.js';
import { ServedReasons } from './served-reasons.js';
import { needReturnable } from './stolen.js';

/** Handsets that something is wrong with: kept waiting, turned down, sent back or given to the police. */
@Injectable()
export class Doubts {
  constructor(
    private readonly acts: Acts,
    private readonly reasons: ServedReasons,
    private readonly stock: TradedHandsets,
  ) {}

  /** Waits for the customer to put something right. @throws InvalidInput, NotFound, Stale, WrongState */
  async suspend(call: Call, id: string, { reason, note }: GiveReasonDto): Promise<TradeInView> {
    await this.reasons.need(call.caller, id, 'SUSPENSION', [{ code: reason, pointer: '/reason' }]);
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'suspend');
      await suspend(tx, call, trade, reason, note);
      return readTrade(tx, id, call.caller);
    });
  }

  /** It has been put right: it is inspected anew, by whoever comes first. @throws NotFound, Stale, WrongState */
  resume(call: Call, id: string, reason: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'resume');
      await moveTrade(tx, call, trade, 'resume', { also: { inspectedBy: null }, reason });
      return readTrade(tx, id, call.caller);
    });
  }

  /** It is not taken; what was paid ahead is taken back. @throws InvalidInput, NotFound, Stale, WrongState */
  async reject(call: Call, id: string, { reason, note }: GiveReasonDto): Promise<TradeInView> {
    await this.reasons.need(call.caller, id, 'REJECTION', [{ code: reason, pointer: '/reason' }]);
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'reject');
      await reject(tx, call, trade, reason, note);
      return readTrade(tx, id, call.caller);
    });
  }

  /** It goes to the police, never back to whoever brought it. @throws NotFound, Stale, WrongState */
  surrender(call: Call, id: string, reason: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'surrender');
      await this.stock.giveBack(tx, call, {
        ...{ unitId: trade.unitId!, documentId: id, how: 'SURRENDERED', reason },
      });
      await moveTrade(tx, call, trade, 'surrender', { also: { closeReason: reason }, reason, audited: true });
      return readTrade(tx, id, call.caller);
    });
  }

  /** A rejected handset is made ready to go back. @throws NotFound, Stale, WrongState */
  sendBack(call: Call, id: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'sendBack');
      await needReturnable(tx, trade);
      await moveTrade(tx, call, trade, 'sendBack');
      return readTrade(tx, id, call.caller);
    });
  }

  /** The owner has it back, or the carrier of parcels has it for them. @throws NotFound, Stale, WrongState, UnitEncumbered */
  noteReturned(call: Call, id: string, tracking: string | undefined): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'noteReturned');
      await needReturnable(tx, trade);
      await takeBack(tx, call, trade, 'RETURNED');
      const reason = trade.closeReason ?? 'RETURNED';
      await this.stock.giveBack(tx, call, {
        ...{ unitId: trade.unitId!, documentId: id, how: 'RETURNED_TO_SELLER', reason },
      });
      await moveTrade(tx, call, trade, 'noteReturned', { also: { trackingOut: tracking ?? null }, audited: true });
      return readTrade(tx, id, call.caller);
    });
  }
}

/** A step: waits as long as the terms say. @throws WrongState */
export async function suspend(
  tx: EntityManager,
  by: Doer,
  trade: TradeIn,
  reason: string,
  note?: string,
): Promise<void> {
  const [{ until }]: [{ until: Date }] = await tx.query(
    `select now() + make_interval(days => (content->>'suspensionDays')::int) as until from trade_in_rule where id = $1`,
    [trade.termsId],
  );
  await moveTrade(tx, by, trade, 'suspend', {
    also: { waitsUntil: until, suspendedFor: reason },
    ...{ reason, details: { note: note ?? null } },
  });
}

/** A step. @throws WrongState */
export async function reject(
  tx: EntityManager,
  by: Doer,
  trade: TradeIn,
  reason: string,
  note?: string,
): Promise<void> {
  await takeBack(tx, by, trade, reason);
  await moveTrade(tx, by, trade, 'reject', {
    also: { closeReason: reason },
    ...{ reason, details: { note: note ?? null }, audited: true },
  });
}
