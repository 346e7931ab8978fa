import { SKU_GRADES, type SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import type { CosmeticGrade } from '../units/unit-condition.js';

/** What a retail grade promises: looks, battery health in percent of new, and how well it works. */
export interface GradeRule {
  grade: SkuGrade;
  cosmetic: readonly CosmeticGrade[];
  batteryPct: number;
  /** The worst functional grade that is still good enough. */
  functional: number;
}

/** Which condition makes which retail grade, best first. Its version is stored with whatever is graded by it. */
export interface GradeProfile {
  version: string;
  grades: readonly GradeRule[];
}

/** How a handset was found to be. */
export interface Condition {
  cosmetic: CosmeticGrade;
  functional: number;
  batteryPct: number | null;
}

export const ruleOf = (profile: GradeProfile | undefined, grade: SkuGrade): GradeRule | undefined =>
  profile?.grades.find((rule) => rule.grade === grade);

/** The best retail grade a condition reaches, or null for none. */
export function retailGrade(profile: GradeProfile, { cosmetic, functional, batteryPct }: Condition): SkuGrade | null {
  const reached = profile.grades.find(
    (rule) => rule.cosmetic.includes(cosmetic) && functional <= rule.functional && (batteryPct ?? 0) >= rule.batteryPct,
  );
  return reached?.grade ?? null;
}

/** The rules of a profile, best grade first, whichever way they were written down. */
export const bestFirst = (rules: readonly GradeRule[]): GradeRule[] =>
  [...rules].sort((a, b) => SKU_GRADES.indexOf(a.grade) - SKU_GRADES.indexOf(b.grade));
