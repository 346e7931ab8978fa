import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Caller } from '../../platform/caller.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { BodyTooLarge, MalformedBody, UnsupportedMediaType } from '../../platform/problems.js';
import { IdentifyDeviceDto } from './identification.dto.js';
import { IdentificationView } from './identification.view.js';
import { IdentificationService } from './identification.service.js';

@ApiTags('Identification')
@Controller('v1/identify')
export class IdentificationController {
  constructor(private readonly identification: IdentificationService) {}

  /** Tell what a handset is. Changes nothing; a POST only to keep the identifier out of addresses and logs. */
  @Post()
  @HttpCode(200)
  @Allow('devices:read')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  identifyDevice(@By() caller: Caller, @Body() form: IdentifyDeviceDto): Promise<IdentificationView> {
    return this.identification.identify(caller, form);
  }
}
