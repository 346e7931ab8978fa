import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
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
import { InsufficientStock } from '../stock.errors.js';
import { AdjustBulkStockDto, ListBulkStockQuery } from './bulk-stock.dto.js';
import { BulkStockQuery } from './bulk-stock.query.js';
import { BulkStockActs } from './bulk-stock.service.js';
import { BulkStockPageView, BulkStockView } from './bulk-stock.view.js';

@ApiTags('Bulk stock')
@Controller('v1/bulk-stock')
export class BulkStockController {
  constructor(
    private readonly read: BulkStockQuery,
    private readonly bulk: BulkStockActs,
  ) {}

  /** List accessories in stock. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listBulkStock(@By() caller: Caller, @Query() query: ListBulkStockQuery): Promise<BulkStockPageView> {
    return this.read.bulkStock(caller, query);
  }

  /** Correct the count of an accessory at a location. */
  @Post('adjust')
  @HttpCode(200)
  @Allow('stock:adjust')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, InsufficientStock)
  adjustBulkStock(@Asked() call: Call, @Body() form: AdjustBulkStockDto): Promise<BulkStockView> {
    return this.bulk.adjust(call, form);
  }
}
