import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import { moveTrade } from '../trades/trade-moves.js';
import type { Amounts } from './credits.js';
import { givenFor } from './given.js';
import { post, type Posting } from './ledger.js';
import type { LedgerAccount } from './money.words.js';
import { takeBack } from './reversals.js';

/** From here on it is settled what is paid for a handset, and the handset is ours. */
@Injectable()
export class Validation {
  constructor(private readonly stock: TradedHandsets) {}

  /** What was paid ahead stands when it is what is due now; else it is taken back, and settled anew. */
  async validate(
    tx: EntityManager,
    by: Doer,
    trade: TradeIn,
    act: 'validate' | 'acceptCounterOffer',
    { marketMinor, extraMinor }: Amounts,
  ): Promise<TradeIn> {
    if (trade.agreedMinor !== null) return this.validateAgain(tx, by, trade, act, { marketMinor, extraMinor });
    const ahead = await givenFor(tx, trade.id);
    const stands = ahead !== null && ahead.marketMinor === marketMinor && ahead.extraMinor === extraMinor;
    if (ahead !== null && !stands) await takeBack(tx, by, trade, 'VALUE_DIFFERS');
    await post(tx, by, trade, [acquired(marketMinor, stands ? 'TRADE_IN_RECEIVABLE' : 'CUSTOMER_PAYABLE')]);
    await this.stock.acquire(tx, by, { unitId: trade.unitId!, costMinor: marketMinor, documentId: trade.id });
    return moveTrade(tx, by, trade, act, {
      also: { agreedMinor: marketMinor, agreedExtraMinor: extraMinor },
      ...{ details: { marketMinor, extraMinor, paidAhead: stands }, audited: true },
    });
  }

  /** It was validated before something kept it back, so that it is ours already: at this value or at another one. */
  private async validateAgain(
    tx: EntityManager,
    by: Doer,
    trade: TradeIn,
    act: 'validate' | 'acceptCounterOffer',
    { marketMinor, extraMinor }: Amounts,
  ): Promise<TradeIn> {
    if (Number(trade.agreedMinor) !== marketMinor || Number(trade.agreedExtraMinor) !== extraMinor) {
      await takeBack(tx, by, trade, 'VALUE_DIFFERS');
      await post(tx, by, trade, [acquired(marketMinor, 'CUSTOMER_PAYABLE')]);
      await this.stock.revalue(tx, by, { unitId: trade.unitId!, costMinor: marketMinor, documentId: trade.id });
    }
    return moveTrade(tx, by, trade, act, {
      also: { agreedMinor: marketMinor, agreedExtraMinor: extraMinor },
      ...{ details: { marketMinor, extraMinor, again: true }, audited: true },
    });
  }

  /** The owner leaves it to us to be recycled: it is ours, for nothing. */
  async leaveForRecycling(tx: EntityManager, by: Doer, trade: TradeIn, reason: string): Promise<void> {
    await takeBack(tx, by, trade, 'CUSTOMER_DECLINED');
    const handset = { unitId: trade.unitId!, costMinor: 0, documentId: trade.id };
    await (trade.agreedMinor === null ? this.stock.acquire(tx, by, handset) : this.stock.revalue(tx, by, handset));
    await moveTrade(tx, by, trade, 'letRecycle', { also: { closeReason: reason }, reason, audited: true });
  }
}

const acquired = (amountMinor: number, credit: LedgerAccount): Posting => ({
  ...{ event: 'HANDSET_ACQUIRED', debit: 'INVENTORY', credit },
  ...{ amountMinor, component: 'MARKET' },
});
