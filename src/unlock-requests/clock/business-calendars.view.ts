import { Code, ListOf, ListOfDays, ListOfWholes, Nullable, Text, WholeNumber } from '../../values/fields.js';
import { TimeZone } from '../../values/time-zone.js';
import { Moment } from '../../values/views.js';
import { CALENDAR_CODE } from '../policies/unlock-policy.dto.js';
import { MOST_HOLIDAYS, TIME_OF_DAY } from './business-calendars.dto.js';

export const MOST_CALENDARS = 200;

/** The days an office works, in one version. */
export class BusinessCalendarView {
  /** What policies name it by. */
  @Code(CALENDAR_CODE, 40, 'US-FEDERAL')
  code: string;
  /** Which version it is; requests keep the one they were received under. */
  @WholeNumber(1, 1_000_000_000)
  version: number;
  /** The zone whose days are counted. */
  @TimeZone()
  timeZone: string;
  /** The days of the week that are free, 1 for Monday to 7 for Sunday. */
  @ListOfWholes(0, 6, 1, 7)
  weekend: number[];
  /** The days that are free besides, the earliest first. */
  @ListOfDays(0, MOST_HOLIDAYS)
  holidays: string[];
  /** What comes in at this time of day or later counts as of the next day; null for midnight. */
  @Nullable()
  @Code(TIME_OF_DAY, 5, '17:00')
  cutOff: string | null;
  /** Who made this version. */
  @Text(1, 200)
  madeBy: string;
  /** When this version was made. */
  @Moment()
  madeAt: string;
}

export class BusinessCalendarsView {
  /** Every calendar, in its latest version. */
  @ListOf(() => BusinessCalendarView, 0, MOST_CALENDARS)
  items: BusinessCalendarView[];
}
