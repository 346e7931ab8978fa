import { addDays, startOfDay } from '../../values/day.js';
import { dayIn } from '../../values/time.js';
import type { HoldStart } from '../rules/jurisdiction.dto.js';

/** What decides how long the law keeps a handset that was handed in. */
export interface LawFacts {
  /** Whether an authority has asked for it to be kept, and not let it go since. */
  asked: boolean;
  /** Days that the law of the place gives the police. */
  days: number;
  starts: HoldStart;
  receivedAt: Date;
  /** When it was reported; null when it has not been. */
  sentAt: Date | null;
  /** Whether the authority let it go before the days were over. */
  released: boolean;
  /** The zone of the place, whose days are counted. */
  timeZone: string;
}

/** Until when the law keeps the handset, `until: null` for as long as nobody lets it go; undefined when it does not. */
export function lawHold(facts: LawFacts, now: Date): { until: Date | null } | undefined {
  const { asked, days, starts, receivedAt, sentAt, released, timeZone } = facts;
  if (asked) return { until: null };
  if (released || days === 0) return undefined;
  const from = starts === 'RECEIPT' ? receivedAt : sentAt;
  if (!from) return { until: null };
  // Whole days of the place: the one on which it begins does not count, the last one does to its end.
  const until = startOfDay(timeZone, addDays(dayIn(timeZone, from), days + 1));
  return until > now ? { until } : undefined;
}
