import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { StepUpNeeded } from '../../access/step-up.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { TradeInParams } from '../trades/trade-in.dto.js';
import {
  BarredSellerParams,
  BarredSellersQuery,
  BarSellerDto,
  LiftBarDto,
  ReadSellerDto,
} from './barred-seller.dto.js';
import { BarredSellerPageView, BarredSellerView } from './barred-seller.view.js';
import { SellerBarredAlready } from './barred-sellers.errors.js';
import { BarredSellersReads } from './barred-sellers.query.js';
import { BarredSellers } from './barred-sellers.service.js';
import { NotForTills } from './office-only.js';
import { SellerReading } from './seller-reading.service.js';
import { SellerView } from './seller.view.js';

@ApiTags('Sellers')
@Controller('v1')
export class SellersController {
  constructor(
    private readonly reading: SellerReading,
    private readonly barring: BarredSellers,
    private readonly read: BarredSellersReads,
  ) {}

  /** Look at who sold, with a second factor shown just now. Who looked and what for is written down first. */
  @Post('trade-ins/:id/seller/read')
  @HttpCode(200)
  @Allow('sellers:read')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, StepUpNeeded, NotFound)
  readTradeInSeller(
    @Asked() call: Call,
    @Param() { id }: TradeInParams,
    @Body() { purpose }: ReadSellerDto,
  ): Promise<SellerView> {
    return this.reading.read(call, id, purpose);
  }

  /** Buy nothing more from whoever sold in a trade-in; they are not told. */
  @Post('barred-sellers')
  @Allow('sellers:bar')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound, SellerBarredAlready)
  barSeller(@Asked() call: Call, @Body() form: BarSellerDto): Promise<BarredSellerView> {
    return this.barring.bar(call, form);
  }

  /** List those nothing is bought from, the latest first. */
  @Get('barred-sellers')
  @Allow('sellers:bar')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotForTills)
  listBarredSellers(@By() caller: Caller, @Query() query: BarredSellersQuery): Promise<BarredSellerPageView> {
    return this.read.list(caller, query);
  }

  /** Buy from them again, as somebody who did not bar them. */
  @Post('barred-sellers/:id/lift')
  @HttpCode(200)
  @Allow('sellers:bar')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound, WrongState, SecondPersonNeeded)
  liftBarredSeller(
    @Asked() call: Call,
    @Param() { id }: BarredSellerParams,
    @Body() { reason }: LiftBarDto,
  ): Promise<BarredSellerView> {
    return this.barring.lift(call, id, reason);
  }
}
