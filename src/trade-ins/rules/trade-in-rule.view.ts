import { NextCursor } from '../../platform/http/page.js';
import {
  Code,
  Id,
  ListOf,
  ListOfTexts,
  Maybe,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { JurisdictionRulesDto } from './jurisdiction.dto.js';
import { QuestionSetDto } from './question-set.dto.js';
import { ReasonListDto } from './reason-list.dto.js';
import { TermsDto } from './terms.dto.js';
import { RULE_CODE } from './trade-in-rule.dto.js';
import { RULE_KINDS, RULE_STATES, type RuleKind, type RuleState } from './trade-in-rule.lifecycle.js';

/** One version of a rule of trade-ins. */
export class TradeInRuleView {
  /** Its id. */
  @Id()
  id: string;
  /** What it lays down. */
  @OneOf(RULE_KINDS, 'TradeInRuleKind')
  kind: RuleKind;
  /** What its versions go by. */
  @Code(RULE_CODE, 60, 'KEYBOARD-PHONE')
  code: string;
  /** How it stands. */
  @OneOf(RULE_STATES, 'TradeInRuleState')
  status: RuleState;
  /** When it takes force. */
  @Moment()
  effectiveFrom: string;
  /** When it ends; null while none follows it. */
  @Moment({ nullable: true })
  effectiveTo: string | null;
  /** Where it comes from. */
  @Nullable()
  @Text(1, 500)
  source: string | null;
  /** SHA-256 of what it says, in hexadecimal: quotes and trade-ins name it. */
  @Text(64, 64)
  hash: string;
  /** Everybody who wrote in it: none of them may publish it. */
  @ListOfTexts(1, 50, 200)
  authors: string[];
  /** Who put it into force. */
  @Nullable()
  @Text(1, 200)
  publishedBy: string | null;
  /** When they did. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  /** Its version as a resource. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
  /** With QUESTION_SET. */
  @Maybe()
  @Nested(() => QuestionSetDto)
  questionSet?: QuestionSetDto;
  /** With TERMS. */
  @Maybe()
  @Nested(() => TermsDto)
  terms?: TermsDto;
  /** With JURISDICTION. */
  @Maybe()
  @Nested(() => JurisdictionRulesDto)
  jurisdiction?: JurisdictionRulesDto;
  /** With REASONS. */
  @Maybe()
  @Nested(() => ReasonListDto)
  reasons?: ReasonListDto;
}

export class TradeInRulePageView {
  /** The versions, the latest first. */
  @ListOf(() => TradeInRuleView, 0, 200)
  items: TradeInRuleView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
