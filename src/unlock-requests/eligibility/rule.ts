import type { CheckName } from './check-catalogue.js';

/** Parameters of a check, such as `{ min: 40, clock: 'CONSECUTIVE_ACTIVE' }`. */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One thing that must be so. */
export type CheckRule = { check: CheckName } & Parameters;

/** A rule of a policy: one check, a group of rules that must all or in part be met, or a group defined by name. */
export type Rule = CheckRule | { all: readonly Rule[] } | { any: readonly Rule[] } | { group: string };

/** Another way to the same end: the rules it replaces, and those that stand in their place. */
export interface Alternative {
  name: string;
  /** What an unlock granted so counts as under a cap; left out, the alternative's own name. */
  unlockKind?: string;
  replaces: readonly string[];
  rules: readonly Rule[];
}

/** Who need not meet a rule, and what shows that they are such a person. */
export interface Exemption {
  name: string;
  waives: readonly string[];
  /** Any one of these documents shows it. */
  documents: readonly string[];
  /** Where it can be claimed; empty for anywhere. */
  channels: readonly string[];
  familyMemberMayApply: boolean;
}

/** The part of a policy that is evaluated. */
export interface RuleSet {
  groups: Readonly<Record<string, readonly Rule[]>>;
  rules: readonly Rule[];
  alternatives: readonly Alternative[];
  exemptions: readonly Exemption[];
  allIdentifiersMustPass: boolean;
  requiredChannel: string | null;
  /** The zone whose days are counted. */
  timeZone: string;
}

export const isCheck = (rule: Rule): rule is CheckRule => 'check' in rule;
export const isAll = (rule: Rule): rule is { all: readonly Rule[] } => 'all' in rule;
export const isAny = (rule: Rule): rule is { any: readonly Rule[] } => 'any' in rule;
