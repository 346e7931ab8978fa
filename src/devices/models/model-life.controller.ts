import { applyDecorators, Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { DeviceModelParam, MoveDeviceModelDto } from './device-model.dto.js';
import { DeviceModelDetailView } from './device-model.view.js';
import { DeviceModels } from './device-models.service.js';

const Move = () =>
  applyDecorators(
    Allow('devices:write'),
    Idempotent(),
    Versioned(),
    Refuses(...ACT_REFUSALS, NotFound, WrongState, Stale),
  );

/** The life of a device model, act by act. */
@ApiTags('Device models')
@Controller('v1/device-models/:id')
export class ModelLifeController {
  constructor(private readonly models: DeviceModels) {}

  /** Begin to sell an announced device model. */
  @Post('launch')
  @HttpCode(200)
  @Move()
  launchDeviceModel(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() { reason }: MoveDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.move(call, id, 'launch', reason);
  }

  /** Sell what is left of a device model and order no more. */
  @Post('sell-through')
  @HttpCode(200)
  @Move()
  sellThroughDeviceModel(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() { reason }: MoveDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.move(call, id, 'sellThrough', reason);
  }

  /** End the sale of a device model; support goes on. */
  @Post('end-sale')
  @HttpCode(200)
  @Move()
  endDeviceModelSale(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() { reason }: MoveDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.move(call, id, 'endSale', reason);
  }

  /** Give up an announced device model before it is ever sold. */
  @Post('cancel')
  @HttpCode(200)
  @Move()
  cancelDeviceModel(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() { reason }: MoveDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.move(call, id, 'cancel', reason);
  }

  /** End the support of a device model that is no longer sold. */
  @Post('end-support')
  @HttpCode(200)
  @Move()
  endDeviceModelSupport(
    @Asked() call: Call,
    @Param() { id }: DeviceModelParam,
    @Body() { reason }: MoveDeviceModelDto,
  ): Promise<DeviceModelDetailView> {
    return this.models.move(call, id, 'endSupport', reason);
  }
}
