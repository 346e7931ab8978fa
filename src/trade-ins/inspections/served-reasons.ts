import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { readQuote } from '../quotes/trade-in-quotes.query.js';
import type { ReasonUse, TradeInReasonDto } from '../rules/reason-list.dto.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import { readTrade } from '../trades/trade-ins.query.js';

/** The reasons that may be given in one trade-in: nobody is told that keys do not work on a handset without keys. */
@Injectable()
export class ServedReasons {
  constructor(
    private readonly db: DataSource,
    private readonly book: RuleBook,
  ) {}

  /** @throws NotFound */
  async of(caller: Caller, tradeInId: string): Promise<TradeInReasonDto[]> {
    const { quoteId } = await readTrade(this.db, tradeInId, caller);
    const { snapshot } = await readQuote(this.db, quoteId);
    const set = (await this.book.version(snapshot.questionSet.id)) as RuleInForce<'QUESTION_SET'>;
    const asked = set.content.questions.map(({ id }) => id);
    const all = (await this.book.reasons())?.content.reasons ?? [];
    return all.filter(({ question }) => question === undefined || asked.includes(question));
  }

  /** @throws InvalidInput for reasons that are not served for this use, NotFound */
  async need(
    caller: Caller,
    tradeInId: string,
    use: ReasonUse,
    given: readonly { code: string; pointer: string }[],
  ): Promise<TradeInReasonDto[]> {
    const served = (await this.of(caller, tradeInId)).filter((one) => one.use === use);
    const faults = given.flatMap(({ code, pointer }): Fault[] => {
      if (served.some((one) => one.code === code)) return [];
      return [
        { in: 'body', pointer, code: 'REASON_NOT_SERVED', detail: 'This reason is not served for this trade-in.' },
      ];
    });
    if (faults.length) throw new InvalidInput('See errors: each names a reason that cannot be given here.', {}, faults);
    return served.filter(({ code }) => given.some((one) => one.code === code));
  }
}
