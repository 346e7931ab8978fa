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
import {
  AlreadyInStock,
  InsufficientStock,
  NoPrice,
  NotSoldHere,
  PriceChanged,
  RemorseWindowOver,
  ReservationLapsed,
  UnitEncumbered,
  UnitNotAvailable,
  UnitReserved,
  WrongUnitScanned,
} from '../stock.errors.js';
import { ReturnsService } from './returns.service.js';
import { HandOverSaleDto, ReturnSaleLineDto, SaleParams, SalesQuery, SellStockDto } from './sale.dto.js';
import { SalePageView, SaleView } from './sale.view.js';
import { SalesService } from './sales.service.js';

const TAKING = [ReservationLapsed, UnitReserved, UnitNotAvailable, UnitEncumbered, InsufficientStock];

@ApiTags('Sales')
@Controller('v1/sales')
export class SalesController {
  constructor(
    private readonly sales: SalesService,
    private readonly returns: ReturnsService,
  ) {}

  /** Sell what a reservation holds, or what stands on the shelf. */
  @Post()
  @Allow('stock:sell')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, WrongState, ...TAKING, NoPrice, NotSoldHere, PriceChanged)
  sellStock(@Asked() call: Call, @Body() form: SellStockDto): Promise<SaleView> {
    return this.sales.sell(call, form);
  }

  /** List sales, newest first. */
  @Get()
  @Allow('stock:sell')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listSales(@By() caller: Caller, @Query() query: SalesQuery): Promise<SalePageView> {
    return this.sales.list(caller, query);
  }

  /** Show one sale. */
  @Get(':id')
  @Allow('stock:sell')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getSale(@By() caller: Caller, @Param() { id }: SaleParams): Promise<SaleView> {
    return this.sales.get(caller, id);
  }

  /** Hand the goods to the customer: what is scanned must be what was sold. */
  @Post(':id/hand-over')
  @HttpCode(200)
  @Allow('stock:sell')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, WrongUnitScanned, UnitEncumbered)
  handOverSale(@Asked() call: Call, @Param() { id }: SaleParams, @Body() form: HandOverSaleDto): Promise<SaleView> {
    return this.sales.handOver(call, id, form);
  }

  /** Take one line back within the store's remorse window. */
  @Post(':id/return')
  @HttpCode(200)
  @Allow('stock:sell')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, WrongUnitScanned, RemorseWindowOver, AlreadyInStock)
  returnSaleLine(@Asked() call: Call, @Param() { id }: SaleParams, @Body() form: ReturnSaleLineDto): Promise<SaleView> {
    return this.returns.returnLine(call, id, form);
  }
}
