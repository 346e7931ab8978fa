import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { nameKey, plainText, searchPatterns } from '../../devices/models/search-words.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import type { AvailabilityQuery, CatalogueQuery, NearQuery } from './availability.dto.js';
import type {
  AvailabilityView,
  CatalogueModelView,
  FacetsView,
  FacetView,
  OfferView,
  StoreStockView,
} from './availability.view.js';
import {
  AVAILABILITY,
  AVAILABILITY_FOUND,
  BROWSE,
  BROWSE_FACETS,
  MODEL_WITH_STOCK,
  SEARCH,
  SEARCH_FACETS,
} from './catalogue.query.js';
import { type Origin, Places } from './places.js';

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
    const filters = filtersOf(query, await this.places.origin(query, caller.storeId));
    if (query.q === undefined) {
      const [name = null, code = null] = placeAfter(BROWSING, query) ?? [];
      const rows: OfferRow[] = await this.db.query(BROWSE, [...filters, rowsToFetch(query), name, code]);
      return pageOf(rows, query, { tag: BROWSING.tag, keys: (row) => [row.model, row.code], view: ({ view }) => view });
    }
    const [score = null, name = null, code = null] = placeAfter(SEARCHING, query) ?? [];
    const rows: OfferRow[] = await this.db.query(SEARCH, [
      ...filters,
      ...wordsOf(query.q),
      rowsToFetch(query),
      boundedInt(score),
      name,
      code,
    ]);
    return pageOf(rows, query, {
      tag: SEARCHING.tag,
      keys: (row) => [row.score, row.model, row.code],
      view: ({ view }) => view,
    });
  }

  /** How many SKUs of the search have which property. @throws InvalidInput, NotFound */
  async facets(caller: Caller, query: CatalogueQuery): Promise<FacetsView> {
    const filters = filtersOf(query, await this.places.origin(query, caller.storeId));
    const items: FacetView[] = await (query.q === undefined
      ? this.db.query(BROWSE_FACETS, filters)
      : this.db.query(SEARCH_FACETS, [...filters, ...wordsOf(query.q)]));
    return { items };
  }

  /** A model with every SKU and what the stores near have of it. @throws NotFound */
  async model(caller: Caller, modelId: string, query: NearQuery): Promise<CatalogueModelView> {
    const { near, locationId } = await this.places.origin(query, caller.storeId);
    const [view]: CatalogueModelView[] = await this.db.query(MODEL_WITH_STOCK, [
      ...near,
      query.currency,
      modelId,
      locationId,
    ]);
    if (!view) throw new NotFound('No such device model.');
    return view;
  }

  /** Which stores near have it. @throws InvalidInput, NotFound */
  async stores(caller: Caller, query: AvailabilityQuery): Promise<AvailabilityView> {
    const { near } = await this.places.origin(query, caller.storeId);
    if (near[0] === null) throw missing('/locationId', 'Say from where: a location, or latitude and longitude.');
    if (!query.skuId && !query.modelId && !query.q)
      throw missing('/skuId', 'Say of what: a SKU, a model or a text to search for.');
    const wanted = [
      query.skuId ?? null,
      query.modelId ?? null,
      query.condition ?? null,
      query.grade ?? null,
      query.channel ?? null,
    ];
    const rows: { view: StoreStockView }[] = await (query.q === undefined
      ? this.db.query(AVAILABILITY, [...near, ...wanted])
      : this.db.query(AVAILABILITY_FOUND, [...near, ...wanted, ...wordsOf(query.q)]));
    return { stores: rows.map(({ view }) => view) };
  }
}

function filtersOf(query: CatalogueQuery, { near, locationId }: Origin): unknown[] {
  return [
    ...[...near, locationId, query.currency, query.brand === undefined ? null : nameKey(query.brand)],
    ...[query.condition ?? null, query.grade ?? null, query.storageGb ?? null],
    ...[query.priceFromMinor ?? null, query.priceToMinor ?? null, query.channel ?? null, query.lifecycle ?? null],
    query.availableNear ?? false,
  ];
}

function wordsOf(q: string): [string, string, string[]] {
  const { whole, words } = searchPatterns(q);
  // A text without a letter or digit would match everything.
  return [plainText(q), whole === '%%' ? '%\u0001%' : whole, words];
}

/** A cursor is the client's to bend: a number beyond the column's range finds nothing rather than failing. */
const boundedInt = (score: number | null) => (score === null ? null : Math.max(-1, Math.min(score, 1_000_000)));

const missing = (pointer: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'query', pointer, code: 'MISSING', detail }]);
