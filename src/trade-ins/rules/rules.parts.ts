import { RuleBook } from './rule-book.js';
import { TradeInRulesController } from './trade-in-rules.controller.js';
import { TradeInRulesReads } from './trade-in-rules.query.js';
import { TradeInRules } from './trade-in-rules.service.js';

export const RULE_PARTS = {
  controllers: [TradeInRulesController],
  providers: [RuleBook, TradeInRulesReads, TradeInRules],
};
