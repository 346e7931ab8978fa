import type { SkuCondition, SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import type { CosmeticGrade, Erasure, LockState } from './unit-condition.js';

/** What the gate to AVAILABLE looks at. */
export interface GateFacts {
  condition: SkuCondition;
  grade: SkuGrade | null;
  cosmetic: CosmeticGrade | null;
  functional: number | null;
  batteryPct: number | null;
  lockState: LockState;
  erasure: Erasure;
  costMinor: number | null;
  kitComplete: boolean;
  warrantyDays: number | null;
  encumbrances: readonly string[];
}

/** Why a unit does not pass. */
export const GATE_REASONS = [
  'NOT_REFURBISHED',
  'NOT_TESTED',
  'FUNCTIONAL_FAULT',
  'GRADE_MISSING',
  'GRADE_TOO_LOW',
  'BATTERY_WORN',
  'LOCKED',
  'NOT_ERASED',
  'COST_UNKNOWN',
  'KIT_INCOMPLETE',
  'WARRANTY_MISSING',
  'ENCUMBERED',
] as const;
export type GateReason = (typeof GATE_REASONS)[number];

/** Which looks and battery a retail grade promises. The version is stored with each inspection. */
export const GRADE_PROFILE = {
  version: '2026-1',
  grades: {
    PRISTINE: { cosmetic: ['A'], batteryPct: 90, functional: 1 },
    EXCELLENT: { cosmetic: ['A', 'B'], batteryPct: 85, functional: 1 },
    GOOD: { cosmetic: ['A', 'B'], batteryPct: 80, functional: 1 },
    FAIR: { cosmetic: ['A', 'B', 'C'], batteryPct: 80, functional: 2 },
  } satisfies Record<SkuGrade, { cosmetic: CosmeticGrade[]; batteryPct: number; functional: number }>,
} as const;

const WORST_FUNCTIONAL = 2;

/** The best retail grade a condition reaches, or null for none. */
export function retailGrade(cosmetic: CosmeticGrade, functional: number, batteryPct: number | null): SkuGrade | null {
  const grades = Object.entries(GRADE_PROFILE.grades) as [
    SkuGrade,
    { cosmetic: readonly string[]; batteryPct: number; functional: number },
  ][];
  const reached = grades.find(
    ([, grade]) =>
      grade.cosmetic.includes(cosmetic) && functional <= grade.functional && (batteryPct ?? 0) >= grade.batteryPct,
  );
  return reached?.[0] ?? null;
}

/** Everything that keeps a unit from being sold; empty when it may go on the shelf. All reasons, not the first. */
export function gateReasons(facts: GateFacts): GateReason[] {
  const refurbished = facts.condition === 'REFURBISHED';
  const failing: Record<GateReason, boolean> = {
    NOT_REFURBISHED: facts.condition === 'USED',
    NOT_TESTED: facts.functional === null,
    FUNCTIONAL_FAULT: facts.functional !== null && facts.functional > WORST_FUNCTIONAL,
    GRADE_MISSING: refurbished && (facts.grade === null || facts.cosmetic === null),
    GRADE_TOO_LOW: belowGrade(facts),
    BATTERY_WORN:
      refurbished && facts.grade !== null && (facts.batteryPct ?? 0) < GRADE_PROFILE.grades[facts.grade].batteryPct,
    LOCKED: facts.lockState !== 'UNLOCKED',
    NOT_ERASED: facts.erasure !== 'PASS' && !(facts.erasure === 'NOT_NEEDED' && facts.condition === 'NEW'),
    COST_UNKNOWN: facts.costMinor === null,
    KIT_INCOMPLETE: !facts.kitComplete,
    WARRANTY_MISSING: refurbished && facts.warrantyDays === null,
    ENCUMBERED: facts.encumbrances.length > 0,
  };
  return GATE_REASONS.filter((reason) => failing[reason]);
}

function belowGrade({ condition, grade, cosmetic, functional }: GateFacts): boolean {
  if (condition !== 'REFURBISHED' || grade === null || cosmetic === null || functional === null) return false;
  const promised: { cosmetic: readonly string[]; functional: number } = GRADE_PROFILE.grades[grade];
  return !promised.cosmetic.includes(cosmetic) || functional > promised.functional;
}
