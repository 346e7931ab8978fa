import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator.js';
import { READ_REFUSALS } from '../../access/usual-refusals.js';
import { Refuses } from '../../platform/http/refuses.decorator.js';
import { BodyTooLarge, MalformedBody, UnsupportedMediaType } from '../../platform/problems.js';
import { RuleBook } from '../rules/rule-book.js';
import { OfferedHandsets } from './offered-handsets.js';
import { AskTradeInQuestionsDto } from './questions.dto.js';
import { TradeInQuestionsView } from './questions.view.js';

@ApiTags('Trade-in quotes')
@Controller('v1/trade-in-questions')
export class TradeInQuestionsController {
  constructor(
    private readonly handsets: OfferedHandsets,
    private readonly book: RuleBook,
  ) {}

  /** Tell which handset it is and what its owner is asked. A POST only to keep the IMEI out of addresses and logs. */
  @Post()
  @HttpCode(200)
  @Allow('trade-ins:ask')
  @Refuses(...READ_REFUSALS, MalformedBody, BodyTooLarge, UnsupportedMediaType)
  async askTradeInQuestions(@Body() { identifier, variantId }: AskTradeInQuestionsDto): Promise<TradeInQuestionsView> {
    const { hardware, candidates } = await this.handsets.find(identifier, variantId);
    const set = hardware && (await this.book.questionSetFor(hardware.modelId));
    return {
      hardware,
      candidates: [...candidates],
      questionSet: set ? { id: set.id, code: set.code, questions: set.content.questions } : null,
    };
  }
}
