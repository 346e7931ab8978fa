import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../platform/problems.js';
import { HandsetChecks } from '../checks/handset-checks.js';
import type { OfferedHandset } from '../questions/offered-handsets.js';
import { answerFaults } from '../questions/questionnaire.js';
import type { QuestionSetDto } from '../rules/question-set.dto.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import type { QuoteTradeInDto } from './trade-in-quote.dto.js';

/** What a quote looks up by rules and registries. */
@Injectable()
export class QuoteLooking {
  constructor(
    private readonly book: RuleBook,
    private readonly checks: HandsetChecks,
  ) {}

  /** The questions in force for the model, and that they were answered as asked. @throws InvalidInput */
  async questionsFor(modelId: string, { answers }: QuoteTradeInDto): Promise<RuleInForce<'QUESTION_SET'>> {
    const set = await this.book.questionSetFor(modelId);
    if (!set) {
      const detail = 'There are no questions in force for handsets of this model.';
      throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/identifier', code: 'NO_QUESTIONS', detail }]);
    }
    needAnswers(set.content, answers);
    return set;
  }

  findings = ({ imei14, record }: OfferedHandset) => this.checks.look(imei14, record);
}

/** @throws InvalidInput with everything that is wrong with the answers */
export function needAnswers(set: QuestionSetDto, answers: QuoteTradeInDto['answers']): void {
  const faults = answerFaults(set, answers);
  if (faults.length) throw new InvalidInput('The answers do not fit the questions; see errors.', {}, faults);
}
