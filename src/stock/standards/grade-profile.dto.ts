import { SKU_GRADES, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { Code, ListOf, ListOfChoices, OneOf, WholeNumber } from '../../values/fields.js';
import { COSMETIC_GRADES, type CosmeticGrade } from '../units/unit-condition.js';
import { STANDARD_CODE } from './standard.lifecycle.js';

export class GradeRuleDto {
  /** The retail grade. */
  @OneOf(SKU_GRADES, 'SkuGrade')
  grade: SkuGrade;
  /** Looks that are good enough for it. */
  @ListOfChoices(COSMETIC_GRADES, 'CosmeticGrade', 1)
  cosmetic: CosmeticGrade[];
  /** Battery health that it needs, in percent of new. */
  @WholeNumber(0, 100)
  batteryPct: number;
  /** The worst functional grade that is good enough. */
  @WholeNumber(0, 2)
  functional: number;
}

/** What each retail grade promises. */
export class DraftGradeProfileDto {
  /** Its name among versions. */
  @Code(STANDARD_CODE, 40, '2026-2')
  code: string;
  /** The grades, each once; one that is left out is given to no handset. */
  @ListOf(() => GradeRuleDto, 1, 4)
  grades: GradeRuleDto[];
}
