import { Controller, Get, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import { Cached } from '../../platform/http/cached.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { ListBrandsQuery } from './device-model.dto.js';
import { BrandPageView } from './device-model.view.js';
import { DeviceModelsQuery } from './device-models.query.js';

@ApiTags('Device models')
@Controller('v1/brands')
export class BrandsController {
  constructor(private readonly read: DeviceModelsQuery) {}

  /** List brands by name. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('devices:read')
  @Paged()
  @Cached()
  @Refuses(...READ_REFUSALS)
  listBrands(@Query() query: ListBrandsQuery): Promise<BrandPageView> {
    return this.read.brands(query);
  }
}
