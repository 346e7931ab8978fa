import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { SecondPersonNeeded } from '../../access/second-person.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call, Caller } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { UnitOnHold } from '../stock.errors.js';
import {
  CloseRefurbOrderDto,
  GiveUpRefurbOrderDto,
  GradeRefurbOrderDto,
  ListRefurbOrdersQuery,
  OpenRefurbOrderDto,
  RefurbOrderParams,
  RefurbReasonDto,
} from './refurb-order.dto.js';
import { RefurbOrderPageView, RefurbOrderView } from './refurb-order.view.js';
import { RefurbFinish } from './refurb-finish.service.js';
import { RefurbOrdersQuery } from './refurb-orders.query.js';
import { RefurbPlanning } from './refurb-planning.service.js';
import { CostUnknown, NoRetailGrade, OrderUnderWay, ProofMissing } from './refurbishment.errors.js';

const MOVE_REFUSALS = [...ACT_REFUSALS, NotFound, Stale, WrongState];

@ApiTags('Refurbishment')
@Controller('v1/refurb-orders')
export class RefurbOrdersController {
  constructor(
    private readonly read: RefurbOrdersQuery,
    private readonly planning: RefurbPlanning,
    private readonly finish: RefurbFinish,
  ) {}

  /** List work orders, the latest first. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listRefurbOrders(@By() caller: Caller, @Query() query: ListRefurbOrdersQuery): Promise<RefurbOrderPageView> {
    return this.read.list(caller, query);
  }

  /** Show one work order with its parts and costs. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getRefurbOrder(@By() caller: Caller, @Param() { id }: RefurbOrderParams): Promise<RefurbOrderView> {
    return this.read.get(caller, id);
  }

  /** Open a work order on a handset in triage. */
  @Post()
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, UnitOnHold, CostUnknown, OrderUnderWay)
  openRefurbOrder(@Asked() call: Call, @Body() form: OpenRefurbOrderDto): Promise<RefurbOrderView> {
    return this.planning.open(call, form);
  }

  /** Let an order go on that costs more than it will bring, as somebody who did not open it. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, SecondPersonNeeded)
  approveRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: RefurbReasonDto,
  ): Promise<RefurbOrderView> {
    return this.planning.approve(call, id, form);
  }

  /** Grade the handset; it becomes the refurbished SKU of that grade. */
  @Post(':id/grade')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, UnitOnHold, ProofMissing, NoRetailGrade)
  gradeRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: GradeRefurbOrderDto,
  ): Promise<RefurbOrderView> {
    return this.finish.grade(call, id, form);
  }

  /** Close the order; the handset waits for the gate. */
  @Post(':id/close')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS, UnitOnHold)
  closeRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: CloseRefurbOrderDto,
  ): Promise<RefurbOrderView> {
    return this.finish.close(call, id, form);
  }

  /** Give the order up: beyond economic repair, without parts, or not to be erased. */
  @Post(':id/give-up')
  @HttpCode(200)
  @Allow('stock:refurbish')
  @Idempotent()
  @Versioned()
  @Refuses(...MOVE_REFUSALS)
  giveUpRefurbOrder(
    @Asked() call: Call,
    @Param() { id }: RefurbOrderParams,
    @Body() form: GiveUpRefurbOrderDto,
  ): Promise<RefurbOrderView> {
    return this.finish.giveUp(call, id, form);
  }
}
