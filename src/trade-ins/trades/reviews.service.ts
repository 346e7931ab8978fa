import { Injectable } from '@nestjs/common';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import type { TradeInView } from './trade-in.view.js';
import { readTrade } from './trade-ins.query.js';
import { lockTrade } from './trade-moves.js';

/** A person looks at what a machine found odd, before money moves. */
@Injectable()
export class TradeInReviews {
  constructor(private readonly acts: Acts) {}

  /** What was found odd is in order: by somebody who did not take the handset in. @throws NotFound, Stale, WrongState, SecondPersonNeeded */
  clear(call: Call, id: string, reason: string): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTrade(tx, id, call.caller, call.ifMatch);
      if (!trade.review.length || trade.reviewedBy !== null) {
        throw new WrongState('There is nothing to be looked at.', { state: trade.status, possible: [] });
      }
      needSecondPerson(call, [trade.acceptedBy]);
      await tx.query('update trade_in set reviewed_by = $2, version = version + 1 where id = $1', [id, call.actor]);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: id, act: 'clearReview', reason, locationId: trade.locationId },
        details: { review: trade.review },
      });
      return readTrade(tx, id, call.caller);
    });
  }
}
