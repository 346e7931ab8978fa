import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import { FRUITLESS_STATES } from '../trades/trade-in.lifecycle.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { MoreThanIsOwed } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTrade, raiseVersion } from '../trades/trade-moves.js';
import { post, type Posting } from './ledger.js';
import type { WriteOffDto } from './money.dto.js';
import type { Component, LedgerAccount } from './money.words.js';
import { PayoutChecks } from './payout-checks.js';

/** What of one component is still owed to us on an account, in minor units. */
interface Owed {
  component: Component;
  creditId: string | null;
  openMinor: number;
}

/**
 * What is owed to us on an account of a trade-in that came to nothing: for a handset that was paid for and lost, what
 * stands there; else what was taken back of the customer through it. What was written off before does not count.
 */
const OWED = `
  select component, credit_id as "creditId", sum(amount)::float8 as "openMinor"
  from (
    select component, credit_id, case
        when event = 'WRITTEN_OFF' and credit_account = $2 then -amount_minor
        when $2 = 'TRADE_IN_RECEIVABLE' and debit_account = $2 then amount_minor
        when $2 = 'TRADE_IN_RECEIVABLE' and credit_account = $2 then -amount_minor
        when reverses_id is not null and debit_account = $2 then amount_minor
        else 0
      end as amount
    from money_entry where trade_in_id = $1 and $2 in (debit_account, credit_account)
  ) moved
  group by component, credit_id having sum(amount) > 0 order by component, credit_id`;

/** Gives up what nobody will pay. */
@Injectable()
export class WriteOffs {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly checks: PayoutChecks,
  ) {}

  /**
   * Writes off what is owed to us for a trade-in that came to nothing: never more than that. Above the amount of the terms
   * it is nobody who paid it or took it back.
   * @throws NotFound, Stale, WrongState, MoreThanIsOwed, SecondPersonNeeded
   */
  async writeOff(call: Call, id: string, { account, amountMinor, reason }: WriteOffDto): Promise<TradeInView> {
    const { secondPersonAboveMinor: limit } = await this.checks.agreed(await readTrade(this.db, id, call.caller));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTrade(tx, id, call.caller, call.ifMatch);
      needFruitless(trade);
      const postings = sharedOut(account, amountMinor, await tx.query(OWED, [id, account]));
      const before = await movedBefore(tx, id);
      if (before.writtenOffMinor + amountMinor > limit) needSecondPerson(call, before.actors);
      await post(tx, call, trade, postings);
      await raiseVersion(tx, id);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: id, act: 'writeOff', reason, locationId: trade.locationId },
        details: { account, amountMinor },
      });
      return readTrade(tx, id, call.caller);
    });
  }
}

/** @throws WrongState */
function needFruitless({ status }: TradeIn): void {
  if ((FRUITLESS_STATES as readonly string[]).includes(status)) return;
  throw new WrongState(`Nothing is written off while it is ${status}.`, { state: status, possible: [] });
}

/** Market value first, then what was given on top. @throws MoreThanIsOwed */
function sharedOut(account: LedgerAccount, amountMinor: number, owed: readonly Owed[]): Posting[] {
  const openMinor = owed.reduce((sum, one) => sum + one.openMinor, 0);
  if (amountMinor > openMinor) {
    throw new MoreThanIsOwed('Only what is still owed can be written off; see facts.', { account, openMinor });
  }
  let left = amountMinor;
  return owed.map((one): Posting => {
    const amount = Math.min(left, one.openMinor);
    left -= amount;
    return {
      ...{ event: 'WRITTEN_OFF', debit: 'WRITE_OFF_EXPENSE', credit: account, amountMinor: amount },
      ...{ component: one.component, ...(one.creditId === null ? {} : { creditId: one.creditId }) },
    };
  });
}

/** Who has paid it or taken it back, and how much of it was written off: many small ones are a large one. */
async function movedBefore(
  tx: EntityManager,
  tradeInId: string,
): Promise<{ actors: string[]; writtenOffMinor: number }> {
  const [moved]: [{ actors: string[] | null; writtenOffMinor: number }] = await tx.query(
    `select array_agg(distinct actor) filter (where event <> 'WRITTEN_OFF') as actors,
            coalesce(sum(amount_minor) filter (where event = 'WRITTEN_OFF'), 0)::float8 as "writtenOffMinor"
     from money_entry where trade_in_id = $1`,
    [tradeInId],
  );
  return { ...moved, actors: moved.actors ?? [] };
}
