import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import type { AvailabilityQuery, CatalogueFilters, CatalogueQuery, NearQuery } from './availability.dto.js';
import type {
  AvailabilityView,
  CatalogueModelView,
  FacetsView,
  FacetView,
  OfferView,
  StoreStockView,
} from './availability.view.js';
import { offersFacets, offersPage } from './offers.query.js';
import { Places } from './places.js';
import { MODEL_WITH_STOCK, storesWith } from './stores.query.js';

const BROWSING = { tag: 'catalogue', shape: ['string', 'string'] as const };
const SEARCHING = { tag: 'catalogue-search', shape: ['number', 'string', 'string'] as const };

interface OfferRow {
  score: number;
  model: string;
  code: string;
  view: OfferView;
}

/** What can be bought, where, and how much of it is on the shelf: every answer is one statement. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly db: DataSource,
    private readonly places: Places,
  ) {}

  /** The catalogue as a till sees it. @throws InvalidInput, NotFound */
  async search(caller: Caller, query: CatalogueQuery): Promise<Page<OfferView>> {
    const origin = await this.places.origin(query, caller.storeId);
    const searching = query.q !== undefined;
    const after = searching ? placeAfter(SEARCHING, query) : placeAfter(BROWSING, query);
    const { sql, parameters } = offersPage(query, origin, { rows: rowsToFetch(query), after });
    const rows: OfferRow[] = await this.db.query(sql, parameters);
    return pageOf(rows, query, {
      tag: searching ? SEARCHING.tag : BROWSING.tag,
      keys: ({ score, model, code }) => (searching ? [score, model, code] : [model, code]),
      view: ({ view }) => view,
    });
  }

  /** How many SKUs of the search have which property. @throws InvalidInput, NotFound */
  async facets(caller: Caller, query: CatalogueFilters): Promise<FacetsView> {
    const { sql, parameters } = offersFacets(query, await this.places.origin(query, caller.storeId));
    const items: FacetView[] = await this.db.query(sql, parameters);
    return { items };
  }

  /** A model with every SKU and what the stores near have of it. @throws NotFound */
  async model(caller: Caller, modelId: string, query: NearQuery): Promise<CatalogueModelView> {
    const { near, locationId } = await this.places.origin(query, caller.storeId);
    const parameters = [...near, locationId, query.currency, modelId];
    const [view]: CatalogueModelView[] = await this.db.query(MODEL_WITH_STOCK, parameters);
    if (!view) throw new NotFound('No such device model.');
    return view;
  }

  /** Which stores near have it. @throws InvalidInput, NotFound */
  async stores(caller: Caller, query: AvailabilityQuery): Promise<AvailabilityView> {
    const origin = await this.places.origin(query, caller.storeId);
    if (origin.near[0] === null) {
      throw missing('/locationId', 'Say from where: a location, or latitude and longitude.');
    }
    if (!query.skuId && !query.modelId && !query.q) {
      throw missing('/skuId', 'Say of what: a SKU, a model or a text to search for.');
    }
    const { sql, parameters } = storesWith(query, origin);
    const rows: { view: StoreStockView }[] = await this.db.query(sql, parameters);
    return { stores: rows.map(({ view }) => view) };
  }
}

const missing = (pointer: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'query', pointer, code: 'MISSING', detail }]);
