import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import type { JurisdictionRulesDto } from '../rules/jurisdiction.dto.js';
import type { TradeIn } from '../trades/trade-in.entity.js';

/** A step: what came in is to be told to the police, where the law of the place wants that; once a trade-in. */
export async function queueReport(
  tx: EntityManager,
  by: Doer,
  { id: tradeInId, locationId }: TradeIn,
  { reporting }: JurisdictionRulesDto,
): Promise<void> {
  if (!reporting) return;
  const { register, withinHours } = reporting;
  const id = newId();
  await tx.query(
    `insert into police_report (id, trade_in_id, location_id, register, received_at, due_at)
     select $1, t.id, t.location_id, $3, t.received_at, t.received_at + make_interval(hours => $4)
     from trade_in t where t.id = $2
     on conflict (trade_in_id) do nothing`,
    [id, tradeInId, register, withinHours],
  );
  await publish(tx, by, {
    ...{ type: 'police-report.queued', aggregateKind: 'trade-in', aggregateId: tradeInId, locationId },
    payload: { register, withinHours },
  });
}
