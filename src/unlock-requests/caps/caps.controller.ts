import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { CapBook } from './cap-book.service.js';
import { SetUnlockCapDto, UnlockAlertsQuery } from './caps.dto.js';
import { UnlockAlertPageView, UnlockCapsView, UnlockCapView } from './caps.view.js';

@ApiTags('Unlock caps')
@Controller('v1')
export class CapsController {
  constructor(private readonly book: CapBook) {}

  /** List how often strangers and staff may do what. */
  @Get('unlock-caps')
  @Allow('unlock-policies:read')
  @Refuses(...READ_REFUSALS)
  listUnlockCaps(): Promise<UnlockCapsView> {
    return this.book.all();
  }

  /** Set one cap; it holds from the next try on. */
  @Put('unlock-caps')
  @Allow('unlock-policies:write')
  @Idempotent()
  @Refuses(...ACT_REFUSALS)
  setUnlockCap(@Asked() call: Call, @Body() form: SetUnlockCapDto): Promise<UnlockCapView> {
    return this.book.set(call, form);
  }

  /** List what was tried too often, the latest first. */
  @Get('unlock-alerts')
  @Allow('unlock-requests:decide')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listUnlockAlerts(@Query() query: UnlockAlertsQuery): Promise<UnlockAlertPageView> {
    return this.book.alerts(query);
  }
}
