import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import { post } from './ledger.js';

/** Handsets that stay with us though everything that was paid for them was taken back. */
@Injectable()
export class KeptHandsets {
  constructor(private readonly stock: TradedHandsets) {}

  /**
   * A handset that is here still has cost us nothing from now on; one that was sold meanwhile was sold at its cost, and what
   * came back of that is income. A step, after the entries were mirrored.
   */
  async afterClawBack(tx: EntityManager, by: Doer, trade: TradeIn): Promise<void> {
    if (trade.unitId === null || trade.agreedMinor === null) return;
    const here: unknown[] = await tx.query(
      `select 1 from stock_holding where unit_id = $1 and closed_at is null and cost_minor is not null`,
      [trade.unitId],
    );
    if (here.length) {
      await this.stock.revalue(tx, by, { unitId: trade.unitId, costMinor: 0, documentId: trade.id });
      return;
    }
    await post(tx, by, trade, [
      {
        ...{ event: 'HANDSET_KEPT', debit: 'INVENTORY', credit: 'RECOVERY_INCOME' },
        ...{ amountMinor: Number(trade.agreedMinor), component: 'MARKET' },
      },
    ]);
  }
}
