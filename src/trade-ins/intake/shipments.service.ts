import { Injectable } from '@nestjs/common';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { WrongState } from '../../platform/problems.js';
import { takeBack } from '../money/reversals.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import { readTrade } from '../trades/trade-ins.query.js';

/** What happens on the way to us, and when it comes to nothing. */
@Injectable()
export class Shipments {
  constructor(private readonly acts: Acts) {}

  /** A label is made for the shipment. @throws NotFound, Stale, WrongState */
  issueLabel(call: Call, id: string, tracking: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'issueLabel');
      if (trade.channel !== 'MAIL') {
        throw new WrongState('It is handed over at a store, not sent.', {
          state: trade.status,
          possible: ['handOver'],
        });
      }
      await moveTrade(tx, call, trade, 'issueLabel', { also: { trackingIn: tracking } });
      return readTrade(tx, id, call.caller);
    });
  }

  /** The customer or the carrier says that it is on its way. @throws NotFound, Stale, WrongState */
  noteSent(call: Call, id: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'noteSent');
      await moveTrade(tx, call, trade, 'noteSent');
      return readTrade(tx, id, call.caller);
    });
  }

  /** The customer does not go on; what was paid ahead is taken back. @throws NotFound, Stale, WrongState */
  cancel(call: Call, id: string, reason: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'cancel');
      await takeBack(tx, call, trade, 'CUSTOMER_CANCELLED');
      await moveTrade(tx, call, trade, 'cancel', { also: { closeReason: reason }, reason, audited: true });
      return readTrade(tx, id, call.caller);
    });
  }
}
