import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { Conflict, NotFound, Stale } from '../../platform/problems.js';
import { BusinessCalendarDto, BusinessCalendarParams } from './business-calendars.dto.js';
import { BusinessCalendars } from './business-calendars.service.js';
import { BusinessCalendarsView, BusinessCalendarView } from './business-calendars.view.js';

@ApiTags('Unlock policies')
@Controller('v1/business-calendars')
export class BusinessCalendarsController {
  constructor(private readonly calendars: BusinessCalendars) {}

  /** List the calendars that business days are counted by, each in its latest version. */
  @Get()
  @Allow('unlock-policies:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS)
  listBusinessCalendars(): Promise<BusinessCalendarsView> {
    return this.calendars.list();
  }

  /** Make a calendar, or its next version. Requests received before keep the version they were counted by. */
  @Put(':code')
  @Allow('unlock-policies:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, Conflict)
  reviseBusinessCalendar(
    @Asked() call: Call,
    @Param() { code }: BusinessCalendarParams,
    @Body() form: BusinessCalendarDto,
  ): Promise<BusinessCalendarView> {
    return this.calendars.revise(call, code, form);
  }
}
