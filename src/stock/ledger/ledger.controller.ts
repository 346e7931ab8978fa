import { Controller, Get, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Caller } from '../../platform/caller.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { ListOnHandQuery, ListStockMovementsQuery } from './ledger.dto.js';
import { LedgerQuery } from './ledger.query.js';
import { OnHandPageView, StockMovementPageView } from './ledger.view.js';

@ApiTags('Stock ledger')
@Controller('v1')
export class LedgerController {
  constructor(private readonly ledger: LedgerQuery) {}

  /** Tell what was on hand and free at a location, now or at any time past. */
  @Get('on-hand')
  @Allow('reports:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listOnHand(@By() caller: Caller, @Query() query: ListOnHandQuery): Promise<OnHandPageView> {
    return this.ledger.onHand(caller, query);
  }

  /** List movements of stock, newest first. */
  @Get('stock-movements')
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listStockMovements(@By() caller: Caller, @Query() query: ListStockMovementsQuery): Promise<StockMovementPageView> {
    return this.ledger.movements(caller, query);
  }
}
