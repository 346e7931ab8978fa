import { type Exemption, isAll, isAny, isCheck, type Rule, type RuleSet } from '../eligibility/rule.js';
import type { PolicyContent, UnlockPolicyFacts } from './policy-content.js';
import type { UnlockFloor } from './unlock-floor.entity.js';

/** A floor that a policy does not keep, and how. */
export interface FloorBreach {
  floor: string;
  breach: string;
}

const DAYS_A_YEAR = 365;

/** Checks of which time alone is the price, and how many days of it. */
function daysAsked(rule: Rule & { check: string }): number {
  const { min, minDays, minMonths } = rule as unknown as Record<string, number | undefined>;
  const counts = ['DAYS_ACTIVE', 'DAYS_SINCE_PURCHASE', 'DAYS_SINCE_ACTIVATION', 'CUSTOMER_SINCE', 'PAID_SERVICE'];
  if (!counts.includes(rule.check)) return 0;
  return min ?? minDays ?? Math.ceil(((minMonths ?? 0) * DAYS_A_YEAR) / 12);
}

/** How many days the rules make somebody wait at most who does everything else at once. */
export function longestWait(rules: readonly Rule[], groups: RuleSet['groups']): number {
  return Math.max(0, ...rules.map((rule) => waitOf(rule, groups)));
}

function waitOf(rule: Rule, groups: RuleSet['groups']): number {
  if (isCheck(rule)) return daysAsked(rule);
  if (isAll(rule)) return longestWait(rule.all, groups);
  if (isAny(rule)) return Math.min(...rule.any.map((one) => waitOf(one, groups)));
  return longestWait(groups[rule.group] ?? [], groups);
}

const PAYMENT_CHECKS = new Set([
  'PAID_IN_FULL',
  'NO_OPEN_INSTALMENT',
  'NO_OPEN_INSTALMENT_ANYWHERE',
  'SETTLEMENT_HOLD',
]);

function asksPayment(rules: readonly Rule[], groups: RuleSet['groups']): boolean {
  return rules.some((rule) => {
    if (isCheck(rule)) return PAYMENT_CHECKS.has(rule.check);
    if (isAll(rule)) return asksPayment(rule.all, groups);
    if (isAny(rule)) return rule.any.every((one) => asksPayment([one], groups));
    return asksPayment(groups[rule.group] ?? [], groups);
  });
}

const isMilitary = ({ name }: Exemption) => name.startsWith('MILITARY');

/** What each floor in force at the policy's place asks and the policy does not give. */
export function floorBreaches(policy: UnlockPolicyFacts, floors: readonly UnlockFloor[]): FloorBreach[] {
  return floors
    .filter((floor) => floor.status === 'IN_FORCE' && isFor(floor, policy))
    .flatMap((floor) => breachesOf(policy, floor).map((breach) => ({ floor: floor.code, breach })));
}

function isFor({ jurisdiction, inForceFrom }: UnlockFloor, policy: UnlockPolicyFacts): boolean {
  const place = policy.jurisdiction;
  const here = place === jurisdiction || place.startsWith(`${jurisdiction}-`);
  return here && (inForceFrom === null || policy.effectiveFrom >= inForceFrom);
}

function breachesOf({ content, segment, effectiveFrom }: UnlockPolicyFacts, floor: UnlockFloor): string[] {
  const wait = longestWait(content.rules, content.groups);
  const prepaid = segment === 'PREPAID' || segment === 'ANY';
  const { prepaidMostDays: prepaidMost, mostDaysAfterActivation: most, noLocksSoldFrom } = floor;
  return [
    ...(prepaid && prepaidMost !== null && wait > prepaidMost
      ? [`prepaid waits ${wait} days, more than ${prepaidMost}`]
      : []),
    ...(most !== null && wait > most ? [`waits ${wait} days, more than ${most}`] : []),
    ...(noLocksSoldFrom !== null && effectiveFrom >= noLocksSoldFrom && content.lockAllowed
      ? ['handsets may not be sold locked']
      : []),
    ...(!floor.paymentMayBeAsked && asksPayment(content.rules, content.groups)
      ? ['payment in full may not be asked']
      : []),
    ...serviceBreaches(content, floor),
  ];
}

function serviceBreaches(content: PolicyContent, floor: UnlockFloor): string[] {
  const { responseMostBusinessDays: respond, customerMostFeeMinor: fee, freeForAllAfterMonths: free } = floor;
  const asked = content.fee;
  const answersIn = Math.max(
    content.responseBusinessDays,
    content.mode === 'ON_REQUEST' ? 0 : content.autoWithinBusinessDays,
  );
  return [
    ...(respond !== null && answersIn > respond ? [`answers in ${answersIn} business days, more than ${respond}`] : []),
    ...(fee !== null && (asked?.customerMinor ?? 0) > Number(fee) ? ['a customer may not be charged so much'] : []),
    ...(free !== null &&
    asked &&
    !(asked.freeAfterMonths !== null && asked.freeAfterMonths <= free) &&
    asked.customerMinor + asked.othersMinor > 0
      ? [`must be free after ${free} months`]
      : []),
    ...(floor.noticeNeeded && !content.notices.length && content.mode === 'ON_REQUEST'
      ? ['customers are not told']
      : []),
    ...(floor.militaryPathNeeded && !content.exemptions.some(isMilitary) ? ['no way for deployed military'] : []),
  ];
}
