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
import {
  InsufficientStock,
  ReservationAtItsLimit,
  ReservationLapsed,
  UnitNotAvailable,
  UnitReserved,
} from '../stock.errors.js';
import {
  ExtendReservationDto,
  ReleaseReservationDto,
  ReservationParams,
  ReservationsQuery,
  ReserveStockDto,
} from './reservation.dto.js';
import { ReservationPageView, ReservationView } from './reservation.view.js';
import { ReservationsService } from './reservations.service.js';

@ApiTags('Reservations')
@Controller('v1/reservations')
export class ReservationsController {
  constructor(private readonly reservations: ReservationsService) {}

  /** Hold stock for a customer: every line or nothing. */
  @Post()
  @Allow('stock:reserve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, InsufficientStock, UnitReserved, UnitNotAvailable)
  reserveStock(@Asked() call: Call, @Body() form: ReserveStockDto): Promise<ReservationView> {
    return this.reservations.reserve(call, form);
  }

  /** List reservations, newest first. */
  @Get()
  @Allow('stock:read')
  @RouteConfig({ work: 'report' })
  @Paged()
  @Refuses(...READ_REFUSALS)
  listReservations(@By() caller: Caller, @Query() query: ReservationsQuery): Promise<ReservationPageView> {
    return this.reservations.list(caller, query);
  }

  /** Show one reservation. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getReservation(@By() caller: Caller, @Param() { id }: ReservationParams): Promise<ReservationView> {
    return this.reservations.get(caller, id);
  }

  /** Hold it longer, up to the hard limit of its purpose. */
  @Post(':id/extend')
  @HttpCode(200)
  @Allow('stock:reserve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, ReservationLapsed, ReservationAtItsLimit)
  extendReservation(
    @Asked() call: Call,
    @Param() { id }: ReservationParams,
    @Body() form: ExtendReservationDto,
  ): Promise<ReservationView> {
    return this.reservations.extend(call, id, form);
  }

  /** Give the stock back before the reservation lapses. */
  @Post(':id/release')
  @HttpCode(200)
  @Allow('stock:reserve')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState, ReservationLapsed)
  releaseReservation(
    @Asked() call: Call,
    @Param() { id }: ReservationParams,
    @Body() form: ReleaseReservationDto,
  ): Promise<ReservationView> {
    return this.reservations.release(call, id, form);
  }
}
