import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import { lawHold } from '../police-reports/law-hold.js';
import { queueReport } from '../police-reports/queueing.js';
import type { OfferedHandset } from '../questions/offered-handsets.js';
import { readPlace } from '../quotes/quote-place.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { TradeIn } from '../trades/trade-in.entity.js';

/** A handset as it came. */
export interface Received {
  handset: OfferedHandset;
  variantId: string;
  sealedBag: string;
}

/** What happens in the store or at the dock when a handset is taken in. */
@Injectable()
export class Receiving {
  constructor(
    private readonly stock: TradedHandsets,
    private readonly book: RuleBook,
  ) {}

  /** The handset becomes a unit of stock that is not ours yet. @throws AlreadyInStock */
  async takeIn(tx: EntityManager, by: Doer, trade: TradeIn, { handset, variantId, sealedBag }: Received) {
    const { unitId } = await this.stock.takeIn(tx, by, {
      imei14s: [handset.imei14, ...handset.record.otherImei14s],
      ...{ variantId, locationId: trade.locationId, currency: trade.currency, documentId: trade.id, sealedBag },
    });
    return { unitId, variantId };
  }

  /**
   * The police are told where the law of the place wants that, and nothing is done with the handset before the days are
   * over that it gives them.
   */
  async holdByLaw(tx: EntityManager, by: Doer, trade: TradeIn): Promise<void> {
    const { content } = (await this.book.version(trade.jurisdictionId)) as RuleInForce<'JURISDICTION'>;
    await queueReport(tx, by, trade, content);
    if (content.holdDays === 0 || !trade.unitId) return;
    const { timeZone } = await readPlace(tx, trade.locationId);
    const { holdDays: days, holdStarts: starts } = content;
    const fresh = { asked: false, sentAt: null, released: false };
    const { until } = lawHold({ ...fresh, days, starts, receivedAt: trade.receivedAt!, timeZone }, new Date())!;
    const reason = `Held ${content.holdDays} days by the law of ${content.jurisdiction}`;
    await this.stock.hold(tx, by, { unitId: trade.unitId, reason, until, documentId: trade.id });
  }
}
