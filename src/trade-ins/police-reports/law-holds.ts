import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { TradedHandsets } from '../../stock/intake/traded-handsets.js';
import { type LawFacts, lawHold } from './law-hold.js';

interface FactsRow extends LawFacts {
  tradeInId: string;
  now: Date;
}

interface LiveHold {
  documentId: string | null;
  until: Date | null;
}

/** Of the last trade-in that brought the handset here. $1 unit */
const FACTS = `
  select t.id as "tradeInId", t.received_at as "receivedAt", (r.content->>'holdDays')::int as days,
    r.content->>'holdStarts' as starts, p.sent_at as "sentAt", p.released_at is not null as released, now() as now,
    l.time_zone as "timeZone",
    exists (select from law_enforcement_request q
            where q.unit_id = $1 and q.hold_placed_at is not null and q.hold_lifted_at is null) as asked
  from trade_in t join trade_in_rule r on r.id = t.jurisdiction_id join stock_location l on l.id = t.location_id
    left join police_report p on p.trade_in_id = t.id
  where t.unit_id = $1 order by t.received_at desc limit 1`;

const LIVE = `
  select document_id as "documentId", until from unit_encumbrance
  where unit_id = $1 and kind = 'LEGAL_HOLD' and lifted_at is null`;

const LOCK_UNITS = 'select id from stock_unit where id = any($1::uuid[]) order by id for no key update';

/**
 * Handsets that the law keeps: by the days of the place, and for authorities that asked. A unit bears one legal hold; which
 * of these stand, and so how long, is always worked out from all of them. A hold that people placed in stock is theirs.
 */
@Injectable()
export class LawHolds {
  constructor(private readonly stock: TradedHandsets) {}

  /** A step: locks all of them in one order, before the first of them takes an audit chain. */
  lock = (tx: EntityManager, unitIds: readonly string[]): Promise<unknown> => tx.query(LOCK_UNITS, [unitIds]);

  /** A step: makes the hold of a locked unit what it has to be now. @throws NotFound */
  async settle(tx: EntityManager, by: Doer, unitId: string, reason: string): Promise<void> {
    const [facts]: FactsRow[] = await tx.query(FACTS, [unitId]);
    if (!facts) return;
    const [live]: LiveHold[] = await tx.query(LIVE, [unitId]);
    const due = lawHold(facts, facts.now);
    if (live && due && live.until?.getTime() === due.until?.getTime()) return;
    if (live?.documentId) await this.stock.liftHold(tx, by, { unitId, reason });
    if (due) await this.stock.hold(tx, by, { unitId, reason, until: due.until, documentId: facts.tradeInId });
  }
}
