import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { AlreadyInStock, IdentityConflict } from '../../stock/stock.errors.js';
import { TradeInQuoteParams } from '../quotes/trade-in-quote.dto.js';
import { TradeInActReasonDto, TradeInParams } from '../trades/trade-in.dto.js';
import { TradeInView } from '../trades/trade-in.view.js';
import {
  AcceptanceRefused,
  NoMoreWanted,
  QuoteExpired,
  QuoteNotBought,
  SellerNotEligible,
  TooLate,
  TradeInAlreadyOpen,
  WrongHandset,
} from '../trades/trade-ins.errors.js';
import { Acceptance } from './acceptance.service.js';
import { Arrivals } from './arrivals.service.js';
import { AcceptTradeInDto, DockTradeInDto, HandOverTradeInDto, IssueLabelDto } from './intake.dto.js';
import { LostParcels } from './lost-parcels.service.js';
import { Shipments } from './shipments.service.js';

@ApiTags('Trade-ins')
@Controller('v1')
export class TradeInIntakeController {
  constructor(
    private readonly acceptance: Acceptance,
    private readonly arrivals: Arrivals,
    private readonly shipments: Shipments,
    private readonly lost: LostParcels,
  ) {}

  /** Take the offer of a quote: who sells, how they are paid, and under which terms. */
  @Post('trade-in-quotes/:id/accept')
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(
    ...[...ACT_REFUSALS, NotFound, Stale, WrongState, QuoteExpired, QuoteNotBought, SellerNotEligible, NoMoreWanted],
    ...[TradeInAlreadyOpen, AcceptanceRefused],
  )
  acceptTradeInQuote(
    @Asked() call: Call,
    @Param() { id }: TradeInQuoteParams,
    @Body() form: AcceptTradeInDto,
  ): Promise<TradeInView> {
    return this.acceptance.accept(call, id, form);
  }

  /** Take the handset over the counter; it must be the one that was quoted. */
  @Post('trade-ins/:id/hand-over')
  @HttpCode(200)
  @Allow('trade-ins:receive')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, WrongHandset, AlreadyInStock, IdentityConflict)
  handOverTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() form: HandOverTradeInDto,
  ): Promise<TradeInView> {
    return this.arrivals.handOver(call, id, form);
  }

  /** Make a label for the shipment. */
  @Post('trade-ins/:id/issue-label')
  @HttpCode(200)
  @Allow('trade-ins:receive')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  issueTradeInLabel(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { tracking }: IssueLabelDto,
  ): Promise<TradeInView> {
    return this.shipments.issueLabel(call, id, tracking);
  }

  /** Note that the handset is on its way. */
  @Post('trade-ins/:id/note-sent')
  @HttpCode(200)
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  noteTradeInSent(@Asked() call: Call, @Param() { id }: TradeInParams): Promise<TradeInView> {
    return this.shipments.noteSent(call, id);
  }

  /** Unpack a parcel at the dock and write down which handset lies in it, also when it comes late. */
  @Post('trade-ins/:id/dock')
  @HttpCode(200)
  @Allow('trade-ins:receive')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, TooLate, AlreadyInStock, IdentityConflict)
  dockTradeIn(@Asked() call: Call, @Param() { id }: TradeInParams, @Body() form: DockTradeInDto): Promise<TradeInView> {
    return this.arrivals.dock(call, id, form);
  }

  /** Note that the parcel was lost on its way. */
  @Post('trade-ins/:id/lose')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  loseTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInView> {
    return this.lost.lose(call, id, reason);
  }

  /** Cancel a trade-in whose handset has not been sent; what was paid ahead is taken back. */
  @Post('trade-ins/:id/cancel')
  @HttpCode(200)
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  cancelTradeIn(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInView> {
    return this.shipments.cancel(call, id, reason);
  }
}
