import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { UnitEncumbered, UnitOnHold } from '../stock.errors.js';
import { StockUnitParams } from '../units/stock-unit.dto.js';
import { StockUnitView } from '../units/stock-unit.view.js';
import { DownstreamRecordParams, ListDownstreamRecordsQuery, SendDownstreamDto } from './downstream-record.dto.js';
import { DownstreamRecordPageView, DownstreamRecordView } from './downstream-record.view.js';
import { DownstreamRecordsQuery } from './downstream-records.query.js';
import { Triage } from './triage.service.js';

const MOVE_REFUSALS = [...ACT_REFUSALS, NotFound, Stale, WrongState];

@ApiTags('Triage')
@Controller('v1')
export class TriageController {
  constructor(
    private readonly decisions: Triage,
    private readonly read: DownstreamRecordsQuery,
  ) {}

  /** Put the unit where it is decided what becomes of it: repaired, sold to a wholesaler, taken apart or recycled. */
  @Post('stock-units/:id/triage')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  triageStockUnit(@Asked() call: Call, @Param() { id }: StockUnitParams): Promise<StockUnitView> {
    return this.decisions.triage(call, id);
  }

  /** Sell the unit in triage to a wholesaler. */
  @Post('stock-units/:id/wholesale')
  @HttpCode(200)
  @Allow('stock:recycle')
  @Idempotent()
  @Refuses(...MOVE_REFUSALS, UnitOnHold, UnitEncumbered)
  wholesaleStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: SendDownstreamDto,
  ): Promise<DownstreamRecordView> {
    return this.decisions.send(call, id, 'WHOLESALE', form);
  }

  /** Let the unit in triage be taken apart for its parts. */
  @Post('stock-units/:id/harvest')
  @HttpCode(200)
  @Allow('stock:recycle')
  @Idempotent()
  @Refuses(...MOVE_REFUSALS, UnitOnHold)
  harvestStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: SendDownstreamDto,
  ): Promise<DownstreamRecordView> {
    return this.decisions.send(call, id, 'HARVEST', form);
  }

  /** Give the unit in triage to a certified recycler. */
  @Post('stock-units/:id/recycle')
  @HttpCode(200)
  @Allow('stock:recycle')
  @Idempotent()
  @Refuses(...MOVE_REFUSALS, UnitOnHold)
  recycleStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: SendDownstreamDto,
  ): Promise<DownstreamRecordView> {
    return this.decisions.send(call, id, 'RECYCLING', form);
  }

  /** List where handsets went that were not sold to customers, the latest first. */
  @Get('downstream-records')
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listDownstreamRecords(
    @By() caller: Caller,
    @Query() query: ListDownstreamRecordsQuery,
  ): Promise<DownstreamRecordPageView> {
    return this.read.list(caller, query);
  }

  /** Show where one handset went. */
  @Get('downstream-records/:id')
  @Allow('stock:read')
  @Refuses(...READ_REFUSALS, NotFound)
  getDownstreamRecord(@By() caller: Caller, @Param() { id }: DownstreamRecordParams): Promise<DownstreamRecordView> {
    return this.read.get(caller, id);
  }
}
