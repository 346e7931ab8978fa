import type { Day } from '../../values/day.js';
import { startOfDay } from '../../values/day.js';
import type { CheckRule } from './rule.js';
import type { Reason } from './reasons.js';
import type { IdentifierFacts, UnlockFacts } from './facts.js';

/** PASS and FAIL are known; UNKNOWN is for a person or a later look; WAIVED and NOT_ASKED do not count. */
export const OUTCOMES = ['PASS', 'FAIL', 'UNKNOWN', 'WAIVED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What one check found: the value seen, the value needed, and from when it would pass if nothing else changes. */
export interface Finding {
  outcome: Outcome;
  reason: Reason | null;
  seen: string | null;
  needed: string | null;
  passesFrom: string | null;
}

/** What a check looks at. */
export interface Look {
  facts: UnlockFacts;
  identifier: IdentifierFacts;
  at: Date;
  /** The day it is in the policy's zone. */
  today: Day;
  timeZone: string;
}

/** Looks at the facts for one check. */
export type Check<Parameters = CheckRule> = (look: Look, rule: Parameters) => Finding;

const finding = (outcome: Outcome, over: Partial<Finding> = {}): Finding => ({
  ...{ outcome, reason: null, seen: null, needed: null, passesFrom: null },
  ...over,
});

export const pass = (seen?: string, needed?: string): Finding =>
  finding('PASS', { seen: seen ?? null, needed: needed ?? null });

export const fail = (reason: Reason, seen?: string, needed?: string, passesFrom?: Date | null): Finding =>
  finding('FAIL', {
    ...{ reason, seen: seen ?? null, needed: needed ?? null },
    passesFrom: passesFrom?.toISOString() ?? null,
  });

export const unknown = (reason: Reason, seen?: string): Finding => finding('UNKNOWN', { reason, seen: seen ?? null });

/** Passes once the day has come; until then it says from when. */
export function fromDay(look: Look, day: Day, reason: Reason, seen: string, needed: string): Finding {
  if (look.today >= day) return pass(seen, needed);
  return fail(reason, seen, needed, startOfDay(look.timeZone, day));
}

/** Passes from an instant on. */
export function fromInstant(look: Look, from: Date, reason: Reason, seen: string, needed: string): Finding {
  return look.at >= from ? pass(seen, needed) : fail(reason, seen, needed, from);
}
