import { Cents, Id, ListOf, ListOfIds, ListOfTexts, Nullable, OneOf, Text } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { TraceStepView } from '../quotes/trade-in-quote.view.js';
import { AnswerDto } from '../rules/question-set.dto.js';
import { type Silence, SILENCES } from '../rules/terms.words.js';
import {
  COUNTER_OFFER_STATES,
  type CounterOfferState,
  INSPECTION_VERDICTS,
  type InspectionVerdict,
} from './inspection.words.js';

/** What an inspection found. */
export class TradeInInspectionView {
  /** Its id. */
  @Id()
  id: string;
  /** Who inspected; null for customers. */
  @Nullable()
  @Text(1, 200)
  inspectedBy: string | null;
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
