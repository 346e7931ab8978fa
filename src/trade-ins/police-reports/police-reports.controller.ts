import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { NotForTills } from '../sellers/office-only.js';
import {
  ExportReportsDto,
  PoliceReportBatchParams,
  PoliceReportParams,
  PoliceReportsQuery,
  ReleaseReportDto,
} from './police-report.dto.js';
import {
  PoliceReportBatchPageView,
  PoliceReportBatchView,
  PoliceReportPageView,
  PoliceReportView,
} from './police-report.view.js';
import { NothingToReport } from './police-reports.errors.js';
import { PoliceReportsReads } from './police-reports.query.js';
import { EarlyReleases } from './releases.service.js';
import { ReportExport } from './report-export.service.js';

const MOST_FILE_BYTES = 1_000_000;

@ApiTags('Police reports')
@Controller('v1')
export class PoliceReportsController {
  constructor(
    private readonly exporting: ReportExport,
    private readonly releases: EarlyReleases,
    private readonly read: PoliceReportsReads,
  ) {}

  /** List what the police are told of purchases, the latest first. */
  @Get('police-reports')
  @Allow('police-reports:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotForTills)
  listPoliceReports(@By() caller: Caller, @Query() query: PoliceReportsQuery): Promise<PoliceReportPageView> {
    return this.read.reports(caller, query);
  }

  /** Make a file of what a register has not been told yet, at most 200 reports; each goes out once. */
  @Post('police-reports/export')
  @Allow('police-reports:export')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NothingToReport)
  exportPoliceReports(@Asked() call: Call, @Body() form: ExportReportsDto): Promise<PoliceReportBatchView> {
    return this.exporting.give(call, form);
  }

  /** Note that an authority lets a handset go before the days of the law are over. */
  @Post('police-reports/:id/release')
  @HttpCode(200)
  @Allow('police-reports:export')
  @Idempotent()
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound, WrongState)
  releasePoliceReport(
    @Asked() call: Call,
    @Param() { id }: PoliceReportParams,
    @Body() { authority }: ReleaseReportDto,
  ): Promise<PoliceReportView> {
    return this.releases.release(call, id, authority);
  }

  /** List the files of reports, the latest first. */
  @Get('police-report-batches')
  @Allow('police-reports:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotForTills)
  listPoliceReportBatches(@By() caller: Caller, @Query() query: PageQuery): Promise<PoliceReportBatchPageView> {
    return this.read.batches(caller, query);
  }

  /** Get a file of reports, as often as wanted and always the same. Who had it is written down first. */
  @Post('police-report-batches/:id/read')
  @HttpCode(200)
  @Allow('police-reports:export')
  @Idempotent()
  @ApiOkResponse({
    content: {
      'application/octet-stream': { schema: { type: 'string', format: 'binary', maxLength: MOST_FILE_BYTES } },
    },
  })
  @Refuses(...ACT_REFUSALS, NotForTills, NotFound)
  async readPoliceReportBatch(
    @Asked() call: Call,
    @Param() { id }: PoliceReportBatchParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { bytes, format } = await this.exporting.file(call, id);
    void reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="police-reports.${format.toLowerCase()}"`)
      .header('cache-control', 'no-store');
    return bytes;
  }
}
