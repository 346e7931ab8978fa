import { dayIn } from './time.js';

/** A day of the calendar, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

const DAY_MS = 86_400_000;

const msOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** The day so many days later, or earlier when negative. */
export const addDays = (day: Day, days: number): Day => dayAt(msOf(day) + days * DAY_MS);

/** How many midnights lie between: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (msOf(to) - msOf(from)) / DAY_MS;

/** The same day so many months later; where that month is too short, its last day: 31 August and 6 is 28 February. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayAt(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

const starts = new Map<string, Date>();
const MOST_STARTS = 5000;

/** The first instant of a day in a named zone: midnight, or later where the clocks skip midnight. */
export function startOfDay(timeZone: string, day: Day): Date {
  const key = `${day} ${timeZone}`;
  let start = starts.get(key);
  if (!start) {
    if (starts.size >= MOST_STARTS) starts.clear();
    starts.set(key, (start = searchStart(timeZone, day)));
  }
  return start;
}

function searchStart(timeZone: string, day: Day): Date {
  // No zone is further than 14 hours from UTC: the day begins within these bounds.
  let before = msOf(day) - 15 * 3_600_000;
  let after = msOf(day) + 15 * 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(timeZone, new Date(middle)) < day) before = middle;
    else after = middle;
  }
  return new Date(after);
}

/** The later of two days. */
export const laterDay = (one: Day, other: Day): Day => (one > other ? one : other);
/** The earlier of two days. */
export const earlierDay = (one: Day, other: Day): Day => (one < other ? one : other);
