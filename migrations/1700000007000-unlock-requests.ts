import type { MigrationInterface, QueryRunner } from 'typeorm';
import { UNLOCK_RECIPES } from './unlock-recipes.js';

/** Requests to unlock a handset, how they were decided, what was granted, and the lock of each handset. */
export class UnlockRequests1700000007000 implements MigrationInterface {
  name = 'UnlockRequests1700000007000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table import_job drop constraint import_job_kind_ck;
      alter table import_job add constraint import_job_kind_ck check (kind in (
        'CATALOGUE', 'TACS', 'PRICES', 'CHANNELS', 'LOCATIONS', 'UNITS', 'BULK_STOCK', 'ACCOUNTS', 'LINES',
        'DEVICE_RECORDS', 'LINE_ACTIVITY', 'PAID_SERVICE', 'LINE_PAYMENTS', 'BLOCK_LIST', 'GENERAL_LIST',
        'UNLOCK_CODES'));

      create table unlock_request (
        id uuid not null,
        number text not null,
        kind text not null,
        scope text not null,
        channel text not null,
        status text not null,
        imei14 text not null,
        device_imei14 text not null,
        made_by text not null,
        subject text,
        location_id uuid,
        contact_sealed bytea,
        contact_hash bytea,
        language text not null,
        disclosure text not null,
        confirm_hash bytea,
        confirm_by timestamptz,
        access_hash bytea,
        line_id uuid,
        account_id uuid,
        alternative text,
        exemption text,
        entitlement_id uuid,
        policy_id uuid,
        reasons text[] not null default '{}',
        next_eligible_at timestamptz,
        method text,
        stage text,
        attempts_left smallint,
        calendar text,
        calendar_version integer,
        submitted_at timestamptz not null default now(),
        received_at timestamptz,
        respond_by timestamptz,
        resolve_by timestamptz,
        responded_at timestamptz,
        response text,
        paused_at timestamptz,
        extensions smallint not null default 0,
        warned smallint not null default 0,
        respond_breached_at timestamptz,
        resolve_breached_at timestamptz,
        ask_again_at timestamptz,
        documents_by timestamptz,
        denied_at timestamptz,
        appealed_at timestamptz,
        closed_at timestamptz,
        version integer not null default 1,
        constraint unlock_request_pk primary key (id),
        constraint unlock_request_number_key unique (number),
        constraint unlock_request_policy_fk foreign key (policy_id) references unlock_policy (id),
        constraint unlock_request_location_fk foreign key (location_id) references stock_location (id),
        constraint unlock_request_kind_ck check (kind in ('OUTBOUND', 'INBOUND', 'BULK_ITEM', 'AUTO')),
        constraint unlock_request_scope_ck check (scope in ('PERMANENT', 'TEMPORARY')),
        constraint unlock_request_status_ck check (status in (
          'PENDING_CONFIRMATION', 'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED',
          'FULFILLING', 'ACTION_REQUIRED', 'CODE_FAILED', 'FULFILMENT_FAILED', 'DENIED', 'COMPLETED', 'EXPIRED',
          'CANCELLED', 'CLOSED_NO_RESPONSE', 'REVOKED')),
        constraint unlock_request_method_ck check (method in (
          'CODE', 'OTA', 'OEM_WHITELIST', 'ALREADY_UNLOCKED', 'NOT_POSSIBLE', 'REFERRAL')),
        constraint unlock_request_stage_ck check (stage in ('AWAITING_CODE', 'OEM_SUBMITTED', 'OTA_PUSHED')),
        constraint unlock_request_disclosure_ck check (disclosure in ('OWNER', 'HOLDER')),
        constraint unlock_request_language_ck check (language in ('en', 'es')),
        constraint unlock_request_imei_ck check (imei14 ~ '^[0-9]{14}$' and device_imei14 ~ '^[0-9]{14}$'),
        constraint unlock_request_pending_ck
          check (status <> 'PENDING_CONFIRMATION' or (confirm_hash is not null and confirm_by is not null)),
        constraint unlock_request_received_ck check (
          (received_at is null) = (respond_by is null) and (received_at is null) = (resolve_by is null)),
        constraint unlock_request_contact_ck
          check ((contact_sealed is null) = (contact_hash is null) and octet_length(contact_hash) = 16)
      );
      create unique index unlock_request_live_key on unlock_request (device_imei14) where status in (
        'RECEIVED', 'EVALUATING', 'AWAITING_DOCUMENTS', 'UNDER_REVIEW', 'APPROVED', 'FULFILLING', 'ACTION_REQUIRED',
        'CODE_FAILED', 'FULFILMENT_FAILED');
      create unique index unlock_request_pending_key on unlock_request (device_imei14, contact_hash)
        where status = 'PENDING_CONFIRMATION';
      create unique index unlock_request_confirm_key on unlock_request (confirm_hash) where confirm_hash is not null;
      create index unlock_request_queue_ix on unlock_request (status, respond_by, id);
      create index unlock_request_device_ix on unlock_request (device_imei14, id);
      create index unlock_request_subject_ix on unlock_request (subject, id) where subject is not null;
      create index unlock_request_location_ix on unlock_request (location_id, id) where location_id is not null;
      create index unlock_request_lapsing_ix on unlock_request (confirm_by) where status = 'PENDING_CONFIRMATION';
      create index unlock_request_waiting_ix on unlock_request (ask_again_at) where status = 'EVALUATING';

      create table unlock_decision (
        id uuid not null,
        request_id uuid not null,
        policy_id uuid,
        verdict text not null,
        reasons text[] not null,
        next_eligible_at timestamptz,
        checks jsonb not null,
        facts jsonb not null,
        asked jsonb not null,
        decided_at timestamptz not null default now(),
        decided_by text not null,
        constraint unlock_decision_pk primary key (id),
        constraint unlock_decision_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_decision_policy_fk foreign key (policy_id) references unlock_policy (id),
        constraint unlock_decision_verdict_ck check (verdict in ('ELIGIBLE', 'NOT_ELIGIBLE', 'UNDECIDED'))
      );
      create index unlock_decision_request_ix on unlock_decision (request_id, id);
      create trigger unlock_decision_append_only before update or delete on unlock_decision
        for each row execute function refuse_rewriting();

      create table unlock_grant (
        id uuid not null,
        request_id uuid not null,
        device_imei14 text not null,
        kind text not null,
        line_id uuid,
        account_id uuid,
        granted_at timestamptz not null default now(),
        ends_at timestamptz,
        ended_at timestamptz,
        revoked_at timestamptz,
        constraint unlock_grant_pk primary key (id),
        constraint unlock_grant_request_fk foreign key (request_id) references unlock_request (id)
      );
      create unique index unlock_grant_request_key on unlock_grant (request_id);
      create index unlock_grant_device_ix on unlock_grant (device_imei14, granted_at);
      create index unlock_grant_line_ix on unlock_grant (line_id, granted_at) where line_id is not null;
      create index unlock_grant_account_ix on unlock_grant (account_id, granted_at) where account_id is not null;
      create index unlock_grant_ending_ix on unlock_grant (ends_at) where ends_at is not null and ended_at is null;

      create table unlock_cap_lock (
        scope_key text not null,
        constraint unlock_cap_lock_pk primary key (scope_key)
      );

      create table device_lock (
        device_imei14 text not null,
        state text not null,
        until timestamptz,
        attempts_left smallint,
        source text not null,
        changed_at timestamptz not null default now(),
        version integer not null default 1,
        constraint device_lock_pk primary key (device_imei14),
        constraint device_lock_state_ck check (state in (
          'UNKNOWN', 'NEVER_LOCKED', 'LOCKED', 'TEMP_UNLOCKED', 'UNLOCKED', 'HARD_LOCKED')),
        constraint device_lock_until_ck check ((state = 'TEMP_UNLOCKED') = (until is not null)),
        constraint device_lock_attempts_ck check (attempts_left between 0 and 99)
      );
      create index device_lock_until_ix on device_lock (until) where until is not null;

      create table unlock_override (
        id uuid not null,
        request_id uuid not null,
        failing text[] not null,
        reason text not null,
        proposed_by text not null,
        proposed_at timestamptz not null default now(),
        decision text,
        decided_by text,
        decided_at timestamptz,
        decision_reason text,
        constraint unlock_override_pk primary key (id),
        constraint unlock_override_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_override_decision_ck check (decision in ('APPROVED', 'REFUSED')),
        constraint unlock_override_decided_ck
          check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
        constraint unlock_override_second_person_ck check (decided_by <> proposed_by)
      );
      create unique index unlock_override_open_key on unlock_override (request_id) where decision is null;
      create index unlock_override_request_ix on unlock_override (request_id, id);

      create table unlock_document (
        id uuid not null,
        request_id uuid not null,
        type text not null,
        media_type text not null,
        digest bytea not null,
        bytes integer not null,
        handed_in_by text not null,
        handed_in_at timestamptz not null default now(),
        verdict text not null default 'PENDING',
        verdict_reason text,
        decided_by text,
        decided_at timestamptz,
        content_sealed bytea,
        content_until timestamptz not null,
        constraint unlock_document_pk primary key (id),
        constraint unlock_document_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_document_verdict_ck check (verdict in ('PENDING', 'ACCEPTED', 'REJECTED')),
        constraint unlock_document_decided_ck check ((verdict = 'PENDING') = (decided_by is null)),
        constraint unlock_document_second_person_ck check (decided_by <> handed_in_by),
        constraint unlock_document_bytes_ck check (bytes between 1 and 10485760)
      );
      create unique index unlock_document_digest_key on unlock_document (request_id, digest);
      create index unlock_document_until_ix on unlock_document (content_until) where content_sealed is not null;

      create table unlock_code_batch (
        id uuid not null,
        import_job_id uuid not null,
        status text not null,
        authored_by text not null,
        staged_at timestamptz not null default now(),
        decided_by text,
        decided_at timestamptz,
        version integer not null default 1,
        constraint unlock_code_batch_pk primary key (id),
        constraint unlock_code_batch_status_ck check (status in ('STAGED', 'APPROVED', 'REFUSED')),
        constraint unlock_code_batch_decided_ck
          check ((status = 'STAGED') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
        constraint unlock_code_batch_second_person_ck check (decided_by <> authored_by)
      );
      create unique index unlock_code_batch_job_key on unlock_code_batch (import_job_id);

      create table unlock_code (
        id uuid not null,
        device_imei14 text not null,
        code_type text not null,
        status text not null,
        sealed bytea not null,
        data_key_id uuid not null,
        code_hash bytea not null,
        batch_id uuid not null,
        mep_id text,
        prd text,
        lot text,
        quarantine text,
        received_at timestamptz not null default now(),
        failed_at timestamptz,
        constraint unlock_code_pk primary key (id),
        constraint unlock_code_batch_fk foreign key (batch_id) references unlock_code_batch (id),
        constraint unlock_code_key_fk foreign key (data_key_id) references data_key (id),
        constraint unlock_code_status_ck check (status in ('HELD', 'QUARANTINED', 'FAILED', 'DISCARDED')),
        constraint unlock_code_quarantine_ck check ((status = 'QUARANTINED') <= (quarantine is not null)),
        constraint unlock_code_imei_ck check (device_imei14 ~ '^[0-9]{14}$'),
        constraint unlock_code_type_ck check (code_type ~ '^[A-Z][A-Z0-9_]{0,29}$'),
        constraint unlock_code_hash_ck check (octet_length(code_hash) = 16)
      );
      create unique index unlock_code_held_key on unlock_code (device_imei14, code_type) where status = 'HELD';
      create unique index unlock_code_known_key on unlock_code (device_imei14, code_type, code_hash)
        where status <> 'DISCARDED';
      create index unlock_code_batch_ix on unlock_code (batch_id, status);
      create index unlock_code_quarantine_ix on unlock_code (id) where status = 'QUARANTINED';
      create index unlock_code_key_ix on unlock_code (data_key_id);

      create table unlock_code_reveal (
        id uuid not null,
        request_id uuid not null,
        code_id uuid not null,
        revealed_to text not null,
        purpose text not null,
        revealed_at timestamptz not null default now(),
        constraint unlock_code_reveal_pk primary key (id),
        constraint unlock_code_reveal_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_code_reveal_code_fk foreign key (code_id) references unlock_code (id)
      );
      create unique index unlock_code_reveal_once_key on unlock_code_reveal (request_id, code_id);

      create table unlock_recipe (
        brand_key text not null,
        model_key text not null,
        method text not null,
        max_attempts smallint,
        attempts_shown boolean not null,
        code_formats jsonb not null,
        code_order text[] not null,
        steps_en text[] not null,
        steps_es text[] not null,
        version integer not null default 1,
        constraint unlock_recipe_pk primary key (brand_key, model_key),
        constraint unlock_recipe_method_ck check (method in ('CODE', 'OTA', 'OEM_WHITELIST', 'NOT_POSSIBLE'))
      );
    `);
    for (const recipe of UNLOCK_RECIPES) {
      await db.query(
        `insert into unlock_recipe (brand_key, model_key, method, max_attempts, attempts_shown, code_formats,
           code_order, steps_en, steps_es) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        recipe,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
