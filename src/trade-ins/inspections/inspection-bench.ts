import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { type CheckResult, HandsetChecks } from '../checks/handset-checks.js';
import { planOf } from '../intake/acceptance-terms.js';
import { priceThen } from '../price-books/price-lookup.query.js';
import { needHardware, OfferedHandsets } from '../questions/offered-handsets.js';
import { type Answered, walk } from '../questions/questionnaire.js';
import { needAnswers } from '../quotes/quote-looking.js';
import { readQuote } from '../quotes/trade-in-quotes.query.js';
import { RuleBook } from '../rules/rule-book.js';
import type { RuleInForce } from '../rules/rule-content.js';
import { readTrade } from '../trades/trade-ins.query.js';
import type { InspectTradeInDto } from './inspection.dto.js';
import { reQuote, type ReQuote } from './re-quote.js';

/** A handset on the bench, and what it comes to. */
export interface Bench {
  handset: { imei14: string; variantId: string };
  answers: Answered[];
  result: ReQuote;
  checks: CheckResult[];
  secondPersonAboveMinor: number;
  quotedBy: string;
}

/** Looks at a handset, outside any transaction: what it is, what registries say, and what the frozen book makes of it. */
@Injectable()
export class InspectionBench {
  constructor(
    private readonly db: DataSource,
    private readonly book: RuleBook,
    private readonly handsets: OfferedHandsets,
    private readonly checks: HandsetChecks,
  ) {}

  /** @throws InvalidInput, NotFound */
  async look({ caller }: Call, id: string, form: InspectTradeInDto): Promise<Bench> {
    const trade = await readTrade(this.db, id, caller);
    const { snapshot, imei14, quotedBy } = await readQuote(this.db, trade.quoteId);
    const [set, terms] = (await Promise.all([
      this.book.version(snapshot.questionSet.id),
      this.book.version(snapshot.terms.id),
    ])) as [RuleInForce<'QUESTION_SET'>, RuleInForce<'TERMS'>];
    needAnswers(set.content, form.answers);
    const handset = await this.handsets.find(form.identifier, form.variantId ?? trade.variantId);
    const { variantId, modelId, storageGb } = needHardware(handset);
    const { buckets, problems, stop } = walk(set.content, form.answers);
    const asked = { modelId, storageGb, buckets, problems };
    const [price, { checks }] = await Promise.all([
      snapshot.price && !stop ? priceThen(this.db, snapshot.price.versionId, asked) : null,
      this.checks.look(handset.imei14, { ...handset.record, held: null }),
    ]);
    const otherHandset = handset.imei14 !== imei14 && !handset.record.otherImei14s.includes(imei14);
    const plan = planOf(terms, trade.planCode);
    const { toleranceMinor, secondPersonAboveMinor } = terms.content;
    const result = reQuote({
      ...{ quote: snapshot, plan, toleranceMinor, answers: form.answers, otherHandset, variantId, price },
    });
    return {
      handset: { imei14: handset.imei14, variantId },
      ...{ answers: form.answers, result, secondPersonAboveMinor, quotedBy },
      checks: checks.filter(({ name }) => name !== 'OWN_STOCK'),
    };
  }
}
