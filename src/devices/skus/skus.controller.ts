import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Cached } from '../../platform/http/cached.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { SkuCodeTaken, SkuExists } from '../devices.errors.js';
import { AddSkuDto, ListSkusQuery, SkuParam } from './sku.dto.js';
import { SkuPageView, SkuView } from './sku.view.js';
import { SkusQuery } from './skus.query.js';
import { Skus } from './skus.service.js';

@ApiTags('SKUs')
@Controller('v1/skus')
export class SkusController {
  constructor(
    private readonly read: SkusQuery,
    private readonly skus: Skus,
  ) {}

  /** List SKUs by code. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('devices:read')
  @Paged()
  @Cached()
  @Refuses(...READ_REFUSALS)
  listSkus(@Query() query: ListSkusQuery): Promise<SkuPageView> {
    return this.read.skus(query);
  }

  /** Show a SKU and what it costs at present. */
  @Get(':id')
  @Allow('devices:read')
  @Cached()
  @Refuses(...READ_REFUSALS, NotFound)
  getSku(@Param() { id }: SkuParam): Promise<SkuView> {
    return this.read.sku(id);
  }

  /** Add a SKU: hardware in one condition, or an accessory. */
  @Post()
  @Allow('devices:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, SkuCodeTaken, SkuExists)
  addSku(@Asked() call: Call, @Body() form: AddSkuDto): Promise<SkuView> {
    return this.skus.add(call, form);
  }
}
