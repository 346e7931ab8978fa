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
  /** The currency of the price. */
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
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** The SKU's code. */
  @Text(1, 64)
  code: string;
  /** Id of the model. */
  @Id()
  modelId: string;
  /** Id of the hardware variant. */
  @Id()
  variantId: string;
  /** Name of the brand. */
  @Text(1, 100)
  brand: string;
  /** Name of the model. */
  @Text(1, 200)
  model: string;
  /** The maker's own code; empty when unknown. */
  @Text(0, 100)
  makerCode: string;
  /** Storage in GB; 0 when the maker states none. */
  @WholeNumber(0, 65_536)
  storageGb: number;
  /** Colour; empty when the maker names none. */
  @Text(0, 100)
  colour: string;
  /** New, or in which way used. */
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  /** Retail grade; null for what has none. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  /** Where the model stands between announcement and the end of support. */
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle;
  /** What it costs today; null when it has no price. */
  @Nullable()
  @Nested(() => OfferPriceView)
  price: OfferPriceView | null;
  /** How it can be bought at the location reckoned from. */
  @ListOfChoices(CHANNELS, 'Channel')
  channels: string[];
  /** How many are free, here and near. */
  @Nested(() => OfferAvailabilityView)
  available: OfferAvailabilityView;
}

export class OfferPageView {
  /** What stands on this page. */
  @ListOf(() => OfferView, 0, 200)
  items: OfferView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** How many SKUs of the search have a property. */
export class FacetView {
  /** Which property. */
  @OneOf(['BRAND', 'CONDITION', 'GRADE', 'STORAGE_GB', 'LIFECYCLE', 'CHANNEL'], 'FacetName')
  facet: string;
  /** The property, as the filter of the same name takes it. */
  @Text(1, 100)
  value: string;
  /** How many SKUs have it. */
  @WholeNumber(1, 100_000_000)
  count: number;
}

export class FacetsView {
  /** The properties, those of one kind together. */
  @ListOf(() => FacetView, 0, 10_000)
  items: FacetView[];
}

/** Free pieces of one SKU in one store. */
export class StoreStockLineView {
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** The SKU's code. */
  @Text(1, 64)
  code: string;
  /** New, or in which way used. */
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  /** Retail grade; null for what has none. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  /** Free pieces on the shelf. */
  @WholeNumber(1, 100_000_000)
  available: number;
}

/** A store and what it has on its shelf. */
export class StoreStockView {
  /** Id of the store. */
  @Id()
  locationId: string;
  /** The store's code. */
  @Text(1, 64)
  code: string;
  /** Name of the store. */
  @Text(1, 200)
  name: string;
  /** City of the store. */
  @Text(0, 200)
  city: string;
  /** Whether the store is open for business. */
  @OneOf(OPENING_STATES, 'OpeningState')
  openingState: OpeningState;
  /** Kilometres as the crow flies; null when nothing is reckoned from. */
  @Nullable()
  @Decimal(0, 21_000)
  distanceKm: number | null;
  /** What it has of it. */
  @ApiProperty({ type: () => [StoreStockLineView], maxItems: 1000 })
  stock: StoreStockLineView[];
}

/** Stores that have any of it, the nearest first. */
export class AvailabilityView {
  /** The stores, the nearest first. */
  @ListOf(() => StoreStockView, 0, 200)
  stores: StoreStockView[];
}

/** A model with every SKU and the stores that have any of it. */
export class CatalogueModelView {
  /** Id of the model. */
  @Id()
  modelId: string;
  /** Name of the brand. */
  @Text(1, 100)
  brand: string;
  /** Name of the model. */
  @Text(1, 200)
  model: string;
  /** Where the model stands between announcement and the end of support. */
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle;
  /** Every SKU of the model. */
  @ListOf(() => OfferView, 0, 1000)
  offers: OfferView[];
  /** Stores that have any of it, the nearest first. */
  @ListOf(() => StoreStockView, 0, 200)
  stores: StoreStockView[];
}
