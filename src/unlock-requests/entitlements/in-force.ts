import type { EntityManager } from 'typeorm';
import type { Day } from '../../values/day.js';
import { dayIn } from '../../values/time.js';
import { calendarOf, DEFAULT_CALENDAR } from '../clock/calendars.js';

import { EntitlementNotInForce } from './entitlements.errors.js';
import type { EntitlementView } from './entitlements.view.js';

/** The present day where the carrier's business days are counted. */
export async function businessToday(tx: EntityManager, at = new Date()): Promise<Day> {
  return dayIn((await calendarOf(tx, DEFAULT_CALENDAR)).timeZone, at);
}

/** @throws EntitlementNotInForce when it is not active, has ended, or nobody has looked at it for too long */
export function needInForce({ status, endsOn, recertifyBy }: EntitlementView, today: Day): void {
  if (status === 'ACTIVE' && today <= endsOn && recertifyBy !== null && today <= recertifyBy) return;
  const detail =
    status !== 'ACTIVE'
      ? `It is ${status}.`
      : today > endsOn
        ? `It ended on ${endsOn}.`
        : `Somebody has to look at it anew: that was due by ${recertifyBy}.`;
  throw new EntitlementNotInForce(detail, { status, endsOn, recertifyBy });
}
