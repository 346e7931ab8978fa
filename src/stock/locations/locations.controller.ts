import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { ACT_REFUSALS, READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Call } from '../../platform/caller.js';
import { Asked, Idempotent } from '../../platform/http/act.decorator.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { Versioned } from '../../platform/http/versioned.decorator.js';
import { NotFound, Stale, WrongState } from '../../platform/problems.js';
import { LocationCodeTaken } from './locations.errors.js';
import { LocationsQuery } from './locations.query.js';
import { Locations } from './locations.service.js';
import {
  ChangeLocationDto,
  CreateLocationDto,
  ListLocationsQuery,
  LocationParams,
  MoveLocationDto,
} from './stock-location.dto.js';
import { LocationPageView, LocationView } from './stock-location.view.js';

@ApiTags('Locations')
@Controller('v1/locations')
export class LocationsController {
  constructor(
    private readonly read: LocationsQuery,
    private readonly locations: Locations,
  ) {}

  /** List locations by code, or the nearest first around a place. */
  @Get()
  @Allow('stock:read')
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  listLocations(@Query() query: ListLocationsQuery): Promise<LocationPageView> {
    return this.read.locations(query);
  }

  /** Show one location. */
  @Get(':id')
  @Allow('stock:read')
  @Versioned()
  @Refuses(...READ_REFUSALS, NotFound)
  getLocation(@Param() { id }: LocationParams): Promise<LocationView> {
    return this.read.location(id);
  }

  /** Create a location. */
  @Post()
  @Allow('locations:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, LocationCodeTaken)
  createLocation(@Asked() call: Call, @Body() form: CreateLocationDto): Promise<LocationView> {
    return this.locations.create(call, form);
  }

  /** Change facts of a location. */
  @Patch(':id')
  @Allow('locations:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale)
  changeLocation(
    @Asked() call: Call,
    @Param() { id }: LocationParams,
    @Body() facts: ChangeLocationDto,
  ): Promise<LocationView> {
    return this.locations.change(call, id, facts);
  }

  /** Open a location to customers. */
  @Post(':id/open')
  @HttpCode(200)
  @Allow('locations:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  openLocation(
    @Asked() call: Call,
    @Param() { id }: LocationParams,
    @Body() form: MoveLocationDto,
  ): Promise<LocationView> {
    return this.locations.move(call, id, 'open', form);
  }

  /** Close a location to customers; its stock stays in the books. */
  @Post(':id/close')
  @HttpCode(200)
  @Allow('locations:write')
  @Idempotent()
  @Versioned()
  @Refuses(...ACT_REFUSALS, NotFound, Stale, WrongState)
  closeLocation(
    @Asked() call: Call,
    @Param() { id }: LocationParams,
    @Body() form: MoveLocationDto,
  ): Promise<LocationView> {
    return this.locations.move(call, id, 'close', form);
  }
}
