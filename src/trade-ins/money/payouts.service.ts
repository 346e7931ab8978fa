import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { dayIn } from '../../values/time.js';
import type { Instrument, StopReason } from '../rules/terms.words.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { PayoutNotCleared } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTrade, moveTrade, raiseVersion } from '../trades/trade-moves.js';
import { Credits } from './credits.js';
import type { ConfirmPayoutDto, FailPayoutDto } from './money.dto.js';
import type { Component, CreditState } from './money.words.js';
import { PayoutChecks } from './payout-checks.js';
import { settleWhenPaid } from './settlement.service.js';

interface CreditRow {
  id: string;
  component: Component;
  instrument: Instrument;
  status: CreditState;
  amountMinor: string;
}

/** What systems outside say of payments. */
@Injectable()
export class Payouts {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
    private readonly checks: PayoutChecks,
    private readonly credits: Credits,
  ) {}

  /** The system that pays has paid a credit; with the last one the trade-in is settled. @throws NotFound, Stale, WrongState */
  async confirm(call: Call, id: string, { creditId, reference }: ConfirmPayoutDto): Promise<TradeInView> {
    const { plan, owedMinor, timeZone } = await this.checks.look(await readTrade(this.db, id, call.caller));
    return this.acts.once(call, async (tx) => {
      const trade = await lockTrade(tx, id, call.caller, call.ifMatch);
      const credit = await waitingCredit(
        tx,
        id,
        creditId,
        trade.status === 'PAYOUT_FAILED' ? ['REQUESTED'] : ANY_UNPAID,
      );
      const from = dayIn(timeZone, plan.catchUp ? trade.acceptedAt : new Date());
      await tx.query('update trade_in_credit set reference = $2, failure = null where id = $1', [creditId, reference]);
      const payment = { plan, owedMinor, from, marketMinor: 0, extraMinor: 0 };
      await this.credits.pay(tx, call, trade, { ...credit, amountMinor: Number(credit.amountMinor) }, payment);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: id, act: 'confirmCredit', locationId: trade.locationId },
        details: { creditId, instrument: credit.instrument, amountMinor: Number(credit.amountMinor) },
      });
      if (trade.status === 'SETTLING') await settleWhenPaid(tx, call, trade);
      else await raiseVersion(tx, id);
      return readTrade(tx, id, call.caller);
    });
  }

  /**
   * The system that pays could not. What is settled now is tried again by settling once more; what was paid before the
   * handset was seen, or for one that was lost, by confirming it when it has come through after all. @throws NotFound, Stale, WrongState */
  fail(call: Call, id: string, { creditId, failure }: FailPayoutDto): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTrade(tx, id, call.caller, call.ifMatch);
      await waitingCredit(tx, id, creditId, ['REQUESTED']);
      await tx.query(FAIL_CREDIT, [creditId, failure]);
      if (trade.status === 'SETTLING') {
        await moveTrade(tx, call, trade, 'failPayout', { reason: failure, details: { creditId } });
      } else {
        await raiseVersion(tx, id);
        await recordAudited(tx, call, {
          ...{ subjectKind: 'trade-in', subjectId: id, act: 'failCredit', reason: failure },
          ...{ locationId: trade.locationId, details: { creditId } },
        });
      }
      return readTrade(tx, id, call.caller);
    });
  }

  /** What is given on top month by month ends before its time, for a reason that the terms name; what the handset is worth stays owed. @throws NotFound, Stale, WrongState, PayoutNotCleared */
  async stop(call: Call, id: string, reason: StopReason): Promise<TradeInView> {
    const { plan } = await this.checks.agreed(await readTrade(this.db, id, call.caller));
    if (!plan.stopOn.includes(reason)) {
      throw new PayoutNotCleared('The terms do not end the credits for that.', { stopOn: plan.stopOn });
    }
    return this.acts.once(call, async (tx) => {
      const trade = await lockTrade(tx, id, call.caller, call.ifMatch);
      const stopped = await stopCredits(tx, id, reason);
      if (!stopped) throw new WrongState('No monthly credits are running.', { state: trade.status, possible: [] });
      await raiseVersion(tx, id);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'trade-in', subjectId: id, act: 'stopCredits', reason, locationId: trade.locationId },
        details: { instalmentsStopped: stopped },
      });
      return readTrade(tx, id, call.caller);
    });
  }
}

const ANY_UNPAID: readonly CreditState[] = ['REQUESTED', 'FAILED'];

const FAIL_CREDIT = `update trade_in_credit set status = 'FAILED', failure = $2, ended_at = now() where id = $1`;

/** @throws NotFound, WrongState */
async function waitingCredit(
  tx: EntityManager,
  tradeInId: string,
  creditId: string,
  states: readonly CreditState[],
): Promise<CreditRow> {
  const [credit]: CreditRow[] = await tx.query(
    `select id, component, instrument, status, amount_minor as "amountMinor" from trade_in_credit
     where trade_in_id = $1 and id = $2 for update`,
    [tradeInId, creditId],
  );
  if (!credit) throw new NotFound('No such credit of this trade-in.');
  if (states.includes(credit.status)) return credit;
  throw new WrongState(`The credit is ${credit.status}.`, { state: credit.status, possible: [] });
}

/** @returns how many instalments are not paid any more */
async function stopCredits(tx: EntityManager, tradeInId: string, reason: string): Promise<number> {
  const [, stopped]: [unknown[], number] = await tx.query(
    `update credit_instalment i set status = 'STOPPED' from trade_in_credit c
     where c.id = i.credit_id and c.trade_in_id = $1 and c.status = 'CREDITING' and c.component = 'PROMOTION'
       and i.status = 'DUE'`,
    [tradeInId],
  );
  await tx.query(
    `update trade_in_credit set status = 'STOPPED', stop_reason = $2, ended_at = now()
     where trade_in_id = $1 and status = 'CREDITING' and component = 'PROMOTION'`,
    [tradeInId, reason],
  );
  return stopped;
}
