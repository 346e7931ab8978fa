import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import type { TradeIn } from '../trades/trade-in.entity.js';

/** Tells that an offer was taken; the audit comes last, for it locks the chain. */
export async function recordAccepted(tx: EntityManager, call: Call, trade: TradeIn): Promise<void> {
  const { id, locationId, number, planCode, quotedMinor, currency, review } = trade;
  const figures = { number, planCode, quotedMinor: Number(quotedMinor), currency };
  await publish(tx, call, {
    ...{ type: 'trade-in.accepted', aggregateKind: 'trade-in', aggregateId: id, locationId },
    payload: figures,
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'trade-in', subjectId: id, act: 'accept', to: 'ACCEPTED', locationId },
    details: { ...figures, review, quoteId: trade.quoteId, termsId: trade.termsId },
  });
}
