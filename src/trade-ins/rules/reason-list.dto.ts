import { Code, Flag, ListOf, Maybe, Nested, OneOf } from '../../values/fields.js';
import { RULE_WORD, RULE_WORD_LONGEST, WordsDto } from './words.dto.js';

export const REASON_USES = ['COUNTER_OFFER', 'SUSPENSION', 'REJECTION'] as const;
export type ReasonUse = (typeof REASON_USES)[number];

export const REASON_CATEGORIES = ['FUNCTIONAL', 'AESTHETIC', 'TRANSPORT', 'SUSPENSION', 'REJECTION'] as const;
export type ReasonCategory = (typeof REASON_CATEGORIES)[number];

/** A reason that may be given to a customer. */
export class TradeInReasonDto {
  /** What stands for it; never used again for another. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN_CRACKED')
  code: string;
  /** What it may be given for. */
  @OneOf(REASON_USES, 'TradeInReasonUse')
  use: ReasonUse;
  /** What it is about. */
  @OneOf(REASON_CATEGORIES, 'TradeInReasonCategory')
  category: ReasonCategory;
  /** Whether a photograph has to show it. */
  @Flag()
  evidenceNeeded: boolean;
  /** How customers read it. */
  @Nested(() => WordsDto)
  text: WordsDto;
  /** Served only for handsets whose owners are asked this question; left out, for all. */
  @Maybe()
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'KEYBOARD')
  question?: string;
}

/** The reasons there are. */
export class ReasonListDto {
  /** Each of them. */
  @ListOf(() => TradeInReasonDto, 1, 200)
  reasons: TradeInReasonDto[];
}
