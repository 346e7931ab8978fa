import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { stale } from '../../platform/lifecycle.js';
import { Conflict } from '../../platform/problems.js';
import { idOfCode } from '../../values/id.js';
import { moment } from '../../values/views.js';
import type { BusinessCalendarDto } from './business-calendars.dto.js';
import { type BusinessCalendarsView, type BusinessCalendarView, MOST_CALENDARS } from './business-calendars.view.js';

constraintMeans(
  'business_calendar_pk',
  () => new Conflict('Somebody else made this calendar just now: read it first.'),
);

const SELECT = `
  select code, version, time_zone as "timeZone", weekend, holidays::text[] as holidays, cut_off as "cutOff",
         made_by as "madeBy", made_at as "madeAt"
  from business_calendar`;

type CalendarRow = Omit<BusinessCalendarView, 'madeAt'> & { madeAt: Date };

const viewOf = (row: CalendarRow): BusinessCalendarView => ({ ...row, madeAt: moment(row.madeAt) });

/** The calendars due dates are counted by. A version never changes; what was received under one stays with it. */
@Injectable()
export class BusinessCalendars {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  async list(): Promise<BusinessCalendarsView> {
    const rows: CalendarRow[] = await this.db.query(
      `${SELECT} c where version = (select max(version) from business_calendar l where l.code = c.code)
       order by code limit ${MOST_CALENDARS}`,
    );
    return { items: rows.map(viewOf) };
  }

  /** Makes the next version, by which requests are counted that come in from now on. @throws Stale, Conflict */
  revise(call: Call, code: string, form: BusinessCalendarDto): Promise<BusinessCalendarView> {
    return this.acts.once(call, async (tx) => {
      const before = await lockLatest(tx, code);
      if (call.ifMatch !== undefined && call.ifMatch !== before) throw stale(before);
      const version = before + 1;
      await tx.query(
        `insert into business_calendar (code, version, time_zone, weekend, holidays, cut_off, made_by)
         values ($1, $2, $3, $4, $5::date[], $6, $7)`,
        [
          ...[code, version, form.timeZone, [...new Set(form.weekend)].sort(), [...form.holidays].sort()],
          ...[form.cutOff ?? null, call.actor],
        ],
      );
      const { timeZone, weekend, cutOff } = form;
      await recordAudited(tx, call, {
        ...{ subjectKind: 'business-calendar', subjectId: idOfCode('business-calendar', code), act: 'revise' },
        details: { code, version, timeZone, weekend, holidays: form.holidays.length, cutOff: cutOff ?? null },
      });
      const [row]: CalendarRow[] = await tx.query(`${SELECT} where code = $1 and version = $2`, [code, version]);
      return viewOf(row!);
    });
  }
}

/** Those who write one calendar come one after the other: they queue at its first version. @returns 0 when there is none */
async function lockLatest(tx: EntityManager, code: string): Promise<number> {
  await tx.query('select 1 from business_calendar where code = $1 and version = 1 for no key update', [code]);
  const [{ latest }]: [{ latest: number | null }] = await tx.query(
    'select max(version) as latest from business_calendar where code = $1',
    [code],
  );
  return latest ?? 0;
}
