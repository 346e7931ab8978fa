import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needSecondPerson } from '../../access/second-person.js';
import { Acts } from '../../platform/acts.js';
import type { Call, Doer } from '../../platform/caller.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { Validation } from '../money/validation.js';
import type { Silence } from '../rules/terms.words.js';
import type { TradeIn } from '../trades/trade-in.entity.js';
import type { TradeInView } from '../trades/trade-in.view.js';
import { InspectionMissing, OfferExpired } from '../trades/trade-ins.errors.js';
import { readTrade } from '../trades/trade-ins.query.js';
import { lockTradeFor, moveTrade } from '../trades/trade-moves.js';
import type { CounterAnswer, CounterOfferDto } from './inspection.dto.js';
import { ServedReasons } from './served-reasons.js';
import { needUnlisted } from './stolen.js';

interface LastInspection {
  id: string;
  verdict: string;
  marketMinor: string | null;
  extraMinor: string;
}

/** Less than was quoted: offered with reasons and photographs, and answered or not. */
@Injectable()
export class CounterOffers {
  constructor(
    private readonly acts: Acts,
    private readonly reasons: ServedReasons,
    private readonly validation: Validation,
  ) {}

  /**
   * Offers what the frozen price book makes of the handset as it was inspected; nobody can offer anything else.
   * @throws InvalidInput, NotFound, Stale, WrongState, InspectionMissing
   */
  async offer(call: Call, id: string, form: CounterOfferDto): Promise<TradeInView> {
    const given = form.reasons.map((code, at) => ({ code, pointer: `/reasons/${at}` }));
    await this.reasons.need(call.caller, id, 'COUNTER_OFFER', given);
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'counterOffer');
      await needUnlisted(tx, trade);
      await needPhotographs(tx, id, form.photographIds);
      const expiresAt = await this.write(tx, call, trade, form);
      const { reasons, comment } = form;
      await moveTrade(tx, call, trade, 'counterOffer', {
        also: { waitsUntil: expiresAt },
        details: { reasons, comment: comment ?? null },
        audited: true,
      });
      return readTrade(tx, id, call.caller);
    });
  }

  /** The customer answers in time. @throws NotFound, Stale, WrongState, OfferExpired, SecondPersonNeeded */
  answer(call: Call, id: string, answer: CounterAnswer): Promise<TradeInView> {
    return this.acts.once(call, async (tx) => {
      const trade = await lockTradeFor(tx, call, id, 'acceptCounterOffer');
      if (trade.waitsUntil! <= new Date()) {
        throw new OfferExpired('What silence means in the terms happens now.', {
          until: trade.waitsUntil!.toISOString(),
        });
      }
      // Whoever handed it in at home answers for themselves, or has it done by somebody who gains nothing by it.
      if (trade.subject !== null) needSecondPerson(call, [(await openOffer(tx, id))?.offeredBy ?? '']);
      await this.close(tx, call, trade, answer, 'CUSTOMER_DECLINED');
      return readTrade(tx, id, call.caller);
    });
  }

  /** What follows on an answer, or on silence. A step. @throws WrongState */
  async close(tx: EntityManager, by: Doer, trade: TradeIn, answer: Silence, reason: string): Promise<void> {
    if (answer === 'ACCEPT') {
      const offer = await openOffer(tx, trade.id);
      const amounts = { marketMinor: Number(offer?.marketMinor ?? 0), extraMinor: Number(offer?.extraMinor ?? 0) };
      await this.validation.validate(tx, by, trade, 'acceptCounterOffer', amounts);
    } else if (answer === 'RETURN') {
      await moveTrade(tx, by, trade, 'askBack', { also: { closeReason: reason }, reason });
    } else {
      await this.validation.leaveForRecycling(tx, by, trade, reason);
    }
    await tx.query(
      `update counter_offer set status = $2, answered_by = $3, answered_at = now() where trade_in_id = $1 and status = 'OPEN'`,
      [trade.id, ANSWERED[answer], by.actor],
    );
  }

  private async write(tx: EntityManager, call: Call, trade: TradeIn, form: CounterOfferDto): Promise<Date> {
    const inspection = await lastInspection(tx, trade);
    const [made]: { expiresAt: Date }[] = await tx.query(
      `insert into counter_offer (id, trade_in_id, inspection_id, status, market_minor, extra_minor, reasons, comment,
         photograph_ids, offered_by, expires_at, silence)
       select $1, $2, $3, 'OPEN', $4, $5, $6, $7, $8::uuid[], $9,
              now() + make_interval(days => (content->>'counterOfferDays')::int), content->>'silence'
       from trade_in_rule where id = $10
       returning expires_at as "expiresAt"`,
      [
        ...[newId(), trade.id, inspection.id, inspection.marketMinor ?? 0, inspection.extraMinor, form.reasons],
        ...[form.comment ?? null, form.photographIds, call.actor, trade.termsId],
      ],
    );
    return made!.expiresAt;
  }
}

const ANSWERED = { ACCEPT: 'ACCEPTED', RETURN: 'DECLINED_RETURN', RECYCLE: 'DECLINED_RECYCLE' } as const;

async function openOffer(tx: EntityManager, tradeInId: string) {
  const [offer]: { marketMinor: string; extraMinor: string; offeredBy: string }[] = await tx.query(
    `select market_minor as "marketMinor", extra_minor as "extraMinor", offered_by as "offeredBy" from counter_offer
     where trade_in_id = $1 and status = 'OPEN'`,
    [tradeInId],
  );
  return offer;
}

/** @throws InspectionMissing */
async function lastInspection(tx: EntityManager, { id, inspectedBy }: TradeIn): Promise<LastInspection> {
  const [last]: LastInspection[] = await tx.query(
    `select i.id, verdict, i.market_minor as "marketMinor", i.extra_minor as "extraMinor" from trade_in_inspection i
     where trade_in_id = $1 order by id desc limit 1`,
    [id],
  );
  // After a suspension it is looked at anew before anything is offered.
  if (inspectedBy === null) throw new InspectionMissing('It has to be inspected again before anything is offered.');
  if (last?.verdict === 'WORSE' || last?.verdict === 'NOT_BOUGHT') return last;
  throw new InspectionMissing('An offer rests on an inspection that found less than was quoted: inspect it first.');
}

/** @throws InvalidInput for photographs that are not of this trade-in */
async function needPhotographs(tx: EntityManager, tradeInId: string, ids: readonly string[]): Promise<void> {
  const own: { id: string }[] = await tx.query(
    'select id from trade_in_photograph where trade_in_id = $1 and id = any ($2::uuid[]) and erased_at is null',
    [tradeInId, ids],
  );
  const detail = 'There is no such photograph of this trade-in.';
  const faults = ids.flatMap((id, at): Fault[] => {
    if (own.some((one) => one.id === id)) return [];
    return [{ in: 'body', pointer: `/photographIds/${at}`, code: 'UNKNOWN_PHOTOGRAPH', detail }];
  });
  if (faults.length) throw new InvalidInput('Photographs show what is offered less for; see errors.', {}, faults);
}
