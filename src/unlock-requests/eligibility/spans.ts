import type { Period } from '../../accounts/billing-facts.js';
import { addDays, type Day, daysBetween, earlierDay, laterDay } from '../../values/day.js';

/** From a day up to another that is not part of it; `end` is null while it lasts. */
export interface Span {
  start: Day;
  end: Day | null;
}

const FOREVER: Day = '9999-12-31';

/** Periods put in order, with those that touch or overlap made one. */
export function spansOf(periods: readonly Period[]): Span[] {
  const sorted = periods
    .map(({ from, to }): Span => ({ start: from, end: to === null ? null : addDays(to, 1) }))
    .sort((one, other) => (one.start < other.start ? -1 : 1));
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || (last.end !== null && span.start > last.end)) merged.push({ ...span });
    else if (last.end !== null) last.end = span.end === null ? null : laterDay(last.end, span.end);
  }
  return merged;
}

/** The span that a day lies in. */
export const spanAt = (spans: readonly Span[], day: Day): Span | undefined =>
  spans.find(({ start, end }) => start <= day && (end === null || day < end));

/** Whole days within the spans before `until`: on the day a span begins there are none yet. */
export function daysWithin(spans: readonly Span[], until: Day): number {
  return spans.reduce((sum, { start, end }) => {
    const stop = earlierDay(end ?? FOREVER, until);
    return sum + (start < stop ? daysBetween(start, stop) : 0);
  }, 0);
}

/** The first day on which so many days lie within the spans, or null when they never will. */
export function dayReaching(spans: readonly Span[], needed: number): Day | null {
  let left = needed;
  for (const { start, end } of spans) {
    const length = end === null ? Infinity : daysBetween(start, end);
    if (left <= length) return addDays(start, left);
    left -= length;
  }
  return null;
}
