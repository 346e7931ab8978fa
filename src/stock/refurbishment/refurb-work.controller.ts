import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { InsufficientStock, UnitOnHold } from '../stock.errors.js';
import {
  RecordRefurbLabourDto,
  RefurbOrderParams,
  RefurbReasonDto,
  ReserveRefurbPartsDto,
  UseRefurbPartDto,
} from './refurb-order.dto.js';
import { RefurbOrderView } from './refurb-order.view.js';
import { RefurbProgress } from './refurb-progress.service.js';
import { RefurbWork } from './refurb-work.service.js';
import { BeyondEconomicRepair, ProofMissing } from './refurbishment.errors.js';

const MOVE_REFUSALS = [...ACT_REFUSALS, NotFound, Stale, WrongState, UnitOnHold];

@ApiTags('Refurbishment')
@Controller('v1/refurb-orders')
export class RefurbWorkController {
  constructor(
    private readonly work: RefurbWork,
    private readonly progress: RefurbProgress,
  ) {}

  /** Hold parts of the bulk stock for the order, all of them or none. */
  @Post(':id/reserve-parts')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, BeyondEconomicRepair, InsufficientStock)
  reserveRefurbParts(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: ReserveRefurbPartsDto,
  ): Promise<RefurbOrderView> {
    return this.work.reserveParts(call, id, form);
  }

  /** Begin the work, or begin it again. */
  @Post(':id/start')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, BeyondEconomicRepair)
  startRefurbOrder(@Asked() call: Call, @Param() { id }: RefurbOrderParams): Promise<RefurbOrderView> {
    return this.work.start(call, id);
  }

  /** Put a reserved part into the handset, and its cost on the cost of the handset. */
  @Post(':id/use-part')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, BeyondEconomicRepair)
  useRefurbPart(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: UseRefurbPartDto,
  ): Promise<RefurbOrderView> {
    return this.work.usePart(call, id, form);
  }

  /** Put minutes that were worked on the cost of the handset. */
  @Post(':id/record-labour')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  recordRefurbLabour(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: RecordRefurbLabourDto,
  ): Promise<RefurbOrderView> {
    return this.work.recordLabour(call, id, form);
  }

  /** Go on to the tests: the handset has a certificate of its erasure. */
  @Post(':id/confirm-erasure')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, ProofMissing)
  confirmRefurbErasure(@Asked() call: Call, @Param() { id }: RefurbOrderParams): Promise<RefurbOrderView> {
    return this.progress.confirmErasure(call, id);
  }

  /** Go on to the grading: the handset has a report of all its tests. */
  @Post(':id/confirm-tests')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, ProofMissing)
  confirmRefurbTests(@Asked() call: Call, @Param() { id }: RefurbOrderParams): Promise<RefurbOrderView> {
    return this.progress.confirmTests(call, id);
  }

  /** Send the handset back to the bench. */
  @Post(':id/rework')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  reworkRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: RefurbReasonDto,
  ): Promise<RefurbOrderView> {
    return this.progress.rework(call, id, form);
  }

  /** Put the order on hold. */
  @Post(':id/hold')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  holdRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: RefurbReasonDto,
  ): Promise<RefurbOrderView> {
    return this.progress.hold(call, id, form);
  }

  /** Go on where the order was put on hold. */
  @Post(':id/resume')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  resumeRefurbOrder(@Asked() call: Call, @Param() { id }: RefurbOrderParams): Promise<RefurbOrderView> {
    return this.progress.resume(call, id);
  }
}
