import type { JurisdictionRulesDto } from './jurisdiction.dto.js';
import type { QuestionSetDto } from './question-set.dto.js';
import type { ReasonListDto } from './reason-list.dto.js';
import type { TermsDto } from './terms.dto.js';
import type { RuleKind } from './trade-in-rule.lifecycle.js';

/** What a rule of each kind says. */
export interface RuleContents {
  QUESTION_SET: QuestionSetDto;
  TERMS: TermsDto;
  JURISDICTION: JurisdictionRulesDto;
  REASONS: ReasonListDto;
}

/** The field of a form and of a view that holds what a rule of a kind says. */
export const CONTENT_FIELDS = {
  QUESTION_SET: 'questionSet',
  TERMS: 'terms',
  JURISDICTION: 'jurisdiction',
  REASONS: 'reasons',
} as const satisfies Record<RuleKind, string>;

/** A published version, as decisions go by it. */
export interface RuleInForce<Kind extends RuleKind = RuleKind> {
  id: string;
  kind: Kind;
  code: string;
  /** SHA-256 of the content, in hexadecimal. */
  hash: string;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  content: RuleContents[Kind];
}

export const isOf =
  <Kind extends RuleKind>(kind: Kind) =>
  (rule: RuleInForce): rule is RuleInForce<Kind> =>
    rule.kind === kind;
