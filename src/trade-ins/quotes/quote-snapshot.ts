import type { CheckResult } from '../checks/handset-checks.js';
import type { Hardware } from '../questions/offered-handsets.js';
import type { Answered, Buckets } from '../questions/questionnaire.js';
import type { EcoDto, Stop } from '../rules/question-set.dto.js';
import type { QuoteOutcome, QuoteReason } from './trade-in-quote.lifecycle.js';
import type { AppliedPromotion, PlanOffer, PriceFound, TraceStep } from './valuation.js';

/** A version of a rule, as a quote names it. */
export interface RuleNamed {
  id: string;
  code: string;
  hash: string;
}

/** Everything a quote promises and rests on, frozen with it. Never an identifier of the handset or of a person. */
export interface QuoteSnapshot {
  outcome: QuoteOutcome;
  /** Why it is not bought, not taken, or bought in some ways only; all reasons. */
  reasons: QuoteReason[];
  hardware: Hardware;
  questionSet: RuleNamed;
  terms: RuleNamed;
  jurisdiction: RuleNamed | null;
  answers: Answered[];
  stop: Stop | null;
  buckets: Buckets;
  problems: string[];
  price: PriceFound | null;
  promotions: AppliedPromotion[];
  trace: TraceStep[];
  plans: PlanOffer[];
  checks: CheckResult[];
  eco: EcoDto | null;
}

export const named = ({ id, code, hash }: RuleNamed): RuleNamed => ({ id, code, hash });
