import { PageQuery } from '../../platform/http/page.dto.js';
import {
  Cents,
  Code,
  CurrencyCode,
  DateOnly,
  Flag,
  Id,
  ListOf,
  ListOfChoices,
  Maybe,
  Nested,
  OneOf,
  QueryWhole,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Jurisdiction } from '../../values/jurisdiction.js';
import { TimeZone } from '../../values/time-zone.js';
import { UNLOCK_CHANNELS, type UnlockChannel } from '../eligibility/facts.js';
import { AlternativeDto, ExemptionDto, RuleGroupDto, UnlockRuleDto } from './unlock-rule.dto.js';
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

export const POLICY_CODE = /^[A-Z0-9][A-Z0-9-]{0,59}$/;
export const CALENDAR_CODE = /^[A-Z0-9][A-Z0-9_-]{0,39}$/;

export class UnlockFeeDto {
  /** ISO 4217 code of both amounts. */
  @CurrencyCode()
  currency: string;
  /** What customers and former customers pay, in minor units. */
  @Cents()
  customerMinor: number;
  /** What others pay, in minor units. */
  @Cents()
  othersMinor: number;
  /** Free for everybody so many months after the purchase; left out, never. */
  @Maybe()
  @WholeNumber(0, 120)
  freeAfterMonths?: number;
}

export class TemporaryUnlockDto {
  /** How long it lasts. */
  @WholeNumber(1, 366)
  days: number;
  /** Whether the handset is locked again afterwards, unless it has become eligible meanwhile. */
  @Flag()
  relock: boolean;
}

export class AbuseLimitsDto {
  /** Requests from one source in a month. */
  @WholeNumber(1, 1_000_000)
  maxRequestsPerSourcePerMonth: number;
  /** Per cent of them for handsets that were asked for before. */
  @WholeNumber(1, 100)
  duplicatePercent: number;
}

/** What a policy says. */
export class UnlockPolicyDto {
  /** Its name among policies; versions that follow each other share none. */
  @Code(POLICY_CODE, 60, 'TMUS-POSTPAID-2013-08')
  code: string;
  /** Whose law it lives under. */
  @Jurisdiction()
  jurisdiction: string;
  /** The carrier's brand it is for; left out, all. */
  @Maybe()
  @Text(1, 60)
  brand?: string;
  /** Whose devices it is for. */
  @OneOf(POLICY_SEGMENTS, 'PolicySegment')
  segment: PolicySegment;
  /** Which day of a device decides that it falls under this version; left out, the purchase. */
  @Maybe()
  @OneOf(POLICY_ANCHORS, 'PolicyAnchor')
  anchor?: PolicyAnchor;
  /** The first such day. */
  @DateOnly()
  effectiveFrom: string;
  /** The last such day; left out, until the next version begins. */
  @Maybe()
  @DateOnly()
  effectiveTo?: string;
  /** The zone whose days are counted. */
  @TimeZone()
  timeZone: string;
  /** The calendar whose business days are counted. */
  @Code(CALENDAR_CODE, 40, 'US-FEDERAL')
  calendar: string;
  /** Who begins. */
  @OneOf(POLICY_MODES, 'PolicyMode')
  mode: PolicyMode;
  /** Business days within which an automatic unlock or its notice is due; left out, 2. */
  @Maybe()
  @WholeNumber(1, 30)
  autoWithinBusinessDays?: number;
  /** Business days within which a request is answered; left out, 2. */
  @Maybe()
  @WholeNumber(1, 30)
  responseBusinessDays?: number;
  /** Business days within which a request is settled; left out, 10. */
  @Maybe()
  @WholeNumber(1, 120)
  resolutionBusinessDays?: number;
  /** Hours in which a stranger confirms a request; left out, 24. */
  @Maybe()
  @WholeNumber(1, 720)
  confirmWithinHours?: number;
  /** Whether handsets may be sold locked at all; left out, yes. */
  @Maybe()
  @Flag()
  lockAllowed?: boolean;
  /** How customers learn of it; left out, on the web site. */
  @Maybe()
  @ListOfChoices(NOTICES, 'UnlockNotice')
  notices?: Notice[];
  /** The only channel a request is taken through; left out, any. */
  @Maybe()
  @OneOf(UNLOCK_CHANNELS, 'UnlockChannel')
  requiredChannel?: UnlockChannel;
  /** What it costs; left out, nothing. */
  @Maybe()
  @Nested(() => UnlockFeeDto)
  fee?: UnlockFeeDto;
  /** Rules with a name, to be used more than once. */
  @Maybe()
  @ListOf(() => RuleGroupDto, 0, 20)
  groups?: RuleGroupDto[];
  /** Rules that must all be met. */
  @ListOf(() => UnlockRuleDto, 0, 40)
  rules: UnlockRuleDto[];
  /** Other ways to an unlock. */
  @Maybe()
  @ListOf(() => AlternativeDto, 0, 10)
  alternatives?: AlternativeDto[];
  /** Who need not meet a rule. */
  @Maybe()
  @ListOf(() => ExemptionDto, 0, 20)
  exemptions?: ExemptionDto[];
  /** Whether an unlock for a while can be had. */
  @Maybe()
  @Nested(() => TemporaryUnlockDto)
  temporary?: TemporaryUnlockDto;
  /** When a source of requests is stopped. */
  @Maybe()
  @Nested(() => AbuseLimitsDto)
  abuse?: AbuseLimitsDto;
  /** Whether every IMEI of a handset must meet the rules; left out, only the one asked about. */
  @Maybe()
  @Flag()
  allIdentifiersMustPass?: boolean;
  /** Where it is written, for whoever checks it. */
  @Maybe()
  @Text(1, 500)
  source?: string;
}

export class UnlockPolicyParams {
  /** The version of the policy. */
  @Id()
  id: string;
}

export class UnlockPoliciesQuery extends PageQuery {
  /** Only those of this state. */
  @Maybe()
  @OneOf(POLICY_STATES, 'PolicyState')
  status?: PolicyState;
  /** Only those with this code. */
  @Maybe()
  @Code(POLICY_CODE, 60, 'TMUS-POSTPAID-2013-08')
  code?: string;
}

export class PolicyDryRunQuery {
  /** How many of the latest decisions to look at again. */
  @Maybe()
  @QueryWhole(1, 5000)
  decisions?: number;
}
