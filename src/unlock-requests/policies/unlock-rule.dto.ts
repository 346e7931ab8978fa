import { Code, CurrencyCode, Flag, ListOf, ListOfTexts, Maybe, OneOf, WholeNumber } from '../../values/fields.js';
import { CAP_SCOPES, CHECK_NAMES, type CheckName, CLOCKS } from '../eligibility/check-catalogue.js';

export const RULE_NAME = /^[A-Z][A-Z0-9_]{0,39}$/;
const MOST_RULES = 40;
const LARGEST = 100_000_000;
const SCOPES = ['ANY_LINE', 'REQUESTING_LINE', ...CAP_SCOPES];

/** One rule: a check with its parameters, several that must all or in part be met, or a group by its name. */
export class UnlockRuleDto {
  /** What must be so; `GET /v1/unlock-checks` lists every check with its parameters. */
  @Maybe()
  @OneOf(CHECK_NAMES, 'UnlockCheckName')
  check?: CheckName;
  /** All of these must be met. */
  @Maybe()
  @ListOf(() => UnlockRuleDto, 1, MOST_RULES)
  all?: UnlockRuleDto[];
  /** One of these is enough. */
  @Maybe()
  @ListOf(() => UnlockRuleDto, 1, MOST_RULES)
  any?: UnlockRuleDto[];
  /** The rules of this group. */
  @Maybe()
  @Code(RULE_NAME, 40, 'BASE')
  group?: string;
  /** Days, or payments. */
  @Maybe()
  @WholeNumber(0, 3650)
  min?: number;
  /** Days. */
  @Maybe()
  @WholeNumber(0, 3650)
  minDays?: number;
  /** Calendar months. */
  @Maybe()
  @WholeNumber(1, 120)
  minMonths?: number;
  /** Whether exactly the least amount is enough. */
  @Maybe()
  @OneOf(['AT_LEAST', 'MORE_THAN'], 'RuleComparison')
  comparison?: string;
  /** Which days count. */
  @Maybe()
  @OneOf(CLOCKS, 'ServiceClock')
  clock?: string;
  /** Hours to wait. */
  @Maybe()
  @WholeNumber(1, 8760)
  hours?: number;
  /** Days to wait. */
  @Maybe()
  @WholeNumber(1, 365)
  days?: number;
  /** What to wait for. */
  @Maybe()
  @OneOf(['NEXT_BILL'], 'SettlementEnd')
  until?: string;
  /** After which payments to wait. */
  @Maybe()
  @OneOf(['EARLY_PAYOFF', 'ANY_PAYOFF'], 'SettlementCause')
  when?: string;
  /** Payment channels. */
  @Maybe()
  @ListOfTexts(1, 20, 40)
  channels?: string[];
  /** Asked only of customers of fewer months. */
  @Maybe()
  @WholeNumber(1, 600)
  ifTenureMonthsBelow?: number;
  /** An amount in minor units. */
  @Maybe()
  @WholeNumber(1, LARGEST)
  minMinor?: number;
  /** ISO 4217 code of the amount. */
  @Maybe()
  @CurrencyCode()
  currency?: string;
  /** Which line, or whose unlocks. */
  @Maybe()
  @OneOf(SCOPES, 'RuleScope')
  scope?: string;
  /** Only what happened within so many days. */
  @Maybe()
  @WholeNumber(1, 3650)
  withinDays?: number;
  /** Unlocks. */
  @Maybe()
  @WholeNumber(1, 1000)
  n?: number;
  /** Days over which unlocks are counted. */
  @Maybe()
  @WholeNumber(1, 3650)
  windowDays?: number;
  /** Kinds of unlocks, or of customers. */
  @Maybe()
  @ListOfTexts(1, 10, 40)
  kinds?: string[];
  /** Types of documents. */
  @Maybe()
  @ListOfTexts(1, 20, 40)
  documents?: string[];
}

export class RuleGroupDto {
  /** Its name, for rules of the form `{"group": "BASE"}`. */
  @Code(RULE_NAME, 40, 'BASE')
  name: string;
  /** Rules that must all be met. */
  @ListOf(() => UnlockRuleDto, 1, MOST_RULES)
  rules: UnlockRuleDto[];
}

export class AlternativeDto {
  /** Its name, by which a request asks for it. */
  @Code(RULE_NAME, 40, 'INTERNATIONAL_TRAVEL')
  name: string;
  /** What an unlock granted so counts as under a cap; left out, the name. */
  @Maybe()
  @Code(RULE_NAME, 40, 'TRAVEL')
  unlockKind?: string;
  /** The checks or groups that are not asked for. */
  @ListOfTexts(0, MOST_RULES, 40)
  replaces: string[];
  /** The rules in their place. */
  @ListOf(() => UnlockRuleDto, 0, MOST_RULES)
  rules: UnlockRuleDto[];
}

export class ExemptionDto {
  /** Its name, by which it is claimed. */
  @Code(RULE_NAME, 40, 'MILITARY_DEPLOYED')
  name: string;
  /** The checks or groups that need not be met. */
  @ListOfTexts(1, MOST_RULES, 40)
  waives: string[];
  /** The documents of which one must be shown. */
  @ListOfTexts(1, 20, 40)
  documents: string[];
  /** The channels through which it can be claimed; left out, all. */
  @Maybe()
  @ListOfTexts(1, 10, 40)
  channels?: string[];
  /** Whether a member of the family may claim it. */
  @Maybe()
  @Flag()
  familyMemberMayApply?: boolean;
}
