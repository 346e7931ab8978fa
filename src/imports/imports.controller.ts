import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/allow.decorator.js';
import { By } from '../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../access/usual-refusals.js';
import type { Call, Caller } from '../platform/caller.js';
import { Asked, Idempotent } from '../platform/http/act.decorator.js';
import { Paged } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.decorator.js';
import { NotFound } from '../platform/problems.js';
import { FileBody, type IncomingFile, TakesFile } from './file-body.decorator.js';
import { ImportIdDto, ListImportFaultsDto, ListImportsDto, StartImportDto } from './import.dto.js';
import { ImportFaultPageView, ImportJobPageView, ImportJobView } from './import.view.js';
import { EmptyFile, NotForStores } from './imports.errors.js';
import { Imports } from './imports.service.js';
import { Uploads } from './uploads.service.js';

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly imports: Imports,
  ) {}

  /** Hand in a file to be imported. The answer comes as soon as the file is here; the work goes on afterwards. */
  @Post()
  @HttpCode(202)
  @RouteConfig({ work: 'report' })
  @Allow('imports:write')
  @Idempotent()
  @TakesFile()
  @ApiAcceptedResponse({ type: ImportJobView })
  @Refuses(...ACT_REFUSALS, EmptyFile, NotForStores)
  startImport(
    @Asked() call: Call,
    @Query() form: StartImportDto,
    @FileBody() file: IncomingFile,
  ): Promise<ImportJobView> {
    const { kind, dryRun = false, allOrNothing = false } = form;
    return this.uploads.receive(call, { kind, format: file.format, dryRun, allOrNothing }, file.stream);
  }

  /** List the files handed in, the latest first. */
  @Get()
  @RouteConfig({ work: 'report' })
  @Allow('imports:write')
  @Paged()
  @ApiOkResponse({ type: ImportJobPageView })
  @Refuses(...READ_REFUSALS, NotForStores)
  listImports(@By() caller: Caller, @Query() query: ListImportsDto): Promise<ImportJobPageView> {
    return this.imports.list(caller, query);
  }

  /** Tell how far an import is. */
  @Get(':id')
  @Allow('imports:write')
  @ApiOkResponse({ type: ImportJobView })
  @Refuses(...READ_REFUSALS, NotForStores, NotFound)
  getImport(@By() caller: Caller, @Param() { id }: ImportIdDto): Promise<ImportJobView> {
    return this.imports.find(caller, id);
  }

  /** List what is wrong with which line of an import. */
  @Get(':id/faults')
  @RouteConfig({ work: 'report' })
  @Allow('imports:write')
  @Paged()
  @ApiExtraModels(ImportFaultPageView)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ImportFaultPageView) } },
      'text/csv': { schema: { type: 'string', maxLength: 20_000_000 } },
    },
  })
  @Refuses(...READ_REFUSALS, NotForStores, NotFound)
  async listImportFaults(
    @By() caller: Caller,
    @Param() { id }: ImportIdDto,
    @Query() query: ListImportFaultsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportFaultPageView | string> {
    if (query.format !== 'csv') return this.imports.listFaults(caller, id, query);
    const report = await this.imports.faultsAsCsv(caller, id);
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="faults.csv"');
    return report;
  }
}
