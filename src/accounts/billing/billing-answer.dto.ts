import { Code, ListOf, Nested, Nullable } from '../../values/fields.js';
import { BilledDeviceView, BilledLineView } from './billing-facts.view.js';

/** As many questions as are put at once. */
export const MOST_QUESTIONS = 1000;

/** What a billing system says to one question. */
export class BillingFactDto {
  /** The device that was asked about: tells answers that came in another order. */
  @Code(/^\d{14}$/, 14)
  imei14: string;
  @Nullable()
  @Nested(() => BilledDeviceView)
  device: BilledDeviceView | null;
  @Nullable()
  @Nested(() => BilledLineView)
  line: BilledLineView | null;
}

/** What a billing system answers to a list of questions, in their order. */
export class BillingAnswerDto {
  @ListOf(() => BillingFactDto, 1, MOST_QUESTIONS)
  facts: BillingFactDto[];
}
