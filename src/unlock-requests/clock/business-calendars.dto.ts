import { Code, ListOfDays, ListOfWholes, Maybe } from '../../values/fields.js';
import { TimeZone } from '../../values/time-zone.js';
import { CALENDAR_CODE } from '../policies/unlock-policy.dto.js';

export const MOST_HOLIDAYS = 1000;
export const TIME_OF_DAY = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

export class BusinessCalendarParams {
  /** The calendar; one that is not known yet is made. */
  @Code(CALENDAR_CODE, 40, 'US-FEDERAL')
  code: string;
}

export class BusinessCalendarDto {
  /** The zone whose days are counted. */
  @TimeZone()
  timeZone: string;
  /** The days of the week that are free, 1 for Monday to 7 for Sunday. */
  @ListOfWholes(0, 6, 1, 7)
  weekend: number[];
  /** The days that are free besides. */
  @ListOfDays(0, MOST_HOLIDAYS)
  holidays: string[];
  /** What comes in at this time of day or later counts as of the next day; left out, midnight. */
  @Maybe()
  @Code(TIME_OF_DAY, 5, '17:00')
  cutOff?: string;
}
