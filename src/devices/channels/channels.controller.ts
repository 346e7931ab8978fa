import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { SkuParam } from '../skus/sku.dto.js';
import { ListSkuChannelsQuery, SetSkuChannelsDto } from './channels.dto.js';
import { ChannelsQuery } from './channels.query.js';
import { Channels } from './channels.service.js';
import { SkuChannelsPageView, SkuChannelsView } from './channels.view.js';

@ApiTags('SKUs')
@Controller('v1/skus/:id/channels')
export class ChannelsController {
  constructor(
    private readonly read: ChannelsQuery,
    private readonly channels: Channels,
  ) {}

  /** List where and how a SKU may be bought: everywhere, and at locations with channels of their own. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('devices:read')
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listSkuChannels(@Param() { id }: SkuParam, @Query() query: ListSkuChannelsQuery): Promise<SkuChannelsPageView> {
    return this.read.channels(id, query);
  }

  /** Set how a SKU may be bought, everywhere or at one location. */
  @Put()
  @Allow('devices:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound)
  setSkuChannels(
    @Asked() call: Call,
    @Param() { id }: SkuParam,
    @Body() form: SetSkuChannelsDto,
  ): Promise<SkuChannelsView> {
    return this.channels.set(call, id, form);
  }
}
