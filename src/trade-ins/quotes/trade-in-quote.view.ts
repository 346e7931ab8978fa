import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Id,
  ListOf,
  ListOfChoices,
  ListOfTexts,
  ListOfWholes,
  MOST_MINOR,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { CHECK_NAMES, CHECK_OUTCOMES, type CheckName, type CheckOutcome } from '../checks/check.words.js';
import { TradeInHardwareView } from '../questions/questions.view.js';
import { AnswerDto, EcoDto, type Stop, STOPS } from '../rules/question-set.dto.js';
import {
  type Instrument,
  INSTRUMENTS,
  type Timing,
  TIMINGS,
  TRADE_IN_CHANNELS,
  type TradeInChannel,
} from '../rules/terms.words.js';
import {
  QUOTE_OUTCOMES,
  QUOTE_REASONS,
  QUOTE_STATES,
  type QuoteOutcome,
  type QuoteReason,
  type QuoteState,
} from './trade-in-quote.lifecycle.js';
import { TRACE_STEPS, type TraceStepName } from './valuation.js';

/** A version of a rule that the quote goes by, for ever. */
export class RuleNamedView {
  /** The version. */
  @Id()
  id: string;
  /** What its versions go by. */
  @Text(1, 60)
  code: string;
  /** SHA-256 of what it says, in hexadecimal. */
  @Text(64, 64)
  hash: string;
}

/** The bucket of the handset on each axis. */
export class BucketsView {
  /** How it looks. */
  @Text(1, 40)
  GRADE: string;
  /** How it works. */
  @Text(1, 40)
  FUNCTION: string;
  /** Whether a carrier has locked it. */
  @Text(1, 40)
  CARRIER_LOCK: string;
}

/** One step of the computation. */
export class TraceStepView {
  /** What was done. */
  @OneOf(TRACE_STEPS, 'TradeInTraceStep')
  step: TraceStepName;
  /** What it is about. */
  @Text(1, 100)
  about: string;
  /** What it adds or takes away, in minor units. */
  @WholeNumber(-MOST_MINOR, MOST_MINOR)
  amountMinor: number;
}

/** A way to be paid. */
export class PlanOfferView {
  /** What stands for it: to be named at the acceptance. */
  @Text(1, 40)
  code: string;
  /** How the money comes. */
  @OneOf(INSTRUMENTS, 'TradeInInstrument')
  instrument: Instrument;
  /** When it is paid. */
  @OneOf(TIMINGS, 'TradeInTiming')
  timing: Timing;
  /** The market value. */
  @Cents()
  marketMinor: number;
  /** What is paid on top of it. */
  @Cents()
  extraMinor: number;
  /** What the customer gets. */
  @Cents()
  totalMinor: number;
  /** The monthly credits; empty for what is paid at once. */
  @ListOfWholes(0, 60, 0, MOST_MINOR)
  instalmentsMinor: number[];
}

/** What one check found. */
export class CheckResultView {
  /** What was looked into. */
  @OneOf(CHECK_NAMES, 'TradeInCheckName')
  name: CheckName;
  /** What came of it; UNKNOWN is no pass. */
  @OneOf(CHECK_OUTCOMES, 'TradeInCheckOutcome')
  outcome: CheckOutcome;
  /** Who says so. */
  @Text(1, 500)
  source: string;
  /** When it was asked. */
  @Moment()
  checkedAt: string;
  /** What it rests on. */
  @Nullable()
  @Text(1, 500)
  reference: string | null;
}

/** What we offer for a handset, and why; it never changes, only how it stands. */
export class TradeInQuoteView {
  /** Its id. */
  @Id()
  id: string;
  /** The number people know it by. */
  @Text(21, 21)
  number: string;
  /** How it stands. */
  @OneOf(QUOTE_STATES, 'TradeInQuoteState')
  status: QuoteState;
  /** What we do with the handset. */
  @OneOf(QUOTE_OUTCOMES, 'TradeInQuoteOutcome')
  outcome: QuoteOutcome;
  /** Why it is not bought, not taken, or bought in some ways only; all reasons. */
  @ListOfChoices(QUOTE_REASONS, 'TradeInQuoteReason')
  reasons: QuoteReason[];
  /** How the handset is to come to us. */
  @OneOf(TRADE_IN_CHANNELS, 'TradeInChannel')
  channel: TradeInChannel;
  /** Where it is taken in. */
  @Id()
  locationId: string;
  /** The hardware. */
  @Nested(() => TradeInHardwareView)
  hardware: TradeInHardwareView;
  /** What the owner answered. */
  @ListOf(() => AnswerDto, 0, 60)
  answers: AnswerDto[];
  /** What an answer ended; null for none. */
  @Nullable()
  @OneOf(STOPS, 'TradeInStop')
  stop: Stop | null;
  /** How the answers grade it. */
  @Nested(() => BucketsView)
  buckets: BucketsView;
  /** Faults that are deducted for where the price book does. */
  @ListOfTexts(0, 60, 40)
  problems: string[];
  /** ISO 4217 code of all amounts. */
  @CurrencyCode()
  currency: string;
  /** The market value in minor units; null when it is not bought. */
  @Nullable()
  @Cents(1)
  marketMinor: number | null;
  /** What promotions add. */
  @Cents()
  promotionMinor: number;
  /** The computation; its steps add up to market value and promotions. */
  @ListOf(() => TraceStepView, 0, 200)
  trace: TraceStepView[];
  /** The version of the price book; null where there is none. */
  @Nullable()
  @Text(1, 60)
  priceVersion: string | null;
  /** The ways to be paid. */
  @ListOf(() => PlanOfferView, 0, 20)
  plans: PlanOfferView[];
  /** What was looked into. */
  @ListOf(() => CheckResultView, 0, 20)
  checks: CheckResultView[];
  /** The questions it goes by. */
  @Nested(() => RuleNamedView)
  questionSet: RuleNamedView;
  /** The terms that an acceptance agrees to. */
  @Nested(() => RuleNamedView)
  terms: RuleNamedView;
  /** The law it goes by; null where the carrier has written none down, and may not buy. */
  @Nullable()
  @Nested(() => RuleNamedView)
  jurisdiction: RuleNamedView | null;
  /** What trading it in saves; null where nobody knows. */
  @Nullable()
  @Nested(() => EcoDto)
  eco: EcoDto | null;
  /** SHA-256 of all that it promises, in hexadecimal. */
  @Text(64, 64)
  hash: string;
  /** When it was made. */
  @Moment()
  offeredAt: string;
  /** Until when it keeps its word. */
  @Moment()
  expiresAt: string;
  /** Its version as a resource. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class TradeInQuotePageView {
  /** The quotes, the latest first. */
  @ListOf(() => TradeInQuoteView, 0, 200)
  items: TradeInQuoteView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
