import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Flag,
  Id,
  IdentifierText,
  ListOf,
  ListOfIds,
  ListOfTexts,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { CHECK_PHASES, type CheckPhase } from '../checks/check.words.js';
import {
  COUNTER_OFFER_STATES,
  type CounterOfferState,
  INSPECTION_VERDICTS,
  type InspectionVerdict,
} from '../inspections/inspection.words.js';
import {
  COMPONENTS,
  type Component,
  CREDIT_STATES,
  type CreditState,
  INSTALMENT_STATES,
  type InstalmentState,
} from '../money/money.words.js';
import { CheckResultView, TraceStepView } from '../quotes/trade-in-quote.view.js';
import { AnswerDto } from '../rules/question-set.dto.js';
import {
  type Instrument,
  INSTRUMENTS,
  type Silence,
  SILENCES,
  TRADE_IN_CHANNELS,
  type TradeInChannel,
} from '../rules/terms.words.js';
import { TRADE_IN_STATES, type TradeInState } from './trade-in.lifecycle.js';

/** What one check found, and when in the trade-in. */
export class TradeInCheckView extends CheckResultView {
  /** When it was looked into. */
  @OneOf(CHECK_PHASES, 'TradeInCheckPhase')
  phase: CheckPhase;
}

/** What an inspection found. */
export class TradeInInspectionView {
  /** Its id. */
  @Id()
  id: string;
  /** Who inspected. */
  @Text(1, 200)
  inspectedBy: string;
  /** When. */
  @Moment()
  inspectedAt: string;
  /** What it came to. */
  @OneOf(INSPECTION_VERDICTS, 'TradeInInspectionVerdict')
  verdict: InspectionVerdict;
  /** The hardware that was found. */
  @Id()
  variantId: string;
  /** What is true of the handset. */
  @ListOf(() => AnswerDto, 0, 60)
  answers: AnswerDto[];
  /** Questions the seller had answered otherwise; IMEI and HARDWARE where it is another handset or model. */
  @ListOfTexts(0, 70, 40)
  differs: string[];
  /** What the frozen price book makes of it; null when it does not buy it. */
  @Nullable()
  @Cents()
  marketMinor: number | null;
  /** What is given on top. */
  @Cents()
  extraMinor: number;
  /** The computation. */
  @ListOf(() => TraceStepView, 0, 200)
  trace: TraceStepView[];
}

/** Less than was quoted, and why. */
export class CounterOfferView {
  /** Its id. */
  @Id()
  id: string;
  /** How it stands. */
  @OneOf(COUNTER_OFFER_STATES, 'CounterOfferState')
  status: CounterOfferState;
  /** What is offered for the handset as it is; 0 when it can only be returned or recycled. */
  @Cents()
  marketMinor: number;
  /** What is given on top. */
  @Cents()
  extraMinor: number;
  /** Why. */
  @ListOfTexts(1, 20, 40)
  reasons: string[];
  /** In the inspector's words. */
  @Nullable()
  @Text(1, 200)
  comment: string | null;
  /** Photographs that show it. */
  @ListOfIds(1, 20)
  photographIds: string[];
  /** When it was made. */
  @Moment()
  offeredAt: string;
  /** Until when it can be answered. */
  @Moment()
  expiresAt: string;
  /** What silence means. */
  @OneOf(SILENCES, 'TradeInSilence')
  silence: Silence;
  /** When it was answered. */
  @Moment({ nullable: true })
  answeredAt: string | null;
}

export class CreditInstalmentView {
  /** The how manieth it is. */
  @WholeNumber(1, 60)
  no: number;
  /** The day it is due. */
  @Text(10, 10)
  dueOn: string;
  /** How much, in minor units. */
  @Cents()
  amountMinor: number;
  /** How it stands. */
  @OneOf(INSTALMENT_STATES, 'CreditInstalmentState')
  status: InstalmentState;
}

/** What the customer is given, in one way. */
export class TradeInCreditView {
  /** Its id. */
  @Id()
  id: string;
  /** Whether it is market value or on top of it. */
  @OneOf(COMPONENTS, 'TradeInComponent')
  component: Component;
  /** How it is paid. */
  @OneOf(INSTRUMENTS, 'TradeInInstrument')
  instrument: Instrument;
  /** How it stands. */
  @OneOf(CREDIT_STATES, 'TradeInCreditState')
  status: CreditState;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** What the system that paid it calls it. */
  @Nullable()
  @Text(1, 100)
  reference: string | null;
  /** Why it could not be paid. */
  @Nullable()
  @Text(1, 500)
  failure: string | null;
  /** Its months; none for what is paid at once. */
  @ListOf(() => CreditInstalmentView, 0, 60)
  instalments: CreditInstalmentView[];
}

/** A handset on its way from its owner to us. */
export class TradeInView {
  /** Its id. */
  @Id()
  id: string;
  /** The number people know it by. */
  @Text(21, 21)
  number: string;
  /** The quote it goes by. */
  @Id()
  quoteId: string;
  /** How it stands. */
  @OneOf(TRADE_IN_STATES, 'TradeInState')
  status: TradeInState;
  /** What can be done now. */
  @ListOfTexts(0, 30, 40)
  possibleActs: string[];
  /** How the handset comes to us. */
  @OneOf(TRADE_IN_CHANNELS, 'TradeInChannel')
  channel: TradeInChannel;
  /** Where it is taken in. */
  @Id()
  locationId: string;
  /** The IMEI that was quoted. */
  @IdentifierText()
  imei: string;
  /** The IMEI that came; null before that. */
  @Nullable()
  @IdentifierText()
  receivedImei: string | null;
  /** The hardware: as quoted, then as received. */
  @Id()
  variantId: string;
  /** The billing account. */
  @Nullable()
  @Id()
  accountId: string | null;
  /** The way to be paid. */
  @Text(1, 40)
  planCode: string;
  /** ISO 4217 code of all amounts. */
  @CurrencyCode()
  currency: string;
  /** What was quoted in all, in minor units. */
  @Cents()
  quotedMinor: number;
  /** The market value that is paid; null before it is settled what. */
  @Nullable()
  @Cents()
  agreedMinor: number | null;
  /** What is paid on top of it. */
  @Nullable()
  @Cents()
  agreedExtraMinor: number | null;
  /** What a person has to look at before money moves. */
  @ListOfTexts(0, 10, 40)
  review: string[];
  /** Whether somebody has. */
  @Flag()
  reviewed: boolean;
  /** When the offer was taken. */
  @Moment()
  acceptedAt: string;
  /** Until when the handset has to be here. */
  @Moment({ nullable: true })
  deadlineAt: string | null;
  /** Until when the customer has to answer, or what is missing has to come. */
  @Moment({ nullable: true })
  waitsUntil: string | null;
  /** Why it is suspended. */
  @Nullable()
  @Text(1, 40)
  suspendedFor: string | null;
  /** Why it ended. */
  @Nullable()
  @Text(1, 500)
  closeReason: string | null;
  /** The shipment it comes with. */
  @Nullable()
  @Text(1, 60)
  trackingIn: string | null;
  /** The shipment it goes back with. */
  @Nullable()
  @Text(1, 60)
  trackingOut: string | null;
  /** The sealed bag it lies in. */
  @Nullable()
  @Text(1, 60)
  sealedBag: string | null;
  /** The unit of stock it has become. */
  @Nullable()
  @Id()
  unitId: string | null;
  /** When it came. */
  @Moment({ nullable: true })
  receivedAt: string | null;
  /** When it was settled. */
  @Moment({ nullable: true })
  settledAt: string | null;
  /** What was looked into, the first first. */
  @ListOf(() => TradeInCheckView, 0, 100)
  checks: TradeInCheckView[];
  /** Inspections, the first first. */
  @ListOf(() => TradeInInspectionView, 0, 50)
  inspections: TradeInInspectionView[];
  /** The latest counter-offer; null for none. */
  @Nullable()
  @Nested(() => CounterOfferView)
  counterOffer: CounterOfferView | null;
  /** What the customer is given. */
  @ListOf(() => TradeInCreditView, 0, 20)
  credits: TradeInCreditView[];
  /** Its version as a resource. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class TradeInPageView {
  /** The trade-ins. */
  @ListOf(() => TradeInView, 0, 200)
  items: TradeInView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
