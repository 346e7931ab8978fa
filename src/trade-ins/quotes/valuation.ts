import type { PaymentPlanDto } from '../rules/terms.dto.js';
import { instalments, minorUnits } from '../../values/money.js';

/** What the price book says for a handset. */
export interface PriceFound {
  versionId: string;
  versionCode: string;
  /** The amount of its line, in minor units; null when there is none: then we do not buy it. */
  lineMinor: number | null;
  deductions: readonly { problem: string; amountMinor: number }[];
  /** No deductions take a price below this. */
  floorMinor: number;
}

/** What a promotion gives for a handset; rules of campaigns put these in. */
export interface AppliedPromotion {
  promotionId: string;
  /** FLOOR lifts the value to the amount, TOP_UP adds the amount. */
  mode: 'FLOOR' | 'TOP_UP';
  amountMinor: number;
}

export const TRACE_STEPS = ['PRICE_LINE', 'DEDUCTION', 'FLOOR', 'PROMOTION'] as const;
export type TraceStepName = (typeof TRACE_STEPS)[number];

/** One step of the computation; the amounts of all steps add up to the value. */
export interface TraceStep {
  step: TraceStepName;
  /** What it is about: a price book's version, a fault, a promotion. */
  about: string;
  amountMinor: number;
}

/** What a handset is worth to us, and how that came about. */
export interface Valuation {
  /** What the price book makes of it; null when we do not buy it. */
  marketMinor: number | null;
  /** What promotions add. */
  promotionMinor: number;
  trace: TraceStep[];
}

/**
 * The value of a handset: its line less deductions, never below the floor nor above the line, and what promotions add.
 * Of several floors the highest counts; what is added comes on top.
 */
export function valueOf(price: PriceFound | null, promotions: readonly AppliedPromotion[] = []): Valuation {
  if (!price || price.lineMinor === null) return { marketMinor: null, promotionMinor: 0, trace: [] };
  const trace: TraceStep[] = [{ step: 'PRICE_LINE', about: price.versionCode, amountMinor: price.lineMinor }];
  for (const { problem, amountMinor } of price.deductions) {
    trace.push({ step: 'DEDUCTION', about: problem, amountMinor: -amountMinor });
  }
  const least = Math.min(price.floorMinor, price.lineMinor);
  const deducted = sumOf(trace);
  if (deducted < least) trace.push({ step: 'FLOOR', about: price.versionCode, amountMinor: least - deducted });
  const marketMinor = sumOf(trace);
  trace.push(...promotionSteps(marketMinor, promotions));
  return { marketMinor, promotionMinor: sumOf(trace) - marketMinor, trace };
}

function promotionSteps(marketMinor: number, promotions: readonly AppliedPromotion[]): TraceStep[] {
  const [floor] = promotions
    .filter(({ mode, amountMinor }) => mode === 'FLOOR' && amountMinor > marketMinor)
    .toSorted((one, other) => other.amountMinor - one.amountMinor);
  const lifted = floor ? [{ about: floor.promotionId, amountMinor: floor.amountMinor - marketMinor }] : [];
  const added = promotions.filter(({ mode }) => mode === 'TOP_UP');
  return [...lifted, ...added.map(({ promotionId, amountMinor }) => ({ about: promotionId, amountMinor }))].map(
    (one) => ({
      step: 'PROMOTION',
      ...one,
    }),
  );
}

const sumOf = (trace: readonly TraceStep[]): number =>
  minorUnits(trace.reduce((sum, { amountMinor }) => sum + amountMinor, 0));

/** What a way to be paid comes to. */
export interface PlanOffer {
  code: string;
  instrument: PaymentPlanDto['instrument'];
  timing: PaymentPlanDto['timing'];
  /** The market value. */
  marketMinor: number;
  /** Promotions and what this way gives on top. */
  extraMinor: number;
  /** What the customer gets. */
  totalMinor: number;
  /** The monthly credits, which add up to the total; empty for what is paid at once. */
  instalmentsMinor: number[];
}

const BASIS = 10_000;

/** Half a minor unit counts as a whole one, once, at the line. */
const share = (amountMinor: number, basisPoints: number): number =>
  minorUnits(Math.floor((amountMinor * basisPoints * 2 + BASIS) / (BASIS * 2)));

/** What a plan makes of a value. */
export function planOffer(plan: PaymentPlanDto, marketMinor: number, promotionMinor: number): PlanOffer {
  const extraMinor = promotionMinor + share(marketMinor, plan.extraBasisPoints);
  const totalMinor = minorUnits(marketMinor + extraMinor);
  const { code, instrument, timing, months, remainder = 'FIRST' } = plan;
  const instalmentsMinor = months === undefined ? [] : instalments(totalMinor, months, remainder);
  return { code, instrument, timing, marketMinor, extraMinor, totalMinor, instalmentsMinor };
}
