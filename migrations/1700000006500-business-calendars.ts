import type { MigrationInterface, QueryRunner } from 'typeorm';
import { US_FEDERAL_HOLIDAYS } from './us-federal-holidays.js';

/** On which days a carrier's office works: what "within two business days" is counted by. */
export class BusinessCalendars1700000006500 implements MigrationInterface {
  name = 'BusinessCalendars1700000006500';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table business_calendar (
        code text not null,
        version integer not null,
        time_zone text not null,
        weekend smallint[] not null,
        holidays date[] not null,
        cut_off text,
        made_by text not null,
        made_at timestamptz not null default now(),
        constraint business_calendar_pk primary key (code, version),
        constraint business_calendar_version_ck check (version > 0),
        constraint business_calendar_cut_off_ck check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
      );
    `);
    await db.query(
      `insert into business_calendar (code, version, time_zone, weekend, holidays, made_by)
       values ('US-FEDERAL', 1, 'America/New_York', '{6,7}', $1::date[], 'loopline')`,
      [US_FEDERAL_HOLIDAYS],
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
