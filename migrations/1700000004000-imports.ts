import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files handed in for import: the file in pieces, the job that reads it, and what was wrong with which line. */
export class Imports1700000004000 implements MigrationInterface {
  name = 'Imports1700000004000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table import_job (
        id uuid not null,
        kind text not null,
        format text not null,
        state text not null,
        dry_run boolean not null,
        all_or_nothing boolean not null,
        location_id uuid,
        asked_by text not null,
        asked_at timestamptz not null default now(),
        finished_at timestamptz,
        bytes_total bigint not null,
        bytes_read bigint not null default 0,
        lines_read integer not null default 0,
        lines_applied integer not null default 0,
        lines_unchanged integer not null default 0,
        lines_failed integer not null default 0,
        failure text,
        lease_until timestamptz,
        constraint import_job_pk primary key (id),
        constraint import_job_kind_ck check (kind in (
          'CATALOGUE', 'TACS', 'PRICES', 'CHANNELS', 'LOCATIONS', 'UNITS', 'BULK_STOCK')),
        constraint import_job_format_ck check (format in ('CSV', 'JSON_LINES')),
        constraint import_job_state_ck check (state in ('UPLOADING', 'WAITING', 'RUNNING', 'DONE', 'FAILED'))
      );
      create index import_job_waiting_ix on import_job (asked_at) where state in ('WAITING', 'RUNNING');

      create table import_chunk (
        job_id uuid not null,
        seq integer not null,
        bytes bytea not null,
        constraint import_chunk_pk primary key (job_id, seq),
        constraint import_chunk_job_fk foreign key (job_id) references import_job (id) on delete cascade
      );

      create table import_fault (
        job_id uuid not null,
        line integer not null,
        position smallint not null,
        column_name text not null,
        value text not null,
        code text not null,
        detail text not null,
        constraint import_fault_pk primary key (job_id, line, position),
        constraint import_fault_job_fk foreign key (job_id) references import_job (id) on delete cascade
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
