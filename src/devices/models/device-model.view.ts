import { NextCursor } from '../../platform/http/page.js';
import {
  DateOnly,
  Id,
  Instant,
  ListOf,
  ListOfChoices,
  ListOfTexts,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { PresentPriceView } from '../prices/price.view.js';
import { SKU_CONDITIONS, SKU_GRADES, type SkuCondition, type SkuGrade } from '../skus/sku.lifecycle.js';
import {
  LICENCE_RULES,
  type LicenceRule,
  MODEL_ACT_NAMES,
  MODEL_LIFECYCLE,
  type ModelAct,
  type ModelLifecycle,
} from './device-model.lifecycle.js';

export class BrandView {
  /** Id of the brand. */
  @Id()
  id: string;
  /** Name of the brand. */
  @Text(1, 120)
  name: string;
}

export class BrandPageView {
  /** Brands, by name. */
  @ListOf(() => BrandView, 0, 200)
  items: BrandView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A device model in a list. */
export class DeviceModelView {
  /** Id of the model. */
  @Id()
  id: string;
  /** Id of its brand. */
  @Id()
  brandId: string;
  /** Name of its brand. */
  @Text(1, 120)
  brand: string;
  /** Name of the model without the brand. */
  @Text(1, 120)
  name: string;
  /** Other words people find it by. */
  @ListOfTexts(0, 50, 80)
  aliases: string[];
  /** Where in its life it is. */
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle;
  /** Day of the maker's announcement. */
  @Nullable()
  @DateOnly()
  announcedOn: string | null;
  /** Last day of the maker's licence; null when no end is known. */
  @Nullable()
  @DateOnly()
  licenceEndsOn: string | null;
  /** What happens after that day; null when no end is known. */
  @Nullable()
  @OneOf(LICENCE_RULES, 'LicenceRule')
  licenceRule: LicenceRule | null;
  /** Counts the changes; it is the ETag. */
  @WholeNumber(1, 999_999_999)
  version: number;
  /** When it was changed last. */
  @Instant()
  updatedAt: string;
}

export class DeviceModelPageView {
  /** Models, by name. */
  @ListOf(() => DeviceModelView, 0, 200)
  items: DeviceModelView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** One way a variant is sold. */
export class VariantSkuView {
  /** Id of the SKU. */
  @Id()
  id: string;
  /** Its code. */
  @Text(1, 64)
  code: string;
  /** New, refurbished or opened. */
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  /** Retail grade; null unless refurbished. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  /** What it costs at present, one price a currency. */
  @ListOf(() => PresentPriceView, 0, 100)
  prices: PresentPriceView[];
}

/** One hardware of a model. */
export class DeviceVariantView {
  /** Id of the variant. */
  @Id()
  id: string;
  /** The maker's own code. */
  @Text(1, 60)
  makerCode: string;
  /** Storage in gigabytes. */
  @WholeNumber(0, 65_536)
  storageGb: number;
  /** Colour, in the maker's word. */
  @Text(1, 60)
  colour: string;
  /** Radio bands. */
  @ListOfTexts(0, 100, 40)
  bands: string[];
  /** How it is sold. */
  @ListOf(() => VariantSkuView, 0, 10)
  skus: VariantSkuView[];
}

/** A device model with its hardware, how it is sold and what it costs. */
export class DeviceModelDetailView extends DeviceModelView {
  /** What may be done with it next. */
  @ListOfChoices(MODEL_ACT_NAMES, 'ModelAct')
  acts: ModelAct[];
  /** Its hardware. */
  @ListOf(() => DeviceVariantView, 0, 2000)
  variants: DeviceVariantView[];
}
