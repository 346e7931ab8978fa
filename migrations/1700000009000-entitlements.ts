import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bulk holders who may have many handsets unlocked, the lots they bought, and what they ask for. */
export class Entitlements1700000009000 implements MigrationInterface {
  name = 'Entitlements1700000009000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table import_job drop constraint import_job_kind_ck;
      alter table import_job add constraint import_job_kind_ck check (kind in (
        'CATALOGUE', 'TACS', 'PRICES', 'CHANNELS', 'LOCATIONS', 'UNITS', 'BULK_STOCK', 'ACCOUNTS', 'LINES',
        'DEVICE_RECORDS', 'LINE_ACTIVITY', 'PAID_SERVICE', 'LINE_PAYMENTS', 'BLOCK_LIST', 'GENERAL_LIST',
        'UNLOCK_CODES', 'UNLOCK_LOTS'));

      create table unlock_entitlement (
        id uuid not null,
        code text not null,
        kind text not null,
        owner text not null,
        owner_subject text not null,
        lots text[] not null,
        account_ids uuid[] not null,
        unlock_limit integer not null,
        used integer not null default 0,
        ends_on date not null,
        recertify_by date,
        status text not null,
        authored_by text not null,
        authored_at timestamptz not null default now(),
        approved_by text,
        recertified_by text,
        version integer not null default 1,
        constraint unlock_entitlement_pk primary key (id),
        constraint unlock_entitlement_code_key unique (code),
        constraint unlock_entitlement_kind_ck check (kind in ('LOT_BUYER', 'BUSINESS')),
        constraint unlock_entitlement_status_ck check (status in ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED')),
        constraint unlock_entitlement_used_ck check (used between 0 and unlock_limit),
        constraint unlock_entitlement_approved_ck
          check (status in ('PROPOSED', 'ENDED') or num_nulls(approved_by, recertify_by) = 0),
        constraint unlock_entitlement_second_person_ck check (approved_by <> authored_by),
        constraint unlock_entitlement_recertified_ck check (recertified_by <> authored_by)
      );

      create table unlock_lot_device (
        lot text not null,
        imei14 text not null,
        constraint unlock_lot_device_pk primary key (lot, imei14),
        constraint unlock_lot_device_imei_ck check (imei14 ~ '^[0-9]{14}$')
      );

      create table unlock_batch (
        id uuid not null,
        entitlement_id uuid not null,
        status text not null,
        note text not null,
        authored_by text not null,
        authored_at timestamptz not null default now(),
        decided_by text,
        decided_at timestamptz,
        version integer not null default 1,
        constraint unlock_batch_pk primary key (id),
        constraint unlock_batch_entitlement_fk foreign key (entitlement_id) references unlock_entitlement (id),
        constraint unlock_batch_status_ck check (status in ('PROPOSED', 'APPROVED', 'REFUSED')),
        constraint unlock_batch_decided_ck
          check ((status = 'PROPOSED') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
        constraint unlock_batch_second_person_ck check (decided_by <> authored_by)
      );
      create index unlock_batch_entitlement_ix on unlock_batch (entitlement_id, id);

      create table unlock_batch_item (
        batch_id uuid not null,
        n integer not null,
        imei14 text not null,
        outcome text,
        request_id uuid,
        constraint unlock_batch_item_pk primary key (batch_id, n),
        constraint unlock_batch_item_batch_fk foreign key (batch_id) references unlock_batch (id),
        constraint unlock_batch_item_request_fk foreign key (request_id) references unlock_request (id),
        constraint unlock_batch_item_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint unlock_batch_item_outcome_ck
          check (outcome in ('REQUESTED', 'NOT_IN_ENTITLEMENT', 'LIMIT_REACHED', 'DUPLICATE')),
        constraint unlock_batch_item_requested_ck
          check ((coalesce(outcome, '') = 'REQUESTED') = (request_id is not null))
      );

      alter table unlock_request add constraint unlock_request_entitlement_fk
        foreign key (entitlement_id) references unlock_entitlement (id) not valid;
      alter table unlock_request validate constraint unlock_request_entitlement_fk;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
