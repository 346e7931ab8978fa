import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { BodyTooLarge, MalformedBody, NotFound, Stale, UnsupportedMediaType } from '../../platform/problems.js';
import { BillingFactsView } from '../billing/billing-facts.view.js';
import { FindDeviceRecordDto, RecordDeviceDto } from './device-record.dto.js';
import { DeviceRecordView } from './device-record.view.js';
import { DeviceRecords } from './device-records.service.js';

@ApiTags('Accounts')
@Controller('v1/device-records')
export class DeviceRecordsController {
  constructor(private readonly records: DeviceRecords) {}

  /** Record what billing knows of a device, or correct it. */
  @Post()
  @HttpCode(200)
  @Allow('accounts:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale)
  recordDevice(@Asked() call: Call, @Body() form: RecordDeviceDto): Promise<DeviceRecordView> {
    return this.records.record(call, form);
  }

  /** Tell what billing knows of a device. Changes nothing; a POST only to keep the IMEI out of addresses and logs. */
  @Post('find')
  @HttpCode(200)
  @Allow('accounts:read')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  findDeviceRecord(@Body() form: FindDeviceRecordDto): Promise<BillingFactsView> {
    return this.records.find(form) as Promise<BillingFactsView>;
  }
}
