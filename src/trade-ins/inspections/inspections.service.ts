import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { keepChecks } from '../checks/trade-checks.js';
import { Validation } from '../money/validation.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { UnderInspection } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import type { InspectTradeInDto } from './inspection.dto.js';
import { type Bench, InspectionBench } from './inspection-bench.js';

const VALID: readonly string[] = ['MATCH', 'WITHIN_TOLERANCE', 'UPWARD_ADJUSTMENT'];

/** The inspection: what came is held against what was quoted. */
@Injectable()
export class TradeInInspections {
  constructor(
    private readonly acts: Acts,
    private readonly bench: InspectionBench,
    private readonly validation: Validation,
  ) {}

  /**
   * Writes down what was found; as quoted, or better, it is validated at once. Else it waits for a counter-offer, a
   * suspension or a rejection.
   * @throws InvalidInput, NotFound, Stale, WrongState, UnderInspection, SecondPersonNeeded
   */
  async inspect(call: Call, id: string, form: InspectTradeInDto): Promise<TradeInView> {
    const bench = await this.bench.look(call, id, form);
    return this.acts.once(call, async (tx) => {
      const locked = await lockTradeFor(tx, call, id, 'startInspection', 'validate');
      const trade = await begun(tx, call, locked, bench);
      await this.write(tx, call, trade, bench);
      const { verdict, marketMinor, extraMinor } = bench.result;
      const clean = bench.checks.every(({ name, outcome }) => name !== 'BLOCK_LISTS' || outcome !== 'FAIL');
      if (VALID.includes(verdict) && clean) {
        await this.validation.validate(tx, call, trade, 'validate', { marketMinor: marketMinor ?? 0, extraMinor });
      }
      return readTrade(tx, id, call.caller);
    });
  }

  private async write(tx: EntityManager, call: Call, trade: TradeIn, { handset, result, answers, checks }: Bench) {
    await tx.query(
      `insert into trade_in_inspection (id, trade_in_id, inspected_by, received_imei14, variant_id, answers, valuation,
         market_minor, extra_minor, differs, verdict)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[newId(), trade.id, call.actor, handset.imei14, handset.variantId, JSON.stringify(answers)],
        ...[JSON.stringify(result.trace), result.marketMinor, result.extraMinor, result.differs, result.verdict],
      ],
    );
    await keepChecks(tx, trade.id, 'RECEIPT', checks);
  }
}

/** Whoever begins an inspection ends it; above the amount of the terms, as quoted or as found, it is not who quoted or took it in. */
async function begun(
  tx: EntityManager,
  call: Call,
  trade: TradeIn,
  { secondPersonAboveMinor, quotedBy, result }: Bench,
): Promise<TradeIn> {
  const most = Math.max(Number(trade.quotedMinor), (result.marketMinor ?? 0) + result.extraMinor);
  if (most > secondPersonAboveMinor) needSecondPerson(call, [trade.acceptedBy, quotedBy]);
  if (trade.status === 'RECEIVED') {
    return moveTrade(tx, call, trade, 'startInspection', { also: { inspectedBy: call.actor } });
  }
  if (trade.inspectedBy === null) {
    await tx.query('update trade_in set inspected_by = $2, version = version + 1 where id = $1', [
      trade.id,
      call.actor,
    ]);
    return { ...trade, inspectedBy: call.actor };
  }
  if (trade.inspectedBy === call.actor) return trade;
  throw new UnderInspection(`${trade.inspectedBy} is inspecting it.`, { inspectedBy: trade.inspectedBy });
}
