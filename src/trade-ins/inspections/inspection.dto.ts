import { Code, Id, IdentifierText, ListOf, ListOfIds, ListOfTexts, Maybe, OneOf, Text } from '../../values/fields.js';
import { AnswerDto } from '../rules/question-set.dto.js';
import { RULE_WORD, RULE_WORD_LONGEST } from '../rules/words.dto.js';

export class InspectTradeInDto {
  /** The IMEI as the handset's own software tells it; where it does not power on, as it is printed inside. */
  @IdentifierText()
  identifier: string;
  /** Which hardware it is, where the IMEI does not tell. */
  @Maybe()
  @Id()
  variantId?: string;
  /** What is true of the handset: answers to the questions that its owner was asked. */
  @ListOf(() => AnswerDto, 0, 60)
  answers: AnswerDto[];
}

/** There is no price in it: what is offered is what the frozen price book makes of the handset as it was inspected. */
export class CounterOfferDto {
  /** Why, of the reasons served for this trade-in. */
  @ListOfTexts(1, 20, RULE_WORD_LONGEST)
  reasons: string[];
  /** Photographs that show it. */
  @ListOfIds(1, 20)
  photographIds: string[];
  /** In your own words. */
  @Maybe()
  @Text(1, 200)
  comment?: string;
}

export const COUNTER_ANSWERS = ['ACCEPT', 'RETURN', 'RECYCLE'] as const;
export type CounterAnswer = (typeof COUNTER_ANSWERS)[number];

export class AnswerCounterOfferDto {
  /** Take what is offered, have the handset back, or have it recycled. */
  @OneOf(COUNTER_ANSWERS, 'CounterAnswer')
  answer: CounterAnswer;
}

export class GiveReasonDto {
  /** Why, of the reasons served for this trade-in. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'LOCK_ON_RECEIVED')
  reason: string;
  /** In your own words. */
  @Maybe()
  @Text(1, 500)
  note?: string;
}

export class SendBackDto {
  /** Number of the shipment it goes back with; left out where it is handed back over the counter. */
  @Maybe()
  @Code(/^[A-Z0-9][A-Z0-9-]*$/, 60, '1Z999AA10123456784')
  tracking?: string;
}
