import { ApiProperty } from '@nestjs/swagger';
import { CHANNELS } from '../../devices/channels/channels.js';
import { MODEL_LIFECYCLE, type ModelLifecycle } from '../../devices/models/device-model.lifecycle.js';
import { SKU_CONDITIONS, SKU_GRADES, type SkuCondition, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Decimal,
  Id,
  ListOf,
  ListOfChoices,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { OPENING_STATES, type OpeningState } from '../locations/stock-location.lifecycle.js';

/** What it costs today. */
export class OfferPriceView {
  @CurrencyCode()
  currency: string;
  /** Full price in minor units. */
  @Cents()
  amountMinor: number;
  /** Paid at once when bought by instalments, in minor units. */
  @Cents()
  downPaymentMinor: number;
  /** Number of monthly instalments; null when it is sold at the full price only. */
  @Nullable()
  @WholeNumber(1, 60)
  months: number | null;
}

/** Free pieces: never what is reserved, quarantined or barred from sale. */
export class OfferAvailabilityView {
  /** On the shelf of the location reckoned from; null without one. */
  @Nullable()
  @WholeNumber(0, 100_000_000)
  here: number | null;
  /** On the shelves of open stores within the radius, this one among them. */
  @WholeNumber(0, 100_000_000)
  nearby: number;
  /** How many stores within the radius have any. */
  @WholeNumber(0, 100_000)
  nearbyStores: number;
}

/** One SKU as a till offers it. */
export class OfferView {
  @Id()
  skuId: string;
  /** The SKU's code. */
  @Text(1, 64)
  code: string;
  @Id()
  modelId: string;
  @Id()
  variantId: string;
  @Text(1, 100)
  brand: string;
  @Text(1, 200)
  model: string;
  /** The maker's own code; empty when unknown. */
  @Text(0, 100)
  makerCode: string;
  /** Storage in GB; 0 when the maker states none. */
  @WholeNumber(0, 65_536)
  storageGb: number;
  @Text(0, 100)
  colour: string;
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle;
  @Nullable()
  @Nested(() => OfferPriceView)
  price: OfferPriceView | null;
  /** How it can be bought at the location reckoned from. */
  @ListOfChoices(CHANNELS, 'Channel')
  channels: string[];
  @Nested(() => OfferAvailabilityView)
  available: OfferAvailabilityView;
}

export class OfferPageView {
  @ListOf(() => OfferView, 0, 200)
  items: OfferView[];
  @NextCursor()
  nextCursor: string | null;
}

/** How many SKUs of the search have a property. */
export class FacetView {
  @OneOf(['BRAND', 'CONDITION', 'GRADE', 'STORAGE_GB', 'LIFECYCLE', 'CHANNEL'], 'FacetName')
  facet: string;
  /** The property, as the filter of the same name takes it. */
  @Text(1, 100)
  value: string;
  @WholeNumber(1, 100_000_000)
  count: number;
}

export class FacetsView {
  @ListOf(() => FacetView, 0, 10_000)
  items: FacetView[];
}

/** Free pieces of one SKU in one store. */
export class StoreStockLineView {
  @Id()
  skuId: string;
  @Text(1, 64)
  code: string;
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  @WholeNumber(1, 100_000_000)
  available: number;
}

/** A store and what it has on its shelf. */
export class StoreStockView {
  @Id()
  locationId: string;
  @Text(1, 64)
  code: string;
  @Text(1, 200)
  name: string;
  @Text(0, 200)
  city: string;
  @OneOf(OPENING_STATES, 'OpeningState')
  openingState: OpeningState;
  /** Kilometres as the crow flies; null when nothing is reckoned from. */
  @Nullable()
  @Decimal(0, 21_000)
  distanceKm: number | null;
  @ApiProperty({ type: () => [StoreStockLineView], maxItems: 1000 })
  stock: StoreStockLineView[];
}

/** Stores that have any of it, the nearest first. */
export class AvailabilityView {
  @ListOf(() => StoreStockView, 0, 200)
  stores: StoreStockView[];
}

/** A model with every SKU and the stores that have any of it. */
export class CatalogueModelView {
  @Id()
  modelId: string;
  @Text(1, 100)
  brand: string;
  @Text(1, 200)
  model: string;
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle;
  @ListOf(() => OfferView, 0, 1000)
  offers: OfferView[];
  /** Stores that have any of it, the nearest first. */
  @ListOf(() => StoreStockView, 0, 200)
  stores: StoreStockView[];
}
