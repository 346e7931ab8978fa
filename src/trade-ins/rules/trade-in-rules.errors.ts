import { refusal } from '../../platform/problem.js';

export class TradeInRuleWindowTaken extends refusal(
  409,
  'TRADE_IN_RULE_WINDOW_TAKEN',
  'Another version is in force in that time',
) {}
