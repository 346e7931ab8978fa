import type { RegistryStatus } from '../../block-lists/registry-answer.js';
import type { SkuCondition, SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import type { GradeProfile } from '../standards/grade-profile.js';
import { ruleOf } from '../standards/grade-profile.js';
import type { CosmeticGrade, Erasure, LockState } from './unit-condition.js';

/** What is asked besides of a handset that somebody else had before. */
export interface SecondHandFacts {
  /** What the latest erasure certificate of this holding says; null without one. */
  certificate: 'PASS' | 'FAIL' | null;
  /** What the registries said lately; null when nobody asked within a day. They know no handset without an IMEI. */
  blockList: RegistryStatus | 'NO_IMEI' | null;
  /** Whether it was graded by the profile in force. */
  gradedByLiveProfile: boolean;
}

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
  /** What the buyer is told of a minor fault. */
  disclosure: string | null;
  encumbrances: readonly string[];
  /** Null for what comes from the maker. */
  secondHand: SecondHandFacts | null;
}

/** Why a unit does not pass. */
export const GATE_REASONS = [
  'NOT_REFURBISHED',
  'NOT_TESTED',
  'FUNCTIONAL_FAULT',
  'GRADE_MISSING',
  'GRADE_OUTDATED',
  'GRADE_TOO_LOW',
  'BATTERY_WORN',
  'LOCKED',
  'NOT_ERASED',
  'ERASURE_NOT_CERTIFIED',
  'BLOCK_LISTED',
  'BLOCK_LIST_UNKNOWN',
  'COST_UNKNOWN',
  'KIT_INCOMPLETE',
  'WARRANTY_MISSING',
  'DISCLOSURE_MISSING',
  'ENCUMBERED',
] as const;
export type GateReason = (typeof GATE_REASONS)[number];

const WORST_FUNCTIONAL = 2;

/**
 * Everything that keeps a unit from being sold; empty when it may go on the shelf. All reasons, not the first. The
 * profile is the one in force; what is new needs none.
 */
export function gateReasons(facts: GateFacts, profile?: GradeProfile): GateReason[] {
  const refurbished = facts.condition === 'REFURBISHED';
  const rule = facts.grade === null ? undefined : ruleOf(profile, facts.grade);
  const failing: Record<GateReason, boolean> = {
    ...secondHandReasons(facts),
    NOT_REFURBISHED: facts.condition === 'USED',
    NOT_TESTED: facts.functional === null,
    FUNCTIONAL_FAULT: facts.functional !== null && facts.functional > WORST_FUNCTIONAL,
    GRADE_MISSING: refurbished && (rule === undefined || facts.cosmetic === null),
    GRADE_TOO_LOW: belowGrade(facts, rule),
    BATTERY_WORN: refurbished && rule !== undefined && (facts.batteryPct ?? 0) < rule.batteryPct,
    LOCKED: facts.lockState !== 'UNLOCKED',
    NOT_ERASED: facts.erasure !== 'PASS' && !(facts.erasure === 'NOT_NEEDED' && facts.condition === 'NEW'),
    COST_UNKNOWN: facts.costMinor === null,
    KIT_INCOMPLETE: !facts.kitComplete,
    WARRANTY_MISSING: refurbished && facts.warrantyDays === null,
    DISCLOSURE_MISSING: refurbished && facts.functional === WORST_FUNCTIONAL && facts.disclosure === null,
    ENCUMBERED: facts.encumbrances.length > 0,
  };
  return GATE_REASONS.filter((reason) => failing[reason]);
}

function secondHandReasons({ condition, secondHand }: GateFacts) {
  const listed = secondHand?.blockList;
  return {
    GRADE_OUTDATED: condition === 'REFURBISHED' && secondHand !== null && !secondHand.gradedByLiveProfile,
    ERASURE_NOT_CERTIFIED: secondHand !== null && secondHand.certificate !== 'PASS',
    BLOCK_LISTED: listed === 'BLOCKED' || listed === 'CLAIMED',
    // An unreachable registry makes nothing clean.
    BLOCK_LIST_UNKNOWN: secondHand !== null && (listed === null || listed === 'UNKNOWN'),
  };
}

function belowGrade({ condition, cosmetic, functional }: GateFacts, rule: GradeProfile['grades'][number] | undefined) {
  if (condition !== 'REFURBISHED' || !rule || cosmetic === null || functional === null) return false;
  return !rule.cosmetic.includes(cosmetic) || functional > rule.functional;
}
