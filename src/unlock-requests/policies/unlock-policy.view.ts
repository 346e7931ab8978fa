import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  Code,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  ListOfTexts,
  Nested,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';
import { Moment } from '../../values/views.js';
import { UNLOCK_CHANNELS, type UnlockChannel } from '../eligibility/facts.js';
import { AlternativeDto, RULE_NAME, RuleGroupDto, UnlockRuleDto } from './unlock-rule.dto.js';
import { CALENDAR_CODE, POLICY_CODE, TemporaryUnlockDto, AbuseLimitsDto } from './unlock-policy.dto.js';
import {
  type Notice,
  NOTICES,
  POLICY_ANCHORS,
  POLICY_MODES,
  POLICY_SEGMENTS,
  POLICY_STATES,
  type PolicyAnchor,
  type PolicyMode,
  type PolicySegment,
  type PolicyState,
} from './unlock-policy.lifecycle.js';

export class UnlockFeeView {
  /** ISO 4217 code of both amounts. */
  @CurrencyCode()
  currency: string;
  /** What customers and former customers pay, in minor units. */
  @Cents()
  customerMinor: number;
  /** What others pay, in minor units. */
  @Cents()
  othersMinor: number;
  /** Free for everybody so many months after the purchase; null for never. */
  @Nullable()
  @WholeNumber(0, 120)
  freeAfterMonths: number | null;
}

export class ExemptionView {
  /** Its name, by which it is claimed. */
  @Code(RULE_NAME, 40)
  name: string;
  /** The checks or groups that need not be met. */
  @ListOfTexts(1, 40, 40)
  waives: string[];
  /** The documents of which one must be shown. */
  @ListOfTexts(1, 20, 40)
  documents: string[];
  /** The channels through which it can be claimed; empty for all. */
  @ListOfTexts(0, 10, 40)
  channels: string[];
  /** Whether a member of the family may claim it. */
  @Flag()
  familyMemberMayApply: boolean;
}

/** One version of a policy. */
export class UnlockPolicyView {
  /** The version. */
  @Id()
  id: string;
  /** Its name among policies. */
  @Code(POLICY_CODE, 60)
  code: string;
  /** Whether it is in force. */
  @OneOf(POLICY_STATES, 'PolicyState')
  status: PolicyState;
  /** Whose law it lives under. */
  @Jurisdiction()
  jurisdiction: string;
  /** The carrier's brand it is for; null for all. */
  @Nullable()
  @Text(1, 60)
  brand: string | null;
  /** Whose devices it is for. */
  @OneOf(POLICY_SEGMENTS, 'PolicySegment')
  segment: PolicySegment;
  /** Which day of a device decides that it falls under this version. */
  @OneOf(POLICY_ANCHORS, 'PolicyAnchor')
  anchor: PolicyAnchor;
  /** The first day of devices it holds for. */
  @DateOnly()
  effectiveFrom: string;
  /** The last day; null until the next version begins. */
  @Nullable()
  @DateOnly()
  effectiveTo: string | null;
  /** The zone whose days are counted. */
  @Text(1, 64)
  timeZone: string;
  /** The calendar whose business days are counted. */
  @Code(CALENDAR_CODE, 40)
  calendar: string;
  /** Who begins. */
  @OneOf(POLICY_MODES, 'PolicyMode')
  mode: PolicyMode;
  /** Business days within which an automatic unlock or its notice is due. */
  @WholeNumber(1, 30)
  autoWithinBusinessDays: number;
  /** Business days within which a request is answered. */
  @WholeNumber(1, 30)
  responseBusinessDays: number;
  /** Business days within which a request is settled. */
  @WholeNumber(1, 120)
  resolutionBusinessDays: number;
  /** Hours in which a stranger confirms a request. */
  @WholeNumber(1, 720)
  confirmWithinHours: number;
  /** Whether handsets may be sold locked at all. */
  @Flag()
  lockAllowed: boolean;
  /** How customers learn of it. */
  @ListOfChoices(NOTICES, 'UnlockNotice')
  notices: Notice[];
  /** The only channel a request is taken through; null for any. */
  @Nullable()
  @OneOf(UNLOCK_CHANNELS, 'UnlockChannel')
  requiredChannel: UnlockChannel | null;
  /** What it costs; null for nothing. */
  @Nullable()
  @Nested(() => UnlockFeeView)
  fee: UnlockFeeView | null;
  /** Rules with a name. */
  @ListOf(() => RuleGroupDto, 0, 20)
  groups: RuleGroupDto[];
  /** Rules that must all be met. */
  @ListOf(() => UnlockRuleDto, 0, 40)
  rules: UnlockRuleDto[];
  /** Other ways to an unlock. */
  @ListOf(() => AlternativeDto, 0, 10)
  alternatives: AlternativeDto[];
  /** Who need not meet a rule. */
  @ListOf(() => ExemptionView, 0, 20)
  exemptions: ExemptionView[];
  /** An unlock for a while; null where there is none. */
  @Nullable()
  @Nested(() => TemporaryUnlockDto)
  temporary: TemporaryUnlockDto | null;
  /** When a source of requests is stopped; null where the carrier's own caps are all. */
  @Nullable()
  @Nested(() => AbuseLimitsDto)
  abuse: AbuseLimitsDto | null;
  /** Whether every IMEI of a handset must meet the rules. */
  @Flag()
  allIdentifiersMustPass: boolean;
  /** Where it is written. */
  @Nullable()
  @Text(1, 500)
  source: string | null;
  /** Everybody who wrote in it. */
  @ListOfTexts(1, 100, 200)
  authors: string[];
  /** Who published it; null for a draft. */
  @Nullable()
  @Text(1, 200)
  publishedBy: string | null;
  /** When it was put into force; null for a draft. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class UnlockPolicyPageView {
  /** Policies, the latest first. */
  @ListOf(() => UnlockPolicyView, 0, 200)
  items: UnlockPolicyView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** A decision that would have come out otherwise. */
export class ChangedSideView {
  /** The request it belongs to. */
  @Id()
  requestId: string;
  /** How it was decided. */
  @OneOf(['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDECIDED'], 'UnlockVerdict')
  was: string;
  /** How this policy would decide it, on the same facts at the same instant. */
  @OneOf(['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDECIDED'], 'UnlockVerdict')
  wouldBe: string;
  /** What would stand in the way. */
  @ListOfTexts(0, 50, 40)
  reasons: string[];
}

export class PolicyDryRunView {
  /** Decisions looked at: those of devices this policy is for by place, brand and segment, whatever their date. */
  @WholeNumber(0, 5000)
  decisions: number;
  /** Of them, those that would change side. */
  @WholeNumber(0, 5000)
  changed: number;
  /** Those that would be eligible and were not. */
  @WholeNumber(0, 5000)
  wouldBecomeEligible: number;
  /** Those that were eligible and would not be. */
  @WholeNumber(0, 5000)
  wouldLoseEligibility: number;
  /** The first hundred that would change side, and why. */
  @ListOf(() => ChangedSideView, 0, 100)
  examples: ChangedSideView[];
  /** What each floor in force asks and the policy does not give; empty when it could be published. */
  @ListOfTexts(0, 50, 200)
  belowFloor: string[];
}
