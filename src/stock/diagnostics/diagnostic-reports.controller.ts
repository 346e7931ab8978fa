import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { StockUnitParams } from '../units/stock-unit.dto.js';
import { DiagnosticReportParams, RecordDiagnosticReportDto } from './diagnostic-report.dto.js';
import { DiagnosticReportPageView, DiagnosticReportView } from './diagnostic-report.view.js';
import { DiagnosticReportsQuery } from './diagnostic-reports.query.js';
import { DiagnosticReports } from './diagnostic-reports.service.js';

@ApiTags('Diagnostic reports')
@Controller('v1')
export class DiagnosticReportsController {
  constructor(
    private readonly reports: DiagnosticReports,
    private readonly read: DiagnosticReportsQuery,
  ) {}

  /** Record what the tests of a unit came to; how it works follows from the plan in force. */
  @Post('stock-units/:id/diagnostic-reports')
  @Allow('stock:inspect')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  recordDiagnosticReport(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: RecordDiagnosticReportDto,
  ): Promise<DiagnosticReportView> {
    return this.reports.record(call, id, form);
  }

  /** List the diagnostic reports of a unit, the latest first. */
  @Get('stock-units/:id/diagnostic-reports')
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listDiagnosticReports(
    @By() caller: Caller,
    @Param() { id }: StockUnitParams,
    @Query() query: PageQuery,
  ): Promise<DiagnosticReportPageView> {
    return this.read.ofUnit(caller, id, query);
  }

  /** Show one diagnostic report. */
  @Get('diagnostic-reports/:id')
  @Allow('stock:read')
  @Refuses(...READ_REFUSALS, NotFound)
  getDiagnosticReport(@By() caller: Caller, @Param() { id }: DiagnosticReportParams): Promise<DiagnosticReportView> {
    return this.read.report(caller, id);
  }
}
