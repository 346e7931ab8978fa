import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { UnitOnHold } from '../../stock/stock.errors.js';
import { TradeInActReasonDto, TradeInParams } from '../trades/trade-in.dto.js';
import { TradeInView } from '../trades/trade-in.view.js';
import { InspectionMissing, OfferExpired, UnderInspection } from '../trades/trade-ins.errors.js';
import { CounterOffers } from './counter-offers.service.js';
import { Doubts } from './doubts.service.js';
import {
  AnswerCounterOfferDto,
  CounterOfferDto,
  GiveReasonDto,
  InspectTradeInDto,
  SendBackDto,
} from './inspection.dto.js';
import { TradeInInspections } from './inspections.service.js';
import { ServedReasonsView } from './served-reasons.view.js';
import { ServedReasons } from './served-reasons.js';

@ApiTags('Trade-in inspections')
@Controller('v1/trade-ins/:id')
export class TradeInInspectionsController {
  constructor(
    private readonly inspections: TradeInInspections,
    private readonly offers: CounterOffers,
    private readonly doubts: Doubts,
    private readonly reasons: ServedReasons,
  ) {}

  /** List the reasons that may be given in this trade-in. */
  @Get('reasons')
  @Allow('trade-ins:read')
  @Refuses(...READ_REFUSALS, NotFound)
  async listTradeInReasons(@By() caller: Caller, @Param() { id }: TradeInParams): Promise<ServedReasonsView> {
    return { items: await this.reasons.of(caller, id) };
  }

  /** Write down what the inspection found. As quoted, or better, it is validated at once. */
  @Post('inspect')
  @HttpCode(200)
  @Allow('trade-ins:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, UnderInspection, SecondPersonNeeded)
  inspectTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: InspectTradeInDto,
  ): Promise<TradeInView> {
    return this.inspections.inspect(call, id, form);
  }

  /** Offer what the frozen price book makes of the handset as inspected; no other price can be offered. */
  @Post('counter-offer')
  @HttpCode(200)
  @Allow('trade-ins:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, InspectionMissing)
  counterOfferTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: CounterOfferDto,
  ): Promise<TradeInView> {
    return this.offers.offer(call, id, form);
  }

  /** Answer a counter-offer: take it, have the handset back, or have it recycled. */
  @Post('answer-counter-offer')
  @HttpCode(200)
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, OfferExpired, SecondPersonNeeded)
  answerCounterOffer(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { answer }: AnswerCounterOfferDto,
  ): Promise<TradeInView> {
    return this.offers.answer(call, id, answer);
  }

  /** Keep a trade-in waiting until the customer has put something right. */
  @Post('suspend')
  @HttpCode(200)
  @Allow('trade-ins:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  suspendTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: GiveReasonDto,
  ): Promise<TradeInView> {
    return this.doubts.suspend(call, id, form);
  }

  /** Go on with a suspended trade-in: it is inspected anew. */
  @Post('resume')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  resumeTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInView> {
    return this.doubts.resume(call, id, reason);
  }

  /** Turn a handset down; what was paid ahead is taken back. */
  @Post('reject')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  rejectTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: GiveReasonDto,
  ): Promise<TradeInView> {
    return this.doubts.reject(call, id, form);
  }

  /** Give a rejected handset to the police. */
  @Post('surrender')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  surrenderTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInView> {
    return this.doubts.surrender(call, id, reason);
  }

  /** Make a rejected handset ready to go back. */
  @Post('send-back')
  @HttpCode(200)
  @Allow('trade-ins:receive')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  sendTradeInBack(@Asked() call: Call, @Param() { id }: TradeInParams): Promise<TradeInView> {
    return this.doubts.sendBack(call, id);
  }

  /** Note that the handset went back to its owner. */
  @Post('note-returned')
  @HttpCode(200)
  @Allow('trade-ins:receive')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, UnitOnHold)
  noteTradeInReturned(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { tracking }: SendBackDto,
  ): Promise<TradeInView> {
    return this.doubts.noteReturned(call, id, tracking);
  }
}
