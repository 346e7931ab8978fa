import { addDays, type Day, startOfDay } from '../../values/day.js';
import { dayIn } from '../../values/time.js';

/** On which days an office works. Each version stays as it is for the requests it was applied to. */
export interface BusinessCalendar {
  code: string;
  version: number;
  timeZone: string;
  /** Days of the week that are free, 1 for Monday to 7 for Sunday. */
  weekend: readonly number[];
  holidays: ReadonlySet<Day>;
  /** What comes in at this time of day or later counts as of the next day, such as `17:00`; null for midnight. */
  cutOff: string | null;
}

/** Whether the office works on that day. */
export function isBusinessDay({ weekend, holidays }: BusinessCalendar, day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return !weekend.includes(weekday) && !holidays.has(day);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function timeOfDay(timeZone: string, at: Date): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(timeZone, clock);
  }
  return clock.format(at);
}

/** The day from which is counted: that of receipt, or the next when it came in after the cut-off. */
function dayZero({ timeZone, cutOff }: BusinessCalendar, receivedAt: Date): Day {
  const day = dayIn(timeZone, receivedAt);
  return cutOff !== null && timeOfDay(timeZone, receivedAt) >= cutOff ? addDays(day, 1) : day;
}

/** The n-th business day after the day of receipt, which is day 0 whether the office works on it or not. */
export function dueDay(calendar: BusinessCalendar, receivedAt: Date, businessDays: number): Day {
  let day = dayZero(calendar, receivedAt);
  for (let left = businessDays; left > 0;) {
    day = addDays(day, 1);
    if (isBusinessDay(calendar, day)) left--;
  }
  return day;
}

/** The end of that day in the calendar's zone: until this instant an answer is in time. */
export const dueAt = (calendar: BusinessCalendar, receivedAt: Date, businessDays: number): Date =>
  startOfDay(calendar.timeZone, addDays(dueDay(calendar, receivedAt, businessDays), 1));

/** The end of the n-th business day after the one that ends, or is running, at an instant; the instant itself for 0. */
export function laterBy(calendar: BusinessCalendar, due: Date, businessDays: number): Date {
  if (businessDays <= 0) return due;
  let day = dayIn(calendar.timeZone, new Date(due.getTime() - 1));
  for (let left = businessDays; left > 0;) {
    day = addDays(day, 1);
    if (isBusinessDay(calendar, day)) left--;
  }
  return startOfDay(calendar.timeZone, addDays(day, 1));
}

/** How many business days began between two instants: none within one day, one from Friday to Monday. */
export function businessDaysBetween(calendar: BusinessCalendar, from: Date, to: Date): number {
  const last = dayIn(calendar.timeZone, to);
  let count = 0;
  for (let day = dayIn(calendar.timeZone, from); day < last;) {
    day = addDays(day, 1);
    if (isBusinessDay(calendar, day)) count++;
  }
  return count;
}
