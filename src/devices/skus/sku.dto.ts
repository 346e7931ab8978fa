import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, Id, Maybe, OneOf } from '../../values/fields.js';
import {
  SKU_CODE,
  SKU_CODE_LONGEST,
  SKU_CONDITIONS,
  SKU_GRADES,
  SKU_KINDS,
  type SkuCondition,
  type SkuGrade,
  type SkuKind,
} from './sku.lifecycle.js';

export class SkuParam {
  /** Id of the SKU. */
  @Id()
  id: string;
}

export class ListSkusQuery extends PageQuery {
  /** Only SKUs of this device model. */
  @Maybe()
  @Id()
  modelId?: string;
  /** Only handsets, or only accessories. */
  @Maybe()
  @OneOf(SKU_KINDS, 'SkuKind')
  kind?: SkuKind;
  /** Only SKUs in this condition. */
  @Maybe()
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition?: SkuCondition;
  /** Only SKUs of this retail grade. */
  @Maybe()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade?: SkuGrade;
}

export class AddSkuDto {
  /**
   * The code it goes by everywhere.
   * @example BB-Q10-16-BLK-REF-GOOD
   */
  @Code(SKU_CODE, SKU_CODE_LONGEST)
  code: string;
  /** Handset or accessory. */
  @OneOf(SKU_KINDS, 'SkuKind')
  kind: SkuKind;
  /** The hardware; for handsets, and only for them. */
  @Maybe()
  @Id()
  variantId?: string;
  /** What it is called; for accessories, and only for them. */
  @Maybe()
  @Code(/[\p{L}\p{N}]/u, 120)
  name?: string;
  /** New, refurbished, opened, or used as handed in. */
  @OneOf(SKU_CONDITIONS, 'SkuCondition')
  condition: SkuCondition;
  /** Retail grade; for refurbished ones, and only for them. */
  @Maybe()
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade?: SkuGrade;
}
