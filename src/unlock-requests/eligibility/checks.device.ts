import { type LineActivity } from '../../accounts/billing-facts.js';
import { type ListingReason, worstOf } from '../../block-lists/registry-answer.js';
import { addDays, addMonths, type Day, daysBetween, startOfDay } from '../../values/day.js';
import { onDevice, onLine } from './checks.account.js';
import { type Check, fail, type Finding, fromDay, fromInstant, type Look, pass, unknown } from './finding.js';
import type { Reason } from './reasons.js';
import type { CheckRule } from './rule.js';
import { dayReaching, daysWithin, spanAt, spansOf } from './spans.js';

const BLOCKED_FOR: Partial<Record<ListingReason, Reason>> = {
  LOST_OR_STOLEN: 'DEVICE_BLOCKED_LOST_STOLEN',
  FRAUDULENTLY_OBTAINED: 'DEVICE_BLOCKED_FRAUD',
  NON_PAYMENT: 'DEVICE_BLOCKED_FRAUD',
  BROKEN_OR_FAULTY: 'DEVICE_BLOCKED_FAULTY',
  COURT_ORDER: 'DEVICE_BLOCKED_COURT_ORDER',
};

/** A list that nobody could ask is never a clean list. */
const notBlocked: Check = ({ identifier: { registries } }) => {
  switch (worstOf(registries)) {
    case 'CLEAN':
      return pass('on no list');
    case 'CLAIMED':
      return unknown('CLAIM_ON_DEVICE', 'somebody claims it');
    case 'UNKNOWN':
      return unknown('REGISTRY_UNAVAILABLE', 'a registry did not answer');
    case 'BLOCKED': {
      const reasons = registries.flatMap((answer) => answer.reasons);
      const named = reasons.map((reason) => BLOCKED_FOR[reason]).find((reason) => reason !== undefined);
      return fail(named ?? 'DEVICE_BLOCKED_LOST_STOLEN', 'listed');
    }
  }
};

const soldByCarrier: Check = ({ facts, identifier: { billing } }) => {
  if (facts.soldFromStock || billing.device?.soldByUs) return pass('sold by us');
  if (!billing.reachable) return unknown('BILLING_UNAVAILABLE');
  if (billing.device && billing.device.soldByUs === null) return unknown('DEVICE_NOT_SOLD_BY_US', 'not known');
  return fail('DEVICE_NOT_SOLD_BY_US', 'not sold by us');
};

/** Counts from an event: the day itself is day 0. */
function since(event: (look: Look) => Day | null | undefined, reason: Reason): Check {
  return (look, rule) => {
    const day = event(look);
    if (!look.identifier.billing.reachable) return unknown('BILLING_UNAVAILABLE');
    if (!day) return unknown(reason, 'day not known');
    const { due, asked } = dueAfter(day, rule);
    return fromDay(look, due, reason, `${Math.max(0, daysBetween(day, look.today))} days since ${day}`, asked);
  };
}

function dueAfter(day: Day, { min, minMonths, comparison }: CheckRule): { due: Day; asked: string } {
  const more = comparison === 'MORE_THAN' ? 1 : 0;
  const words = more ? 'more than ' : '';
  if (min !== undefined) return { due: addDays(day, (min as number) + more), asked: `${words}${min as number} days` };
  const due = addDays(addMonths(day, minMonths as number), more);
  return { due, asked: `${words}${minMonths as number} months` };
}

const daysActive: Check = (look, { min, clock }) =>
  onDevice(look, ({ activity }) => {
    const needed = min as number;
    const asked = `${needed} days`;
    const spans = spansOf(clock === 'ACTIVE_ON_REQUESTING_LINE' ? onAskingLine(look, activity) : activity);
    const running = spanAt(spans, look.today);
    const counted = clock !== 'CONSECUTIVE_ACTIVE' ? spans : running ? [running] : [];
    const have = daysWithin(counted, look.today);
    if (have >= needed) return pass(`${have} days`, asked);
    const day = dayReaching(counted, needed);
    return fail('MIN_SERVICE_NOT_MET', `${have} days`, asked, day === null ? null : startOfDay(look.timeZone, day));
  });

const onAskingLine = ({ identifier }: Look, activity: readonly LineActivity[]): LineActivity[] =>
  activity.filter(({ lineId }) => lineId === identifier.billing.line?.lineId);

const settlementHold: Check = (look, rule) =>
  onDevice(look, ({ financing }) => {
    if (!financing) return unknown('PAYMENT_SETTLEMENT_HOLD', 'payments not known');
    const { paidOffAt, payoffChannel, paidOffEarly, billClosesOn } = financing;
    const channels = rule['channels'] as readonly string[] | undefined;
    const held =
      paidOffAt !== null &&
      (rule['when'] !== 'EARLY_PAYOFF' || paidOffEarly) &&
      (!channels || channels.includes(payoffChannel ?? ''));
    if (!held) return pass('no payment to wait for');
    return waitFor(look, rule, new Date(paidOffAt), billClosesOn, payoffChannel);
  });

function waitFor(look: Look, rule: CheckRule, paidAt: Date, closes: Day | null, channel: string | null): Finding {
  const seen = `paid ${paidAt.toISOString()}${channel ? ` by ${channel}` : ''}`;
  const { hours, days } = rule;
  if (hours !== undefined) {
    const from = new Date(paidAt.getTime() + (hours as number) * 3_600_000);
    return fromInstant(look, from, 'PAYMENT_SETTLEMENT_HOLD', seen, `${hours as number} hours`);
  }
  if (days !== undefined) {
    const from = new Date(paidAt.getTime() + (days as number) * 86_400_000);
    return fromInstant(look, from, 'PAYMENT_SETTLEMENT_HOLD', seen, `${days as number} days`);
  }
  if (!closes) return unknown('PAYMENT_SETTLEMENT_HOLD', `${seen}; the bill's end is not known`);
  return fromDay(look, addDays(closes, 1), 'PAYMENT_SETTLEMENT_HOLD', seen, `the bill that closes on ${closes}`);
}

const notActiveElsewhere: Check = (look) =>
  onDevice(look, ({ activity }) => {
    const own = look.identifier.billing.line?.accountId;
    const elsewhere = activity.some(
      ({ from, to, accountId }) => from <= look.today && (to === null || to >= look.today) && accountId !== own,
    );
    return elsewhere ? fail('ACTIVE_ON_OTHER_ACCOUNT', 'active on another account') : pass('on no other account');
  });

const usageSeen: Check = (look, { scope, withinDays }) =>
  onDevice(look, ({ usage }) => {
    const line = look.identifier.billing.line?.lineId;
    const after = withinDays === undefined ? '' : addDays(look.today, -(withinDays as number));
    const seen = usage.filter(
      ({ lineId, lastSeenOn }) => (scope !== 'REQUESTING_LINE' || lineId === line) && lastSeenOn >= after,
    );
    const last = seen
      .map(({ lastSeenOn }) => lastSeenOn)
      .sort()
      .at(-1);
    return last ? pass(`last seen on ${last}`) : fail('NO_NETWORK_USAGE', 'not seen');
  });

/** The checks that look at the handset. */
export const DEVICE_CHECKS = {
  SOLD_BY_CARRIER: soldByCarrier,
  NOT_BLOCKED: notBlocked,
  NO_FRAUD_FLAG: ({ identifier: { billing } }) => {
    if (!billing.reachable) return unknown('BILLING_UNAVAILABLE');
    if (!billing.device) return pass('billing has never seen it');
    if (billing.device.fraudFlag === null) return unknown('FRAUD_REVIEW', 'not known');
    return billing.device.fraudFlag ? fail('DEVICE_BLOCKED_FRAUD', 'suspected') : pass('none suspected');
  },
  DAYS_SINCE_PURCHASE: since(({ identifier }) => identifier.billing.device?.purchasedOn, 'TOO_SOON_AFTER_PURCHASE'),
  DAYS_SINCE_ACTIVATION: since(({ identifier }) => identifier.billing.device?.activatedOn, 'MIN_SERVICE_NOT_MET'),
  CUSTOMER_SINCE: (look, rule) =>
    onLine(look, ({ customerSince }) => since(() => customerSince, 'MIN_SERVICE_NOT_MET')(look, rule)),
  DAYS_ACTIVE: daysActive,
  SETTLEMENT_HOLD: settlementHold,
  CONTRACT_COMPLETE: (look) =>
    onDevice(look, ({ contractEndsOn }) =>
      contractEndsOn === null
        ? pass('no contract')
        : fromDay(look, addDays(contractEndsOn, 1), 'CONTRACT_NOT_COMPLETE', `ends on ${contractEndsOn}`, 'ended'),
    ),
  EARLY_UPGRADE_WAIT: (look, { days }) =>
    onDevice(look, ({ upgradedOn }) =>
      upgradedOn === null
        ? pass('no early upgrade')
        : fromDay(
            look,
            addDays(upgradedOn, days as number),
            'EARLY_UPGRADE_WAIT',
            `upgraded on ${upgradedOn}`,
            `${days as number} days`,
          ),
    ),
  NOT_ACTIVE_ON_OTHER_ACCOUNT: notActiveElsewhere,
  IMEI_USAGE_SEEN: usageSeen,
} as const satisfies Record<string, Check>;
