import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Cached } from '../../platform/http/cached.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale } from '../../platform/problems.js';
import { DeviceModelExists, DeviceVariantExists } from '../devices.errors.js';
import {
  AddDeviceVariantDto,
  ChangeDeviceModelDto,
  CreateDeviceModelDto,
  DeviceModelParam,
  EndLicenceDto,
  ListDeviceModelsQuery,
} from './device-model.dto.js';
import { DeviceModelDetailView, DeviceModelPageView } from './device-model.view.js';
import { DeviceModelsQuery } from './device-models.query.js';
import { DeviceModels } from './device-models.service.js';

@ApiTags('Device models')
@Controller('v1/device-models')
export class DeviceModelsController {
  constructor(
    private readonly read: DeviceModelsQuery,
    private readonly models: DeviceModels,
  ) {}

  /** List device models by name. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('devices:read')
  @Paged()
  @Cached()
  @Refuses(...READ_REFUSALS)
  listDeviceModels(@Query() query: ListDeviceModelsQuery): Promise<DeviceModelPageView> {
    return this.read.models(query);
  }

  /** Show a device model with its hardware, how it is sold and what it costs at present. */
  @Get(':id')
  @Allow('devices:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getDeviceModel(@Param() { id }: DeviceModelParam): Promise<DeviceModelDetailView> {
    return this.read.model(id);
  }

  /** Create a device model, and its brand when that is new. */
  @Post()
  @Allow('devices:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, DeviceModelExists)
  createDeviceModel(@Asked() call: Call, @Body() form: CreateDeviceModelDto): Promise<DeviceModelDetailView> {
    return this.models.create(call, form);
  }

  /** Change facts of a device model. */
  @Patch(':id')
  @Allow('devices:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, DeviceModelExists, Stale)
  changeDeviceModel(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() facts: ChangeDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.change(call, id, facts);
  }

  /** Note the last day of the maker's licence and what happens after it. */
  @Post(':id/end-licence')
  @HttpCode(200)
  @Allow('devices:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale)
  endDeviceModelLicence(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() form: EndLicenceDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.endLicence(call, id, form);
  }

  /** Add hardware to a device model. */
  @Post(':id/variants')
  @Allow('devices:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, DeviceVariantExists, Stale)
  addDeviceVariant(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() form: AddDeviceVariantDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.addVariant(call, id, form);
  }
}
