import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys that seal secrets, each wrapped under a key that stands outside the database. */
export class Secrets1700000005500 implements MigrationInterface {
  name = 'Secrets1700000005500';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table data_key (
        id uuid not null,
        purpose text not null,
        wrapped_under text not null,
        wrapped bytea not null,
        made_at timestamptz not null default now(),
        retired_at timestamptz,
        constraint data_key_pk primary key (id),
        constraint data_key_purpose_ck check (purpose ~ '^[a-z][a-z-]{0,39}$')
      );
      create unique index data_key_active_key on data_key (purpose) where retired_at is null;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
