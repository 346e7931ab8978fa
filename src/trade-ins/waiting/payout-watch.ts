import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import { Background } from '../../platform/background.js';
import { system } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { oneByOne } from '../../platform/one-by-one.js';
import { newId } from '../../values/id.js';
import type { CheckResult } from '../checks/handset-checks.js';
import { keepChecks } from '../checks/trade-checks.js';
import { PayoutHandsets, SEEN_IMEIS } from '../money/payout-handsets.js';
import { RECHECK_DAYS } from '../money/recheck-days.js';

interface PaidTrade {
  id: string;
  imei14s: string[];
  /** As the database writes it: a Date would lose its last digits. */
  recheckAt: string;
}

const AT_ONCE = 50;

const DUE = `
  select id, ${SEEN_IMEIS} as "imei14s", recheck_at::text as "recheckAt" from trade_in t
  where status = 'SETTLED' and recheck_at <= now() order by recheck_at limit ${AT_ONCE}`;

/** The same of one, once: whoever comes second finds it looked at. A registry that did not answer is asked tomorrow. */
const LOOKED_AT = `
  update trade_in t set
    recheck_at = case when $3 then now() + interval '1 day' else (
      select min(t.settled_at + make_interval(days => d)) from unnest($4::integer[]) d
      where t.settled_at + make_interval(days => d) > now()) end,
    listed_at = case when $5 then coalesce(listed_at, now()) else listed_at end
  from (select id, listed_at is not null as known from trade_in
        where id = $1 and status = 'SETTLED' and recheck_at = $2::timestamptz for no key update skip locked) was
  where t.id = was.id
  returning t.location_id as "locationId", was.known,
    (select unit_id from stock_holding h where h.unit_id = t.unit_id and h.closed_at is null) as "unitId"`;

/** Looks at the block lists again some weeks after a payout: who sells a handset and then reports it lost is paid twice. */
@Injectable()
export class PayoutWatch implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly acts: Acts,
    private readonly handsets: PayoutHandsets,
    private readonly background: Background,
  ) {}

  onModuleInit(): void {
    this.background.every('handsets that were paid for', (stopping) => this.round(stopping));
  }

  private async round(stopping: () => boolean): Promise<void> {
    const due: PaidTrade[] = await this.db.query(DUE);
    await oneByOne(due, { stopping, cannot: 'a handset that was paid for cannot be looked at' }, async (trade) => {
      const { checks } = await this.handsets.findings(trade.imei14s);
      await this.acts.transaction((tx) => this.note(tx, trade, checks));
    });
  }

  private async note(tx: EntityManager, { id, recheckAt }: PaidTrade, checks: readonly CheckResult[]): Promise<void> {
    const { outcome } = checks.find(({ name }) => name === 'BLOCK_LISTS')!;
    const listed = outcome === 'FAIL' || outcome === 'REVIEW';
    const [rows]: [{ locationId: string; known: boolean; unitId: string | null }[], number] = await tx.query(
      LOOKED_AT,
      [...[id, recheckAt, outcome === 'UNKNOWN', RECHECK_DAYS, listed]],
    );
    const [found] = rows;
    if (!found) return;
    await keepChecks(tx, id, 'AFTER_PAYOUT', checks);
    if (!listed || found.known) return;
    const { locationId, unitId } = found;
    const by = system(newId());
    await publish(tx, by, {
      ...{ type: 'trade-in.listed-after-payout', aggregateKind: 'trade-in', aggregateId: id, locationId },
      payload: { unitId, outcome },
    });
    if (unitId !== null) await this.handsets.bar(tx, by, unitId, 'after');
    await recordAudited(tx, by, {
      ...{ subjectKind: 'trade-in', subjectId: id, act: 'findListed', locationId, details: { outcome, unitId } },
    });
  }
}
