import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Walks over all devices on lines, to find those that have become eligible without anybody asking. */
export class UnlockSweeps1700000010000 implements MigrationInterface {
  name = 'UnlockSweeps1700000010000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table unlock_sweep (
        id uuid not null,
        state text not null,
        day date,
        asked_by text not null,
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        lease_until timestamptz,
        last_imei14 text not null default '',
        seen bigint not null default 0,
        eligible bigint not null default 0,
        requested bigint not null default 0,
        noticed bigint not null default 0,
        constraint unlock_sweep_pk primary key (id),
        constraint unlock_sweep_state_ck check (state in ('RUNNING', 'DONE')),
        constraint unlock_sweep_finished_ck check ((state = 'DONE') = (finished_at is not null))
      );
      create unique index unlock_sweep_running_key on unlock_sweep (state) where state = 'RUNNING';
      create unique index unlock_sweep_day_key on unlock_sweep (day) where day is not null;

      create table unlock_eligibility_notice (
        device_imei14 text not null,
        policy_id uuid not null,
        noticed_at timestamptz not null default now(),
        constraint unlock_eligibility_notice_pk primary key (device_imei14, policy_id),
        constraint unlock_eligibility_notice_policy_fk foreign key (policy_id) references unlock_policy (id)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
