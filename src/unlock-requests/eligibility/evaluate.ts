import { dayIn } from '../../values/time.js';
import type { CheckName } from './check-catalogue.js';
import { ACCOUNT_CHECKS } from './checks.account.js';
import { DEVICE_CHECKS } from './checks.device.js';
import { REQUEST_CHECKS } from './checks.request.js';
import type { UnlockFacts } from './facts.js';
import { type Check, fail, type Finding, type Look, pass } from './finding.js';
import type { Reason } from './reasons.js';
import {
  type Alternative,
  type CheckRule,
  type Exemption,
  isAll,
  isAny,
  isCheck,
  type Rule,
  type RuleSet,
} from './rule.js';

const ALL_CHECKS: Record<CheckName, Check> = { ...ACCOUNT_CHECKS, ...DEVICE_CHECKS, ...REQUEST_CHECKS };

/** How the rules came out: yes, no, or for a person or a later look to say. */
export const VERDICTS = ['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDECIDED'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One rule with what it found. `path` is its place in the policy, as a JSON pointer. */
export interface CheckedRule extends Finding {
  path: string;
  check: string;
  parameters: Readonly<Record<string, unknown>>;
  /** 1 for the identifier asked about, 2 for the second one of the handset. */
  identifier: number;
}

export interface Evaluation {
  verdict: Verdict;
  /** When the answer would become yes if nothing but time changes; null when it would not, or is yes already. */
  nextEligibleAt: string | null;
  /** Every reason that stands in the way, each once; none when the answer is yes. */
  reasons: Reason[];
  checks: CheckedRule[];
}

/** What is asked for besides: another way to the same end, an exemption. */
export interface Asked {
  alternative?: string | null;
  /** Waives its rules once one of its documents has been accepted. */
  exemption?: string | null;
}

interface Tree {
  outcome: 'PASS' | 'FAIL' | 'UNKNOWN';
  /** For a FAIL: when time alone will mend it. */
  from: string | null;
  /** Why it is not a yes; empty for one, also when parts of it failed that were not needed. */
  reasons: Reason[];
  checks: CheckedRule[];
}

const MET: Tree = { outcome: 'PASS', from: null, reasons: [], checks: [] };

interface Walk {
  look: Look;
  rules: RuleSet;
  waived: ReadonlySet<string>;
  replaced: ReadonlySet<string>;
  identifier: number;
}

/**
 * Whether a handset may be unlocked under the rules of a policy. Pure: the same facts at the same instant give the same
 * answer, whoever asks. Every rule is looked at, also after one has failed, so that all reasons are told at once.
 */
export function evaluate(rules: RuleSet, facts: UnlockFacts, at: Date, asked: Asked = {}): Evaluation {
  const found = evaluatedAt(rules, facts, at, asked);
  if (found.nextEligibleAt === null) return found;
  // Something else may have run out by then, such as usage that must be recent: then no date is promised.
  const then = evaluatedAt(rules, facts, new Date(found.nextEligibleAt), asked);
  return then.verdict === 'ELIGIBLE' ? found : { ...found, nextEligibleAt: null };
}

function evaluatedAt(rules: RuleSet, facts: UnlockFacts, at: Date, asked: Asked): Evaluation {
  const alternative = rules.alternatives.find(({ name }) => name === asked.alternative);
  const waived = waivedBy(rules, facts, asked.exemption);
  const today = dayIn(rules.timeZone, at);
  const whose = rules.allIdentifiersMustPass ? facts.identifiers : facts.identifiers.slice(0, 1);
  const byIdentifier = whose.map((identifier, index) => {
    const look: Look = { facts, identifier, at, today, timeZone: rules.timeZone };
    const walk = { look, rules, waived, replaced: new Set(alternative?.replaces), identifier: index + 1 };
    return allOf(rulesAsked(rules, alternative), walk);
  });
  return concluded(joined([...byIdentifier, ...channelTree(rules, facts)], false), byIdentifier);
}

/** The exemption's rules are waived only for whoever has shown one of its documents, through a channel that takes it. */
function waivedBy({ exemptions }: RuleSet, facts: UnlockFacts, claimed?: string | null): ReadonlySet<string> {
  const exemption = exemptions.find(({ name }) => name === claimed);
  return new Set(exemption && isShown(exemption, facts) ? exemption.waives : []);
}

export function isShown({ documents, channels }: Exemption, facts: UnlockFacts): boolean {
  const shown = documents.some((document) => facts.acceptedDocuments.includes(document));
  return shown && (channels.length === 0 || channels.includes(facts.channel));
}

interface Placed {
  rule: Rule;
  path: string;
}

const placed = (rules: readonly Rule[], above: string): Placed[] =>
  rules.map((rule, at) => ({ rule, path: `${above}/${at}` }));

function rulesAsked({ rules, alternatives }: RuleSet, alternative: Alternative | undefined): Placed[] {
  if (!alternative) return placed(rules, '/rules');
  const own = placed(alternative.rules, `/alternatives/${alternatives.indexOf(alternative)}/rules`);
  return [...placed(rules, '/rules'), ...own];
}

function walked({ rule, path }: Placed, walk: Walk): Tree {
  if (isCheck(rule)) return checked(rule, path, walk);
  if (isAll(rule)) return allOf(placed(rule.all, `${path}/all`), walk);
  if (isAny(rule)) return joined(trees(placed(rule.any, `${path}/any`), walk), true);
  if (walk.waived.has(rule.group) || walk.replaced.has(rule.group)) return MET;
  return allOf(placed(walk.rules.groups[rule.group] ?? [], `/groups/${rule.group}`), walk);
}

const trees = (rules: readonly Placed[], walk: Walk): Tree[] => rules.map((one) => walked(one, walk));
const allOf = (rules: readonly Placed[], walk: Walk): Tree => joined(trees(rules, walk), false);

function checked(rule: CheckRule, path: string, { look, waived, replaced, identifier }: Walk): Tree {
  const { check, ...parameters } = rule;
  // What an alternative replaces is not asked; its own rules may well be of the same kind.
  if (replaced.has(check) && path.startsWith('/rules')) return MET;
  const found = ALL_CHECKS[check](look, rule);
  const finding: Finding = waived.has(check) && found.outcome !== 'PASS' ? { ...found, outcome: 'WAIVED' } : found;
  const outcome = finding.outcome === 'WAIVED' ? 'PASS' : finding.outcome;
  const reasons = outcome !== 'PASS' && finding.reason ? [finding.reason] : [];
  return { outcome, from: finding.passesFrom, reasons, checks: [{ ...finding, path, check, parameters, identifier }] };
}

/** Three answers joined: one yes is enough for `any`; one no is enough against `all`; else what is unknown decides. */
function joined(parts: readonly Tree[], any: boolean): Tree {
  const checks = parts.flatMap((part) => part.checks);
  const [decides, otherwise] = any ? (['PASS', 'FAIL'] as const) : (['FAIL', 'PASS'] as const);
  const has = (outcome: Tree['outcome']) => parts.some((part) => part.outcome === outcome);
  const outcome = has(decides) ? decides : has('UNKNOWN') ? 'UNKNOWN' : any && !parts.length ? 'PASS' : otherwise;
  const reasons = outcome === 'PASS' ? [] : [...new Set(parts.flatMap((part) => part.reasons))];
  return { outcome, from: outcome === 'PASS' ? null : timeOf(parts, any), reasons, checks };
}

/**
 * `all` waits for the last of those that do not pass, `any` for the first. What is unknown has no time, but `any` of
 * something unknown and something that comes with time has: whatever the unknown is, from then on it passes.
 */
function timeOf(parts: readonly Tree[], any: boolean): string | null {
  const open = parts.filter(({ outcome }) => outcome !== 'PASS');
  const times = open.map(({ from }) => from);
  const known = times.filter((time): time is string => time !== null).sort();
  if (any) return known[0] ?? null;
  return known.length === times.length ? (known.at(-1) ?? null) : null;
}

function channelTree({ requiredChannel }: RuleSet, { channel }: UnlockFacts): Tree[] {
  if (requiredChannel === null) return [];
  const right = channel === requiredChannel;
  const finding = right ? pass(channel, requiredChannel) : fail('WRONG_CHANNEL', channel, requiredChannel);
  const check = { ...finding, path: '/requiredChannel', check: 'CHANNEL', parameters: {}, identifier: 1 };
  return [
    right ? { ...MET, checks: [check] } : { outcome: 'FAIL', from: null, reasons: ['WRONG_CHANNEL'], checks: [check] },
  ];
}

function concluded(whole: Tree, byIdentifier: readonly Tree[]): Evaluation {
  const verdict = ({ PASS: 'ELIGIBLE', FAIL: 'NOT_ELIGIBLE', UNKNOWN: 'UNDECIDED' } as const)[whole.outcome];
  const second = byIdentifier.slice(1).some(({ outcome }) => outcome !== 'PASS');
  return {
    verdict,
    nextEligibleAt: verdict === 'NOT_ELIGIBLE' ? whole.from : null,
    reasons: second ? [...whole.reasons, 'SECOND_IMEI_FAILS'] : whole.reasons,
    checks: whole.checks,
  };
}
