import { IntersectionType } from '@nestjs/swagger';
import { CHANNELS, type Channel } from '../../devices/channels/channels.js';
import { MODEL_LIFECYCLE, type ModelLifecycle } from '../../devices/models/device-model.lifecycle.js';
import { SKU_CONDITIONS, SKU_GRADES, type SkuCondition, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import {
  CurrencyCode,
  Id,
  Maybe,
  MOST_MINOR,
  OneOf,
  QueryDecimal,
  QueryFlag,
  QueryWhole,
  Text,
} from '../../values/fields.js';

/** From where "near" is reckoned. Left out, a till's own store. */
export class NearQuery {
  /** The location to reckon from. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Latitude of the place to reckon from, in degrees; together with longitude. */
  @Maybe()
  @QueryDecimal(-90, 90)
  latitude?: number;
  /** Longitude of the place to reckon from, in degrees; together with latitude. */
  @Maybe()
  @QueryDecimal(-180, 180)
  longitude?: number;
  /** How far "near" reaches, in kilometres. */
  @Maybe()
  @QueryWhole(1, 500)
  radiusKm?: number = 50;
  /** The currency of the prices. */
  @Maybe()
  @CurrencyCode()
  currency?: string = 'USD';
}

/** What narrows a search of the catalogue. */
export class CatalogueFilters extends NearQuery {
  /** Free text that forgives typing: brand, model, other names, maker's codes. */
  @Maybe()
  @Text(1, 100)
  q?: string;
  /** Name of the brand. */
  @Maybe()
  @Text(1, 100)
  brand?: string;
  /** Only SKUs of this condition. */
  @Maybe()
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition?: SkuCondition;
  /** Only SKUs of this grade. */
  @Maybe()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade?: SkuGrade;
  /** Storage in GB. */
  @Maybe()
  @QueryWhole(0, 65_536)
  storageGb?: number;
  /** Lowest price in minor units. */
  @Maybe()
  @QueryWhole(0, MOST_MINOR)
  priceFromMinor?: number;
  /** Highest price in minor units. */
  @Maybe()
  @QueryWhole(0, MOST_MINOR)
  priceToMinor?: number;
  /** How it can be bought at the location reckoned from. */
  @Maybe()
  @OneOf(CHANNELS, 'Channel')
  channel?: Channel;
  /** Only models that stand here. */
  @Maybe()
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle?: ModelLifecycle;
  /** Only what a store near has on its shelf. */
  @Maybe()
  @QueryFlag()
  availableNear?: boolean;
}

/** What a till asks the catalogue for. */
export class CatalogueQuery extends IntersectionType(CatalogueFilters, PageQuery) {}

export class AvailabilityQuery extends NearQuery {
  /** Only this SKU. */
  @Maybe()
  @Id()
  skuId?: string;
  /** Only this model. */
  @Maybe()
  @Id()
  modelId?: string;
  /** Only what this text finds in the catalogue. */
  @Maybe()
  @Text(1, 100)
  q?: string;
  /** Only SKUs of this condition. */
  @Maybe()
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition?: SkuCondition;
  /** Only SKUs of this grade. */
  @Maybe()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade?: SkuGrade;
  /** Only where it can be bought this way. */
  @Maybe()
  @OneOf(CHANNELS, 'Channel')
  channel?: Channel;
}

export class CatalogueParams {
  /** Id of the model. */
  @Id()
  modelId: string;
}
