import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Under which rules handsets are unlocked, and the floors the law sets them. */
export class UnlockPolicies1700000006000 implements MigrationInterface {
  name = 'UnlockPolicies1700000006000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create extension if not exists btree_gist;

      create table unlock_policy (
        id uuid not null,
        code text not null,
        jurisdiction text not null,
        brand text,
        segment text not null,
        anchor text not null,
        effective_from date not null,
        effective_to date,
        time_zone text not null,
        calendar text not null,
        content jsonb not null,
        source text,
        status text not null,
        authors text[] not null,
        drafted_at timestamptz not null default now(),
        published_by text,
        published_at timestamptz,
        version integer not null default 1,
        constraint unlock_policy_pk primary key (id),
        constraint unlock_policy_segment_ck check (segment in ('POSTPAID', 'PREPAID', 'BUSINESS', 'ANY')),
        constraint unlock_policy_anchor_ck check (anchor in ('PURCHASE_DATE', 'ACTIVATION_DATE')),
        constraint unlock_policy_status_ck check (status in ('DRAFT', 'PUBLISHED', 'DISCARDED')),
        constraint unlock_policy_window_ck check (effective_from <= effective_to),
        constraint unlock_policy_published_ck
          check ((status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)),
        constraint unlock_policy_second_person_ck check (published_by <> all (authors))
      );
      create unique index unlock_policy_code_key on unlock_policy (code) where status <> 'DISCARDED';
      create index unlock_policy_page_ix on unlock_policy (status, id);
      alter table unlock_policy add constraint unlock_policy_window_excl exclude using gist (
        jurisdiction with =, coalesce(brand, '') with =, segment with =,
        daterange(effective_from, effective_to, '[]') with &&) where (status = 'PUBLISHED');

      create table unlock_floor (
        code text not null,
        jurisdiction text not null,
        status text not null,
        source text not null,
        prepaid_most_days integer,
        most_days_after_activation integer,
        response_most_business_days integer,
        customer_most_fee_minor bigint,
        free_for_all_after_months integer,
        payment_may_be_asked boolean not null default true,
        notice_needed boolean not null default false,
        military_path_needed boolean not null default false,
        no_locks_sold_from date,
        in_force_from date,
        version integer not null default 1,
        constraint unlock_floor_pk primary key (code),
        constraint unlock_floor_status_ck check (status in ('IN_FORCE', 'PROPOSED', 'REPEALED'))
      );

      insert into unlock_floor (code, jurisdiction, status, source, prepaid_most_days, most_days_after_activation,
          response_most_business_days, customer_most_fee_minor, free_for_all_after_months, payment_may_be_asked,
          notice_needed, military_path_needed, no_locks_sold_from, in_force_from) values
        ('CTIA-12', 'US', 'IN_FORCE', 'CTIA Consumer Code for Wireless Service, principle 12, adopted 2013-12-12',
         365, null, 2, 0, null, true, true, true, null, '2015-02-11'),
        ('FCC-24-77', 'US', 'PROPOSED', 'FCC 24-77, WT Docket 24-186, 89 FR 64843', null, 60, null, null, null, false,
         false, false, null, null),
        ('CA-WIRELESS-CODE', 'CA', 'IN_FORCE', 'Wireless Code, section F.1, Telecom Regulatory Policy CRTC 2017-200',
         null, null, null, 0, null, true, false, false, '2017-12-01', '2017-12-01'),
        ('GB-OFCOM', 'GB', 'IN_FORCE', 'Ofcom General Conditions, ban on selling locked handsets', null, null, null,
         null, null, true, false, false, '2021-12-17', '2021-12-17'),
        ('FR-ARCEP', 'FR', 'IN_FORCE', 'Arcep decision 05-1083', null, null, null, null, 3, true, false, false, null, null);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
