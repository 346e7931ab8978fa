import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { SetNetworkBandsDto } from './network-bands.dto.js';
import { NetworkBands } from './network-bands.service.js';
import { NetworkBandsView } from './network-bands.view.js';

@ApiTags('Network')
@Controller('v1/network-bands')
export class NetworkBandsController {
  constructor(private readonly bands: NetworkBands) {}

  /** List the radio bands our network is on the air with. */
  @Get()
  @Allow('devices:read')
  @Refuses(...READ_REFUSALS)
  listNetworkBands(): Promise<NetworkBandsView> {
    return this.bands.list();
  }

  /** Set the radio bands our network is on the air with: the whole list. */
  @Put()
  @Allow('devices:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS)
  setNetworkBands(@Asked() call: Call, @Body() form: SetNetworkBandsDto): Promise<NetworkBandsView> {
    return this.bands.set(call, form);
  }
}
