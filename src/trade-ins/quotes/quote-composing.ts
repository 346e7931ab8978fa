import type { HandsetFindings } from '../checks/handset-checks.js';
import type { PriceLooked } from '../price-books/price-lookup.query.js';
import type { Hardware } from '../questions/offered-handsets.js';
import { type Answered, walk, type Walk } from '../questions/questionnaire.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { PaymentPlanDto } from '../rules/terms.dto.js';
import type { TradeInChannel } from '../rules/terms.words.js';
import { named, type QuoteSnapshot } from './quote-snapshot.js';
import { type QuoteReason, REFUSING } from './trade-in-quote.lifecycle.js';
import { type PlanOffer, planOffer, valueOf } from './valuation.js';

/** Everything that a quote is made of. */
export interface QuoteFacts {
  channel: TradeInChannel;
  hardware: Hardware;
  answers: readonly Answered[];
  questionSet: RuleInForce<'QUESTION_SET'>;
  terms: RuleInForce<'TERMS'>;
  jurisdiction: RuleInForce<'JURISDICTION'> | undefined;
  price: PriceLooked | null;
  findings: HandsetFindings;
  /** Whether another trade-in of the handset is under way. */
  open: boolean;
}

/** Taken to be recycled: nothing is paid, and nothing is charged. */
const RECYCLING: PlanOffer = {
  ...{ code: 'RECYCLE', instrument: 'BILL_CREDIT', timing: 'ON_VALIDATION' },
  ...{ marketMinor: 0, extraMinor: 0, totalMinor: 0, instalmentsMinor: [] },
};

/** Makes the quote of the facts. Pure: the same facts make the same quote. */
export function composeQuote(facts: QuoteFacts): QuoteSnapshot {
  const walked = walk(facts.questionSet.content, facts.answers);
  const bought = walked.stop === null && facts.price !== null && !soldOut(facts.price);
  const value = valueOf(bought ? facts.price : null);
  const plans = value.marketMinor === null ? [] : plansOf(facts, value.marketMinor, value.promotionMinor);
  const reasons = reasonsOf(facts, walked, value.marketMinor !== null && plans.length === 0);
  const refused = reasons.some((one) => (REFUSING as readonly string[]).includes(one));
  const outcome = refused ? 'REFUSED' : value.marketMinor === null ? 'RECYCLED' : 'BOUGHT';
  return {
    ...{ outcome, reasons, hardware: facts.hardware, answers: [...facts.answers] },
    ...{ stop: walked.stop, buckets: walked.buckets, problems: walked.problems },
    questionSet: named(facts.questionSet),
    terms: named(facts.terms),
    jurisdiction: facts.jurisdiction ? named(facts.jurisdiction) : null,
    price: facts.price && priceOf(facts.price),
    promotions: [],
    trace: outcome === 'BOUGHT' ? value.trace : [],
    plans: outcome === 'BOUGHT' ? plans : outcome === 'RECYCLED' ? [RECYCLING] : [],
    checks: facts.findings.checks,
    eco: refused ? null : (facts.questionSet.content.eco ?? null),
  };
}

const soldOut = ({ wanted, taken }: PriceLooked): boolean => wanted !== null && taken >= wanted;

/** Only what the quote rests on: how many others were taken at the price is nobody's promise. */
const priceOf = ({ versionId, versionCode, lineMinor, deductions, floorMinor }: PriceLooked) => ({
  ...{ versionId, versionCode },
  ...{ lineMinor, deductions, floorMinor },
});

/** A handset that is still being paid for can only pay for itself, and for all that is owed. */
function plansOf({ terms, jurisdiction, findings, price }: QuoteFacts, marketMinor: number, promotionMinor: number) {
  const allowed = ({ instrument }: PaymentPlanDto) => jurisdiction?.content.instruments.includes(instrument) ?? true;
  const owed = findings.owedMinor ?? 0;
  const fits = ({ instrument, totalMinor }: PlanOffer) =>
    owed > 0
      ? instrument === 'EIP_PAYOFF' && totalMinor >= owed && findings.owedCurrency === price?.currency
      : instrument !== 'EIP_PAYOFF';
  return terms.content.plans
    .filter(allowed)
    .map((plan) => planOffer(plan, marketMinor, promotionMinor))
    .filter(fits);
}

function reasonsOf(facts: QuoteFacts, walked: Walk, unpayable: boolean): QuoteReason[] {
  const failed = (name: string) => facts.findings.checks.some((one) => one.name === name && one.outcome === 'FAIL');
  const { price } = facts;
  const buying = walked.stop === null;
  const holds: Readonly<Record<QuoteReason, boolean>> = {
    BLOCKLISTED: failed('BLOCK_LISTS'),
    OWN_STOCK_IMEI: failed('OWN_STOCK'),
    DUPLICATE_OPEN: facts.open,
    STORE_NOT_LICENSED: !facts.jurisdiction?.content.licensed,
    BATTERY_HAZARD_MAIL: walked.stop === 'NO_MAIL' && facts.channel === 'MAIL',
    PRICE_BOOK_FROZEN: price?.frozen ?? false,
    TRADE_IN_NOT_FUNCTIONAL: walked.stop !== null,
    MODEL_NOT_LISTED: buying && (price === null || price.lineMinor === null),
    NO_MORE_WANTED: buying && price !== null && price.lineMinor !== null && soldOut(price),
    FINANCED_OPEN: (facts.findings.owedMinor ?? 0) > 0,
    NO_WAY_TO_PAY: unpayable,
  };
  return (Object.keys(holds) as QuoteReason[]).filter((reason) => holds[reason]);
}
