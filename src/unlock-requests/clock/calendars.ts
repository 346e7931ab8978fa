import type { EntityManager } from 'typeorm';
import { NotFound } from '../../platform/problems.js';
import type { BusinessCalendar } from './business-days.js';

type Database = Pick<EntityManager, 'query'>;

interface CalendarRow extends Omit<BusinessCalendar, 'holidays'> {
  holidays: string[];
}

/** The calendar that counts where nothing names another. */
export const DEFAULT_CALENDAR = 'US-FEDERAL';

// A version never changes, so it can be kept for ever.
const known = new Map<string, BusinessCalendar>();

/** The latest version of a calendar; the first calendar there is when the code is not known. */
export async function calendarOf(db: Database, code: string): Promise<BusinessCalendar> {
  const [latest]: { code: string; version: number }[] = await db.query(
    `select code, version from business_calendar order by code <> $1, code, version desc limit 1`,
    [code],
  );
  return calendarAt(db, latest!.code, latest!.version);
}

/** One version of a calendar, as it was when it was made. @throws NotFound */
export async function calendarAt(db: Database, code: string, version: number): Promise<BusinessCalendar> {
  const key = `${code} ${version}`;
  const cached = known.get(key);
  if (cached) return cached;
  const [row]: CalendarRow[] = await db.query(
    `select code, version, time_zone as "timeZone", weekend, holidays::text[] as holidays, cut_off as "cutOff"
     from business_calendar where code = $1 and version = $2`,
    [code, version],
  );
  if (!row) throw new NotFound('No such version of a calendar.');
  const calendar = { ...row, holidays: new Set(row.holidays) };
  known.set(key, calendar);
  return calendar;
}

/** The calendar a request was received under, in the version of that time. */
export const calendarOfRequest = (
  db: Database,
  { calendar, calendarVersion }: { calendar: string | null; calendarVersion: number | null },
): Promise<BusinessCalendar> =>
  calendar !== null && calendarVersion !== null
    ? calendarAt(db, calendar, calendarVersion)
    : calendarOf(db, calendar ?? DEFAULT_CALENDAR);
