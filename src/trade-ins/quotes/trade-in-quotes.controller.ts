import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { TradeInActReasonDto } from '../trades/trade-in.dto.js';
import { QuoteTradeInDto, TradeInQuoteParams, TradeInQuotesQuery } from './trade-in-quote.dto.js';
import { TradeInQuotePageView, TradeInQuoteView } from './trade-in-quote.view.js';
import { TradeInQuotesReads } from './trade-in-quotes.query.js';
import { TradeInQuotes } from './trade-in-quotes.service.js';

@ApiTags('Trade-in quotes')
@Controller('v1/trade-in-quotes')
export class TradeInQuotesController {
  constructor(
    private readonly quotes: TradeInQuotes,
    private readonly read: TradeInQuotesReads,
  ) {}

  /** Quote for a handset: what it is worth, why, and the ways to be paid. It keeps its word until it expires. */
  @Post()
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound)
  quoteTradeIn(@Asked() call: Call, @Body() form: QuoteTradeInDto): Promise<TradeInQuoteView> {
    return this.quotes.quote(call, form);
  }

  /** List quotes, the latest first. */
  @Get()
  @Allow('trade-ins:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listTradeInQuotes(@By() caller: Caller, @Query() query: TradeInQuotesQuery): Promise<TradeInQuotePageView> {
    return this.read.quotes(caller, query);
  }

  /** Show a quote with every step of its computation. */
  @Get(':id')
  @Allow('trade-ins:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getTradeInQuote(@By() caller: Caller, @Param() { id }: TradeInQuoteParams): Promise<TradeInQuoteView> {
    return this.read.quote(caller, id);
  }

  /** Decline a quote. */
  @Post(':id/decline')
  @HttpCode(200)
  @Allow('trade-ins:ask')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  declineTradeInQuote(
    @Asked() call: Call,
    @Param() { id }: TradeInQuoteParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInQuoteView> {
    return this.quotes.decline(call, id, reason);
  }

  /** Void a quote that rests on a mistake or a fraud. */
  @Post(':id/void')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  voidTradeInQuote(
    @Asked() call: Call,
    @Param() { id }: TradeInQuoteParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInQuoteView> {
    return this.quotes.void(call, id, reason);
  }
}
