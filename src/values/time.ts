const INSTANT = /^(\d{4})-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const EARLIEST_YEAR = 1970;
const EARLIEST_BIRTH = 1900;
const LATEST_YEAR = 2100;

/** Tells whether it is a day of the calendar written YYYY-MM-DD, from 1970 to 2100. */
export const isDay = (value: unknown): value is string => isDayFrom(EARLIEST_YEAR, value);

/** Tells whether somebody who lives may be born on it: a day of the calendar from 1900 on. */
export const isBirthday = (value: unknown): value is string => isDayFrom(EARLIEST_BIRTH, value);

function isDayFrom(earliest: number, value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const year = Number(value.slice(0, 4));
  if (year < earliest || year > LATEST_YEAR) return false;
  const read = new Date(`${value}T00:00:00Z`);
  // 30 February is read as 1 or 2 March.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
}

/** Tells whether it is an instant as RFC 3339 writes it, with an offset, from 1970 to 2100. */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10));
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(timeZone, format);
  }
  return format;
}

/** The day of the calendar at an instant in a named zone, such as 2014-04-25 in America/Los_Angeles. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Map(
    dayFormat(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
