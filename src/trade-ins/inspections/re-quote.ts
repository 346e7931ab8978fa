import type { Answered } from '../questions/questionnaire.js';
import { differing } from '../questions/questionnaire.js';
import type { QuoteSnapshot } from '../quotes/quote-snapshot.js';
import { type PriceFound, planOffer, type TraceStep, valueOf } from '../quotes/valuation.js';
import type { PaymentPlanDto } from '../rules/terms.dto.js';
import type { InspectionVerdict } from './inspection.words.js';

/** A handset as it was inspected, and what it was quoted as. */
export interface Inspected {
  quote: QuoteSnapshot;
  plan: PaymentPlanDto;
  toleranceMinor: number;
  answers: readonly Answered[];
  /** Whether another handset came than was quoted. */
  otherHandset: boolean;
  variantId: string;
  /** The price of the handset as inspected, by the version that the quote has frozen. */
  price: PriceFound | null;
}

/** What an inspection comes to, in minor units. */
export interface ReQuote {
  verdict: InspectionVerdict;
  marketMinor: number | null;
  extraMinor: number;
  /** What was answered otherwise; IMEI and HARDWARE where it is another handset or model. */
  differs: string[];
  trace: TraceStep[];
}

/**
 * Values a handset as it was inspected, by nothing but what the quote has frozen. More than was quoted is given; less
 * within the tolerance is let go; of another handset nothing is taken for granted.
 */
export function reQuote(inspected: Inspected): ReQuote {
  const { quote, plan, toleranceMinor, price, otherHandset } = inspected;
  const value = valueOf(price, quote.promotions);
  const now = value.marketMinor === null ? null : planOffer(plan, value.marketMinor, value.promotionMinor);
  const quoted = quote.plans.find(({ code }) => code === plan.code)!;
  const differs = [
    ...(otherHandset ? ['IMEI'] : []),
    ...(inspected.variantId === quote.hardware.variantId ? [] : ['HARDWARE']),
    ...differing(quote.answers, inspected.answers),
  ];
  const found = (verdict: InspectionVerdict, of: { marketMinor: number; extraMinor: number }): ReQuote => ({
    ...{ verdict, marketMinor: of.marketMinor, extraMinor: of.extraMinor, differs, trace: value.trace },
  });
  const recycling = quote.outcome === 'RECYCLED';
  if (recycling) return found(otherHandset ? 'WORSE' : 'MATCH', { marketMinor: 0, extraMinor: 0 });
  if (!now) return { verdict: 'NOT_BOUGHT', marketMinor: null, extraMinor: 0, differs, trace: [] };
  if (otherHandset) return found('WORSE', now);
  if (now.totalMinor > quoted.totalMinor) return found('UPWARD_ADJUSTMENT', now);
  if (now.totalMinor === quoted.totalMinor) return found('MATCH', now);
  return quoted.totalMinor - now.totalMinor <= toleranceMinor ? found('WITHIN_TOLERANCE', quoted) : found('WORSE', now);
}
