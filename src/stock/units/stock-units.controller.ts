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
import { UnitOnHold } from '../stock.errors.js';
import { EncumbrancesService } from './encumbrances.service.js';
import { InspectionsService } from './inspections.service.js';
import {
  AdjustUnitDto,
  EncumberUnitDto,
  InspectUnitDto,
  QuarantineUnitDto,
  StockUnitParams,
  StockUnitsQuery,
} from './stock-unit.dto.js';
import { StockUnitPageView, StockUnitView } from './stock-unit.view.js';
import { StockUnitsService } from './stock-units.service.js';
import { UnitMovesService } from './unit-moves.service.js';

const MOVE_REFUSALS = [...ACT_REFUSALS, NotFound, Stale, WrongState];

@ApiTags('Stock units')
@Controller('v1/stock-units')
export class StockUnitsController {
  constructor(
    private readonly units: StockUnitsService,
    private readonly moves: UnitMovesService,
    private readonly inspections: InspectionsService,
    private readonly encumbrances: EncumbrancesService,
  ) {}

  /** List the units in stock. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listStockUnits(@By() caller: Caller, @Query() query: StockUnitsQuery): Promise<StockUnitPageView> {
    return this.units.list(caller, query);
  }

  /** Show one unit with its present or last holding. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getStockUnit(@By() caller: Caller, @Param() { id }: StockUnitParams): Promise<StockUnitView> {
    return this.units.get(caller, id);
  }

  /** Record what the bench found. */
  @Post(':id/inspect')
  @HttpCode(200)
  @Allow('stock:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  inspectStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: InspectUnitDto,
  ): Promise<StockUnitView> {
    return this.inspections.inspect(call, id, form);
  }

  /** Set the unit apart. */
  @Post(':id/quarantine')
  @HttpCode(200)
  @Allow('stock:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  quarantineStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: QuarantineUnitDto,
  ): Promise<StockUnitView> {
    return this.moves.quarantine(call, id, form);
  }

  /** Put the unit on display: to be seen, not sold. */
  @Post(':id/display')
  @HttpCode(200)
  @Allow('stock:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  displayStockUnit(@Asked() call: Call, @Param() { id }: StockUnitParams): Promise<StockUnitView> {
    return this.moves.display(call, id);
  }

  /** Correct the stock by hand; the reason decides what becomes of the unit. */
  @Post(':id/adjust')
  @HttpCode(200)
  @Allow('stock:adjust')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, UnitOnHold)
  adjustStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: AdjustUnitDto,
  ): Promise<StockUnitView> {
    return this.moves.adjust(call, id, form);
  }

  /** Bar the unit from being sold. */
  @Post(':id/encumber')
  @HttpCode(200)
  @Allow('stock:encumber')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  encumberStockUnit(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: EncumberUnitDto,
  ): Promise<StockUnitView> {
    return this.encumbrances.place(call, id, form);
  }

  /** Take the bar away. */
  @Post(':id/lift-encumbrance')
  @HttpCode(200)
  @Allow('stock:encumber')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  liftStockUnitEncumbrance(
    @Asked() call: Call,
    @Param() { id }: StockUnitParams,
    @Body() form: EncumberUnitDto,
  ): Promise<StockUnitView> {
    return this.encumbrances.lift(call, id, form);
  }
}
