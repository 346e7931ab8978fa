import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails, and what strangers may do: caps on it as data, alerts, one-time codes, and notices to be put into words. */
export class SelfService1700000008000 implements MigrationInterface {
  name = 'SelfService1700000008000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table mail_message (
        id uuid not null,
        to_sealed bytea,
        content_sealed bytea,
        status text not null default 'QUEUED',
        attempts smallint not null default 0,
        next_at timestamptz not null default now(),
        useful_until timestamptz,
        sent_at timestamptz,
        created_at timestamptz not null default now(),
        constraint mail_message_pk primary key (id),
        constraint mail_message_status_ck check (status in ('QUEUED', 'SENT', 'FAILED')),
        constraint mail_message_erased_ck
          check ((status = 'QUEUED') = (to_sealed is not null and content_sealed is not null)),
        constraint mail_message_sent_ck check ((status = 'SENT') = (sent_at is not null))
      );
      create index mail_message_due_ix on mail_message (next_at) where status = 'QUEUED';

      create table unlock_cap (
        scope text not null,
        action text not null,
        span text not null,
        soft integer,
        hard integer not null,
        constraint unlock_cap_pk primary key (scope, action, span),
        constraint unlock_cap_scope_ck check (scope in ('SOURCE', 'CONTACT', 'IMEI', 'AGENT', 'STORE', 'REQUEST')),
        constraint unlock_cap_action_ck check (action in (
          'SUBMIT', 'CONFIRM', 'RESEND', 'STATUS', 'SEND_CODE', 'ONE_TIME_CODE', 'REVEAL', 'ASK')),
        constraint unlock_cap_span_ck check (span in ('HOUR', 'DAY', 'MONTH')),
        constraint unlock_cap_order_ck check (hard >= 1 and soft between 1 and hard)
      );
      insert into unlock_cap (scope, action, span, soft, hard) values
        ('SOURCE', 'SUBMIT', 'HOUR', null, 20), ('SOURCE', 'SUBMIT', 'MONTH', 60, 100),
        ('CONTACT', 'SUBMIT', 'DAY', null, 5), ('IMEI', 'SUBMIT', 'DAY', null, 5),
        ('SOURCE', 'CONFIRM', 'HOUR', null, 10), ('SOURCE', 'STATUS', 'HOUR', null, 10),
        ('SOURCE', 'RESEND', 'HOUR', null, 10), ('CONTACT', 'RESEND', 'DAY', null, 5),
        ('REQUEST', 'SEND_CODE', 'HOUR', null, 5), ('REQUEST', 'ONE_TIME_CODE', 'HOUR', null, 5),
        ('AGENT', 'REVEAL', 'HOUR', 20, 30), ('STORE', 'REVEAL', 'DAY', 60, 100);

      create table unlock_cap_use (
        scope text not null,
        key_hash bytea not null,
        action text not null,
        span text not null,
        window_start timestamptz not null,
        used integer not null,
        constraint unlock_cap_use_pk primary key (key_hash, action, span, window_start, scope),
        constraint unlock_cap_use_hash_ck check (octet_length(key_hash) = 16)
      );
      create index unlock_cap_use_age_ix on unlock_cap_use (window_start);

      create table unlock_alert (
        id uuid not null,
        kind text not null,
        scope text not null,
        key_hash bytea not null,
        once text not null,
        details jsonb not null default '{}',
        at timestamptz not null default now(),
        constraint unlock_alert_pk primary key (id),
        constraint unlock_alert_kind_ck check (kind in ('SOFT_CAP', 'HARD_CAP', 'SOURCE_SUSPENDED')),
        constraint unlock_alert_once_key unique (once)
      );

      create table unlock_one_time_code (
        request_id uuid not null,
        code_hash bytea not null,
        tries_left smallint not null,
        expires_at timestamptz not null,
        constraint unlock_one_time_code_pk primary key (request_id),
        constraint unlock_one_time_code_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_one_time_code_tries_ck check (tries_left between 0 and 5)
      );

      create table unlock_notice (
        id uuid not null,
        request_id uuid not null,
        status text not null,
        constraint unlock_notice_pk primary key (id),
        constraint unlock_notice_request_fk foreign key (request_id) references unlock_request (id)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
