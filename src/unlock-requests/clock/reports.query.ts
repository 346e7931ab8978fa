import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { oneOf } from '../../platform/one-of.js';
import { Conditions, type Statement } from '../../platform/statement.js';
import { LIVE_STATES } from '../requests/unlock-request.lifecycle.js';
import { DEFAULT_CALENDAR } from './calendars.js';
import type { UnlockReportView } from './reports.view.js';

/** How requests fared, for those who answer for it. */
@Injectable()
export class UnlockReports {
  constructor(private readonly db: DataSource) {}

  async ofMonth(caller: Caller, month: string): Promise<UnlockReportView> {
    const { sql, parameters } = statementOf(caller, month);
    const [{ report }]: [{ report: Omit<UnlockReportView, 'month'> }] = await this.db.query(sql, parameters);
    return { month, ...report };
  }
}

const HOURS = `extract(epoch from responded_at - received_at)::double precision / 3600`;
const HOURS_SUBMITTED = `extract(epoch from responded_at - submitted_at)::double precision / 3600`;
const percentile = (share: string, hours: string) =>
  `round((percentile_cont(${share}) within group (order by ${hours}) filter (where responded_at is not null))::numeric, 1)`;

// Overdue is told by the times themselves, so that the report never waits for the sweep.
const LATE = `respond_breached_at is not null or responded_at > respond_by
  or (responded_at is null and paused_at is null and respond_by < now() and ${oneOf('status', LIVE_STATES)})`;
const UNSETTLED = `resolve_breached_at is not null
  or (paused_at is null and resolve_by < now() and ${oneOf('status', LIVE_STATES)}
      and (appealed_at is null or appealed_at < resolve_by))`;

const REPORT = `
  select jsonb_build_object(
    'timeZone', (select time_zone from zone),
    'received', count(*),
    'answered', count(responded_at),
    'answeredInTime', count(*) filter (where responded_at is not null and not late),
    'inTimePercent', round(100.0 * count(*) filter (where responded_at is not null and not late)
                           / nullif(count(*) filter (where responded_at is not null or late), 0), 1),
    'byOutcome', (
      select coalesce(jsonb_agg(jsonb_build_object('status', status, 'count', n) order by n desc, status), '[]')
      from (select status, count(*) as n from asked group by status) states),
    'byReason', (
      select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', n) order by n desc, reason), '[]')
      from (select reason, count(*) as n from asked, unnest(reasons) as reason where status = 'DENIED' group by 1) why),
    'fromReceipt', jsonb_build_object(
      'medianHours', ${percentile('0.5', HOURS)}, 'p90Hours', ${percentile('0.9', HOURS)}),
    'fromSubmission', jsonb_build_object(
      'medianHours', ${percentile('0.5', HOURS_SUBMITTED)}, 'p90Hours', ${percentile('0.9', HOURS_SUBMITTED)}),
    'extensions', coalesce(sum(extensions), 0),
    'responseBreaches', count(*) filter (where late),
    'resolutionBreaches', count(*) filter (where unsettled),
    'open', count(*) filter (where ${oneOf('status', LIVE_STATES)})) as report
  from asked`;

const COLUMNS = `status, reasons, submitted_at, received_at, responded_at, extensions,
    coalesce(${LATE}, false) as late, coalesce(${UNSETTLED}, false) as unsettled`;

/** One statement: the requests of the month are read once and counted in every way. */
function statementOf({ storeId, role, subject }: Caller, month: string): Statement {
  const where = new Conditions([`${month}-01`, DEFAULT_CALENDAR])
    .always(`received_at >= $1::date::timestamp at time zone (select time_zone from zone)`)
    .always(`received_at < ($1::date + interval '1 month') at time zone (select time_zone from zone)`)
    .only(storeId, (place) => `location_id = ${place}`)
    .only(role === 'CUSTOMER' ? subject : undefined, (place) => `subject = ${place}`);
  const sql = `
  with zone as (
    select time_zone from business_calendar where code = $2 order by version desc limit 1
  ), asked as materialized (
    select ${COLUMNS} from unlock_request where ${where.toString()}
  )${REPORT}`;
  return { sql, parameters: where.parameters };
}
