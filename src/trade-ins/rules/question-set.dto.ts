import { Code, ListOf, ListOfIds, ListOfTexts, Maybe, Nested, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { RULE_WORD, RULE_WORD_LONGEST, WordsDto } from './words.dto.js';

/** What an answer ends: buying by mail (a battery that may catch fire), or buying at all. */
export const STOPS = ['NO_MAIL', 'NOT_BOUGHT'] as const;
export type Stop = (typeof STOPS)[number];

/** On what the price of a handset depends, besides its model and storage. */
export const AXES = ['GRADE', 'FUNCTION', 'CARRIER_LOCK'] as const;
export type Axis = (typeof AXES)[number];

export const MATCHES = ['ALL', 'ANY'] as const;
export type Match = (typeof MATCHES)[number];

/** Holds when the question was answered with one of these. */
export class CriterionDto {
  /** The question. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN')
  question: string;
  /** Answers with which it holds. */
  @ListOfTexts(1, 20, RULE_WORD_LONGEST)
  answers: string[];
}

export class AnswerOptionDto {
  /** What stands for the answer. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'CRACKED')
  code: string;
  /** How customers read it. */
  @Nested(() => WordsDto)
  text: WordsDto;
  /** What this answer ends; nothing more is asked then. */
  @Maybe()
  @OneOf(STOPS, 'TradeInStop')
  stop?: Stop;
}

export class QuestionDto {
  /** What stands for the question. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN')
  id: string;
  /** How customers read it. */
  @Nested(() => WordsDto)
  text: WordsDto;
  /** The answers there are. */
  @ListOf(() => AnswerOptionDto, 2, 20)
  options: AnswerOptionDto[];
  /** Asked only when all of these hold, of questions before it; left out, always. */
  @Maybe()
  @ListOf(() => CriterionDto, 1, 10)
  when?: CriterionDto[];
}

/** Puts a handset into a bucket of one axis; of several the first that fits counts. */
export class GradingDto {
  /** The axis. */
  @OneOf(AXES, 'TradeInAxis')
  axis: Axis;
  /** The bucket, as price books name it. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'FLAWLESS')
  bucket: string;
  /** Whether all criteria must hold, or any; without criteria it always fits. */
  @OneOf(MATCHES, 'TradeInMatch')
  match: Match;
  /** What it is decided by. */
  @ListOf(() => CriterionDto, 0, 30)
  criteria: CriterionDto[];
}

/** A fault that a price book may deduct for. */
export class ProblemDto {
  /** As price books name it. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN_CRACKED')
  code: string;
  /** The handset has it when this question was answered with one of these. */
  @Nested(() => CriterionDto)
  when: CriterionDto;
}

/** What it saves to use a handset once more instead of making one. */
export class EcoDto {
  /** Greenhouse gas not given off, in grams of CO2 equivalent. */
  @WholeNumber(0, 1_000_000)
  co2Grams: number;
  /** Waste not made, in grams. */
  @WholeNumber(0, 1_000_000)
  wasteGrams: number;
  /** Where the figures come from. */
  @Text(1, 300)
  source: string;
}

/** What the owner of a handset is asked, and how the answers grade it. */
export class QuestionSetDto {
  /** The models it is for; none for all that no other set names. */
  @ListOfIds(0, 2000)
  modelIds: string[];
  /** The questions, in the order they are asked. */
  @ListOf(() => QuestionDto, 1, 60)
  questions: QuestionDto[];
  /** The gradings, each axis from the best bucket down; the last of an axis has no criteria. */
  @ListOf(() => GradingDto, 3, 60)
  gradings: GradingDto[];
  /** The faults. */
  @ListOf(() => ProblemDto, 0, 60)
  problems: ProblemDto[];
  /** What trading it in saves. */
  @Maybe()
  @Nested(() => EcoDto)
  eco?: EcoDto;
}

export class AnswerDto {
  /** The question. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'SCREEN')
  question: string;
  /** The answer. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'LIGHT')
  answer: string;
}
