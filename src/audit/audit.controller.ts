import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/allow.decorator.js';
import { By } from '../access/caller.decorator.js';
import { READ_REFUSALS } from '../access/usual-refusals.js';
import type { Caller } from '../platform/caller.js';
import { Paged } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.decorator.js';
import { AuditEntriesQuery, AuditPeriodQuery } from './audit.dto.js';
import { Audit } from './audit.service.js';
import { AuditEntryPageView, AuditVerificationView } from './audit.view.js';

const JSON_LINES = 'application/x-ndjson';

@ApiTags('Audit')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  /** Tell whether every link of every audit chain holds: whether anybody has changed or removed an entry. */
  @Get('verification')
  @Allow('audit:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS)
  getAuditVerification(@By() caller: Caller): Promise<AuditVerificationView> {
    return this.audit.verify(caller);
  }

  /** List what was done, the oldest first. */
  @Get('entries')
  @Allow('audit:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listAuditEntries(@By() caller: Caller, @Query() query: AuditEntriesQuery): Promise<AuditEntryPageView> {
    return this.audit.entries(caller, query);
  }

  /** Export every chained entry of a period, one JSON object a line, the oldest first. */
  @Get('export')
  @Allow('audit:read')
  @RouteConfig({ work: 'report' })
  @ApiOkResponse({ content: { [JSON_LINES]: { schema: { type: 'string', maxLength: 2_147_483_647 } } } })
  @Refuses(...READ_REFUSALS)
  exportAuditEntries(@By() caller: Caller, @Query() period: AuditPeriodQuery): StreamableFile {
    return new StreamableFile(this.audit.export(caller, period), { type: JSON_LINES });
  }
}
