import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Flag,
  Id,
  IdentifierText,
  ListOf,
  ListOfTexts,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { CHECK_PHASES, type CheckPhase } from '../checks/check.words.js';
import { CounterOfferView, TradeInInspectionView } from '../inspections/inspection.view.js';
import { TradeInCreditView } from '../money/trade-in-credit.view.js';
import { CheckResultView } from '../quotes/trade-in-quote.view.js';
import { TRADE_IN_CHANNELS, type TradeInChannel } from '../rules/terms.words.js';
import { TRADE_IN_STATES, type TradeInState } from './trade-in.lifecycle.js';

/** What one check found, and when in the trade-in. */
export class TradeInCheckView extends CheckResultView {
  /** When it was looked into. */
  @OneOf(CHECK_PHASES, 'TradeInCheckPhase')
  phase: CheckPhase;
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
  /** When it was found on a block list after it had been paid; null for never, and for customers. */
  @Moment({ nullable: true })
  listedAt: string | null;
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
