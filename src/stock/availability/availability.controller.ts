import { Controller, Get, Param, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { By } from '../../access/caller.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import type { Caller } from '../../platform/caller.js';
import { Paged } from '../../platform/http/page.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { NotFound } from '../../platform/problems.js';
import { AvailabilityQuery, CatalogueFilters, CatalogueParams, CatalogueQuery, NearQuery } from './availability.dto.js';
import { AvailabilityService } from './availability.service.js';
import { AvailabilityView, CatalogueModelView, FacetsView, OfferPageView } from './availability.view.js';

@ApiTags('Catalogue')
@Controller('v1')
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  /** Search what can be bought, with price, channels and free pieces here and near. */
  @Get('catalogue')
  @Allow('devices:read')
  @Paged()
  @Refuses(...READ_REFUSALS, NotFound)
  searchCatalogue(@By() caller: Caller, @Query() query: CatalogueQuery): Promise<OfferPageView> {
    return this.availability.search(caller, query);
  }

  /** Count the SKUs of a search by brand, condition, grade, storage, lifecycle and channel. */
  @Get('catalogue/facets')
  @Allow('devices:read')
  @RouteConfig({ work: 'report' })
  @Refuses(...READ_REFUSALS, NotFound)
  countCatalogueFacets(@By() caller: Caller, @Query() query: CatalogueFilters): Promise<FacetsView> {
    return this.availability.facets(caller, query);
  }

  /** Show a model with every SKU and what the stores near have of it. */
  @Get('catalogue/:modelId')
  @Allow('devices:read')
  @Refuses(...READ_REFUSALS, NotFound)
  getCatalogueModel(
    @By() caller: Caller,
    @Param() { modelId }: CatalogueParams,
    @Query() query: NearQuery,
  ): Promise<CatalogueModelView> {
    return this.availability.model(caller, modelId, query);
  }

  /** Find the stores near that have a SKU, a model or what a text finds, the nearest first. */
  @Get('availability')
  @Allow('devices:read')
  @Refuses(...READ_REFUSALS, NotFound)
  findStock(@By() caller: Caller, @Query() query: AvailabilityQuery): Promise<AvailabilityView> {
    return this.availability.stores(caller, query);
  }
}
