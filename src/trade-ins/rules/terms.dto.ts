import {
  Cents,
  Code,
  CurrencyCode,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  Maybe,
  Nested,
  OneOf,
  WholeNumber,
} from '../../values/fields.js';
import type { Remainder } from '../../values/money.js';
import {
  type Instrument,
  INSTRUMENTS,
  LOSS_COVERS,
  type LossCover,
  type Silence,
  SILENCES,
  STOP_REASONS,
  type StopReason,
  TAX_TREATMENTS,
  type TaxTreatment,
  type Timing,
  TIMINGS,
  TRADE_IN_CHANNELS,
  type TradeInChannel,
} from './terms.words.js';
import { RULE_WORD, RULE_WORD_LONGEST, WordsDto } from './words.dto.js';

export const COUNTRY = /^[A-Z]{2}$/;

/** A way to be paid. The same handset may be worth more to whoever takes a gift card. */
export class PaymentPlanDto {
  /** What stands for it. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'BILL_CREDIT')
  code: string;
  /** How customers read it. */
  @Nested(() => WordsDto)
  text: WordsDto;
  /** How the money comes. */
  @OneOf(INSTRUMENTS, 'TradeInInstrument')
  instrument: Instrument;
  /** In how many monthly credits; with MONTHLY_CREDITS only. */
  @Maybe()
  @WholeNumber(2, 60)
  months?: number;
  /** Where the odd cents of monthly credits go; left out, on the first ones. */
  @Maybe()
  @OneOf(['FIRST', 'LAST'], 'Remainder')
  remainder?: Remainder;
  /** What is paid on top of the market value, in hundredths of a per cent of it; a promotion, and kept apart as one. */
  @WholeNumber(0, 10_000)
  extraBasisPoints: number;
  /** How tax sees the market value; left out, not said. */
  @Maybe()
  @OneOf(TAX_TREATMENTS, 'TaxTreatment')
  marketTax?: TaxTreatment;
  /** How tax sees what is paid on top; left out, not said. */
  @Maybe()
  @OneOf(TAX_TREATMENTS, 'TaxTreatment')
  extraTax?: TaxTreatment;
  /** When it is paid. */
  @OneOf(TIMINGS, 'TradeInTiming')
  timing: Timing;
  /** Whether months that passed before the first credit are made up for with it. */
  @Flag()
  catchUp: boolean;
  /** What ends the credits before their time. */
  @ListOfChoices(STOP_REASONS, 'TradeInStopReason')
  stopOn: StopReason[];
}

/** Beyond these a person looks before money moves. */
export class TradeInLimitsDto {
  /** Trade-ins of one seller within thirty days. */
  @WholeNumber(1, 10_000)
  perSellerInThirtyDays: number;
  /** Trade-ins taken by one employee within a day. */
  @WholeNumber(1, 100_000)
  perEmployeeInADay: number;
  /** Trade-ins of one account within thirty days. */
  @WholeNumber(1, 10_000)
  perAccountInThirtyDays: number;
}

/** What carrier and customer agree to. */
export class TermsDto {
  /** ISO 3166 code of the country it is for. */
  @Code(COUNTRY, 2, 'US')
  country: string;
  /** How the handset comes to us. */
  @OneOf(TRADE_IN_CHANNELS, 'TradeInChannel')
  channel: TradeInChannel;
  /** ISO 4217 code of all amounts; price books of the country in another currency do not count. */
  @CurrencyCode()
  currency: string;
  /** Where handsets sent by mail are received; with MAIL only. */
  @Maybe()
  @Id()
  receivesAtLocationId?: string;
  /** For how many days a quote keeps its word. */
  @WholeNumber(1, 90)
  quoteDays: number;
  /** Within how many days of the acceptance the handset has to be here. */
  @WholeNumber(1, 180)
  deadlineDays: number;
  /** How many days later than that it is still taken. */
  @WholeNumber(0, 180)
  graceDays: number;
  /** How many days the customer has to answer a counter-offer. */
  @WholeNumber(1, 90)
  counterOfferDays: number;
  /** What silence on a counter-offer means. */
  @OneOf(SILENCES, 'TradeInSilence')
  silence: Silence;
  /** A difference up to this, in minor units, is let go. */
  @Cents()
  toleranceMinor: number;
  /** How many days a suspended trade-in waits before it is given up. */
  @WholeNumber(1, 365)
  suspensionDays: number;
  /** What is paid for a handset that is lost on its way to us; left out, nothing. With MAIL only. */
  @Maybe()
  @OneOf(LOSS_COVERS, 'TradeInLossCover')
  lostInTransit?: LossCover;
  /** Above this, in minor units, whoever settles must neither have taken the handset in nor inspected it. */
  @Cents()
  secondPersonAboveMinor: number;
  /** Beyond these a person looks before money moves. */
  @Nested(() => TradeInLimitsDto)
  limits: TradeInLimitsDto;
  /** The terms as customers read and accept them. */
  @Nested(() => WordsDto)
  text: WordsDto;
  /** The ways to be paid. */
  @ListOf(() => PaymentPlanDto, 1, 20)
  plans: PaymentPlanDto[];
}
