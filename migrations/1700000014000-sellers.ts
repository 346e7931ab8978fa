import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the police are told of purchases, what they ask, and who is not bought from. */
export class Sellers1700000014000 implements MigrationInterface {
  name = 'Sellers1700000014000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(KEEPING);
    await db.query(REPORTS);
    await db.query(REQUESTS);
    await db.query(BARS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

const KEEPING = `
  -- Only the columns named by the trigger may ever change.
  create function keep_what_was_written() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and (to_jsonb(new) - tg_argv::text[]) = (to_jsonb(old) - tg_argv::text[]) then
      return new;
    end if;
    raise exception 'what was written stays' using errcode = 'restrict_violation';
  end $$;
`;

const REPORTS = `
  create table police_report_batch (
    id uuid not null,
    register text not null,
    format text not null,
    reports integer not null,
    digest bytea not null,
    bytes integer not null,
    content_sealed bytea,
    content_until timestamptz not null,
    made_by text not null,
    made_at timestamptz not null default now(),
    constraint police_report_batch_pk primary key (id),
    constraint police_report_batch_format_ck check (format in ('CSV', 'XML')),
    constraint police_report_batch_digest_ck check (octet_length(digest) = 32),
    constraint police_report_batch_reports_ck check (reports > 0)
  );
  create index police_report_batch_until_ix on police_report_batch (content_until) where content_sealed is not null;
  create trigger police_report_batch_keeps before update or delete on police_report_batch
    for each row execute function keep_what_was_written('content_sealed');

  create table police_report (
    id uuid not null,
    trade_in_id uuid not null,
    location_id uuid not null,
    register text not null,
    status text not null default 'QUEUED',
    received_at timestamptz not null,
    due_at timestamptz not null,
    batch_id uuid,
    sent_at timestamptz,
    released_at timestamptz,
    released_by text,
    release_authority text,
    constraint police_report_pk primary key (id),
    constraint police_report_trade_in_key unique (trade_in_id),
    constraint police_report_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint police_report_location_fk foreign key (location_id) references stock_location (id),
    constraint police_report_batch_fk foreign key (batch_id) references police_report_batch (id),
    constraint police_report_status_ck check (status in ('QUEUED', 'SENT')),
    constraint police_report_sent_ck
      check ((status = 'SENT') = (batch_id is not null) and (batch_id is null) = (sent_at is null)),
    constraint police_report_released_ck check (
      (released_at is null) = (released_by is null) and (released_at is null) = (release_authority is null))
  );
  create index police_report_queue_ix on police_report (register, due_at, id) where status = 'QUEUED';
  create index police_report_page_ix on police_report (register, id);
  create index police_report_batch_ix on police_report (batch_id) where batch_id is not null;
  create trigger police_report_keeps before update or delete on police_report
    for each row execute function keep_what_was_written(
      'status', 'batch_id', 'sent_at', 'released_at', 'released_by', 'release_authority');
`;

const REQUESTS = `
  create table law_enforcement_request (
    id uuid not null,
    authority text not null,
    reference text not null,
    officer text not null,
    asked text not null,
    received_at timestamptz not null,
    imei_hash bytea not null,
    imei_sealed bytea not null,
    trade_in_id uuid,
    unit_id uuid,
    status text not null default 'OPEN',
    logged_by text not null,
    logged_at timestamptz not null default now(),
    answer text,
    answered_by text,
    answered_at timestamptz,
    hold_placed_at timestamptz,
    hold_lifted_at timestamptz,
    hold_lifted_by text,
    constraint law_enforcement_request_pk primary key (id),
    constraint law_enforcement_request_reference_key unique (authority, reference),
    constraint law_enforcement_request_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint law_enforcement_request_unit_fk foreign key (unit_id) references stock_unit (id),
    constraint law_enforcement_request_status_ck check (status in ('OPEN', 'ANSWERED')),
    constraint law_enforcement_request_hash_ck check (octet_length(imei_hash) = 16),
    constraint law_enforcement_request_answered_ck check (
      (status = 'ANSWERED') = (answer is not null) and (answer is null) = (answered_by is null)
      and (answer is null) = (answered_at is null)),
    constraint law_enforcement_request_hold_ck check (
      (hold_placed_at is null or unit_id is not null) and (hold_lifted_at is null or hold_placed_at is not null)
      and (hold_lifted_at is null) = (hold_lifted_by is null))
  );
  create index law_enforcement_request_page_ix on law_enforcement_request (status, id);
  create index law_enforcement_request_imei_ix on law_enforcement_request (imei_hash, id);
  create index law_enforcement_request_hold_ix on law_enforcement_request (unit_id)
    where hold_placed_at is not null and hold_lifted_at is null;
  create trigger law_enforcement_request_keeps before update or delete on law_enforcement_request
    for each row execute function keep_what_was_written(
      'status', 'answer', 'answered_by', 'answered_at', 'hold_lifted_at', 'hold_lifted_by');
`;

const BARS = `
  alter table barred_seller
    add column trade_in_id uuid,
    add constraint barred_seller_trade_in_fk foreign key (trade_in_id) references trade_in (id);
`;
