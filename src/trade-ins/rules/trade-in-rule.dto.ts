import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, Id, Instant, Maybe, Nested, OneOf, QueryFlag, Text } from '../../values/fields.js';
import { JurisdictionRulesDto } from './jurisdiction.dto.js';
import { QuestionSetDto } from './question-set.dto.js';
import { ReasonListDto } from './reason-list.dto.js';
import { TermsDto } from './terms.dto.js';
import { RULE_KINDS, RULE_STATES, type RuleKind, type RuleState } from './trade-in-rule.lifecycle.js';

export const RULE_CODE = /^[A-Z0-9][A-Z0-9-]*$/;

/** A rule of trade-ins: exactly the part that its kind names is given. */
export class TradeInRuleDto {
  /** What it lays down. */
  @OneOf(RULE_KINDS, 'TradeInRuleKind')
  kind: RuleKind;
  /** What its versions go by, such as a class of devices. */
  @Code(RULE_CODE, 60, 'KEYBOARD-PHONE')
  code: string;
  /** When it takes force: once it has been published at the earliest. Left out, then. */
  @Maybe()
  @Instant()
  effectiveFrom?: string;
  /** When it ends; left out, when another version follows it. */
  @Maybe()
  @Instant()
  effectiveTo?: string;
  /** The law, contract or decision that it comes from. */
  @Maybe()
  @Text(1, 500)
  source?: string;
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

export class TradeInRuleParams {
  /** The version. */
  @Id()
  id: string;
}

export class TradeInRulesQuery extends PageQuery {
  /** Only rules of this kind. */
  @Maybe()
  @OneOf(RULE_KINDS, 'TradeInRuleKind')
  kind?: RuleKind;
  /** Only versions of this rule. */
  @Maybe()
  @Code(RULE_CODE, 60, 'KEYBOARD-PHONE')
  code?: string;
  /** Only versions that stand like this. */
  @Maybe()
  @OneOf(RULE_STATES, 'TradeInRuleState')
  status?: RuleState;
  /** Whether to leave out those that are not in force now. */
  @Maybe()
  @QueryFlag()
  inForce?: boolean;
}
