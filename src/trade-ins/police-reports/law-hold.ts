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
}

const DAY_MS = 86_400_000;

/** Until when the law keeps the handset, `until: null` for as long as nobody lets it go; undefined when it does not. */
export function lawHold(facts: LawFacts, now: Date): { until: Date | null } | undefined {
  const { asked, days, starts, receivedAt, sentAt, released } = facts;
  if (asked) return { until: null };
  if (released || days === 0) return undefined;
  const from = starts === 'RECEIPT' ? receivedAt : sentAt;
  if (!from) return { until: null };
  const until = new Date(from.getTime() + days * DAY_MS);
  return until > now ? { until } : undefined;
}
