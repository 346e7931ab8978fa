import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { MODEL_LIFECYCLE, type ModelLifecycle } from '../models/device-model.lifecycle.js';
import { PresentPriceView } from '../prices/price.view.js';
import {
  SKU_CONDITIONS,
  SKU_GRADES,
  SKU_KINDS,
  type SkuCondition,
  type SkuGrade,
  type SkuKind,
} from './sku.lifecycle.js';

/** Something that can be sold: hardware in one condition, or an accessory. */
export class SkuView {
  /** Id of the SKU. */
  @Id()
  id: string;
  /** The code it goes by everywhere. */
  @Text(1, 64)
  code: string;
  /** Handset or accessory. */
  @OneOf(SKU_KINDS, 'SkuKind')
  kind: SkuKind;
  /** What to call it on a screen or a receipt. */
  @Text(1, 400)
  name: string;
  /** New, refurbished, opened, or used as handed in. */
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  /** Retail grade; null unless refurbished. */
  @Nullable()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade | null;
  /** Id of the device model; null for accessories. */
  @Nullable()
  @Id()
  modelId: string | null;
  /** Where in its life the model is; null for accessories. */
  @Nullable()
  @OneOf(MODEL_LIFECYCLE, 'ModelLifecycle')
  lifecycle: ModelLifecycle | null;
  /** Id of the hardware; null for accessories. */
  @Nullable()
  @Id()
  variantId: string | null;
  /** The maker's own code of the hardware; null for accessories. */
  @Nullable()
  @Text(1, 60)
  makerCode: string | null;
  /** Storage in gigabytes; null for accessories. */
  @Nullable()
  @WholeNumber(0, 65_536)
  storageGb: number | null;
  /** Colour, in the maker's word; null for accessories. */
  @Nullable()
  @Text(1, 60)
  colour: string | null;
  /** What it costs at present, one price a currency. */
  @ListOf(() => PresentPriceView, 0, 100)
  prices: PresentPriceView[];
}

export class SkuPageView {
  /** SKUs, by code. */
  @ListOf(() => SkuView, 0, 200)
  items: SkuView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
