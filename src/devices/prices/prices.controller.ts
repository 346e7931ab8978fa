import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { PriceInThePast, PriceStartTaken } from '../devices.errors.js';
import { SkuParam } from '../skus/sku.dto.js';
import { ListPricesQuery, SetPriceDto } from './price.dto.js';
import { PricePageView, PriceView } from './price.view.js';
import { PricesQuery } from './prices.query.js';
import { Prices } from './prices.service.js';

@ApiTags('SKUs')
@Controller('v1/skus/:id/prices')
export class PricesController {
  constructor(
    private readonly read: PricesQuery,
    private readonly prices: Prices,
  ) {}

  /** List what a SKU costs, did cost and, for staff, will cost, with the instalment plans. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('devices:read')
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listSkuPrices(
    @By() caller: Caller,
    @Param() { id }: SkuParam,
    @Query() query: ListPricesQuery,
  ): Promise<PricePageView> {
    return this.read.prices(caller, id, query);
  }

  /** Set the price of a SKU, from now or from a later instant. */
  @Post()
  @Allow('devices:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, PriceInThePast, PriceStartTaken)
  setSkuPrice(@Asked() call: Call, @Param() { id }: SkuParam, @Body() form: SetPriceDto): Promise<PriceView> {
    return this.prices.set(call, id, form);
  }
}
