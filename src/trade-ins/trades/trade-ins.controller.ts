import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import {
  BodyTooLarge,
  MalformedBody,
  NotFound,
  Stale,
  UnsupportedMediaType,
  WrongState,
} from '../../platform/problems.js';
import { imeiOf } from '../questions/offered-handsets.js';
import { TradeInReviews } from './reviews.service.js';
import { FindTradeInsDto, TradeInActReasonDto, TradeInParams, TradeInsQuery } from './trade-in.dto.js';
import { TradeInPageView, TradeInView } from './trade-in.view.js';
import { TradeInsReads } from './trade-ins.query.js';

@ApiTags('Trade-ins')
@Controller('v1/trade-ins')
export class TradeInsController {
  constructor(
    private readonly read: TradeInsReads,
    private readonly reviews: TradeInReviews,
  ) {}

  /** List trade-ins, or work a queue. */
  @Get()
  @Allow('trade-ins:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listTradeIns(@By() caller: Caller, @Query() query: TradeInsQuery): Promise<TradeInPageView> {
    return this.read.list(caller, query);
  }

  /** Find the trade-ins of a handset, the latest first. */
  @Post('find')
  @HttpCode(200)
  @Allow('trade-ins:read')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  async findTradeIns(@By() caller: Caller, @Body() { identifier }: FindTradeInsDto): Promise<TradeInPageView> {
    return { items: await this.read.ofHandset(caller, imeiOf(identifier)), nextCursor: null };
  }

  /** Show one trade-in with its checks, inspections, offers and credits. */
  @Get(':id')
  @Allow('trade-ins:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getTradeIn(@By() caller: Caller, @Param() { id }: TradeInParams): Promise<TradeInView> {
    return this.read.trade(caller, id);
  }

  /** Say that what was found odd is in order, as somebody who did not take the handset in. */
  @Post(':id/clear-review')
  @HttpCode(200)
  @Allow('trade-ins:review')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, SecondPersonNeeded)
  clearTradeInReview(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { reason }: TradeInActReasonDto,
  ): Promise<TradeInView> {
    return this.reviews.clear(call, id, reason);
  }
}
