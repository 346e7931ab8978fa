import { Controller, Get, Param } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Caller } from '../../platform/caller.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { UnlockReportParams } from './reports.dto.js';
import { UnlockReports } from './reports.query.js';
import { UnlockReportView } from './reports.view.js';

@ApiTags('Unlock reports')
@Controller('v1/unlock-reports')
export class UnlockReportsController {
  constructor(private readonly reports: UnlockReports) {}

  /** Tell how the requests fared that were received in a month. A till is told of its own store. */
  @Get(':month')
  @Allow('reports:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  getUnlockReport(@By() caller: Caller, @Param() { month }: UnlockReportParams): Promise<UnlockReportView> {
    return this.reports.ofMonth(caller, month);
  }
}
