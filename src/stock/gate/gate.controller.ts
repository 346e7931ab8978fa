import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { NotReadyForSale } from '../stock.errors.js';
import { StockUnitParams } from '../units/stock-unit.dto.js';
import { StockUnitView } from '../units/stock-unit.view.js';
import { Gate } from './gate.service.js';

@ApiTags('Stock units')
@Controller('v1/stock-units')
export class GateController {
  constructor(private readonly gate: Gate) {}

  /** Put the unit on the shelf, when it passes the gate; else every reason why not. */
  @Post(':id/make-available')
  @HttpCode(200)
  @Allow('stock:inspect')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, NotReadyForSale)
  makeStockUnitAvailable(@Asked() call: Call, @Param() { id }: StockUnitParams): Promise<StockUnitView> {
    return this.gate.makeAvailable(call, id);
  }
}
