import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What billing knows of accounts, lines and devices, and what the registries say of an IMEI. */
export class Accounts1700000005000 implements MigrationInterface {
  name = 'Accounts1700000005000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table import_job drop constraint import_job_kind_ck;
      alter table import_job add constraint import_job_kind_ck check (kind in (
        'CATALOGUE', 'TACS', 'PRICES', 'CHANNELS', 'LOCATIONS', 'UNITS', 'BULK_STOCK', 'ACCOUNTS', 'LINES',
        'DEVICE_RECORDS', 'LINE_ACTIVITY', 'PAID_SERVICE', 'LINE_PAYMENTS', 'BLOCK_LIST', 'GENERAL_LIST'));

      create table billing_account (
        id uuid not null,
        number text not null,
        state text not null,
        good_standing boolean,
        past_due_minor bigint,
        currency text not null,
        company boolean not null,
        company_authorised boolean,
        customer_since date not null,
        customer_subject text,
        contact_index bytea,
        version integer not null default 1,
        constraint billing_account_pk primary key (id),
        constraint billing_account_number_key unique (number),
        constraint billing_account_number_ck check (number ~ '^[A-Z][A-Z0-9-]{1,31}$'),
        constraint billing_account_state_ck check (state in ('ACTIVE', 'SUSPENDED', 'CANCELLED')),
        constraint billing_account_past_due_ck check (past_due_minor between 0 and 100000000000),
        constraint billing_account_currency_ck check (currency ~ '^[A-Z]{3}$'),
        constraint billing_account_company_ck check (company or company_authorised is null),
        constraint billing_account_contact_ck check (octet_length(contact_index) = 16)
      );
      create index billing_account_subject_ix on billing_account (customer_subject) where customer_subject is not null;

      create table account_line (
        id uuid not null,
        account_id uuid not null,
        number text not null,
        activated_on date not null,
        constraint account_line_pk primary key (id),
        constraint account_line_number_key unique (number),
        constraint account_line_account_fk foreign key (account_id) references billing_account (id),
        constraint account_line_number_ck check (number ~ '^[A-Z][A-Z0-9-]{1,31}$')
      );
      create index account_line_account_ix on account_line (account_id, number);

      create table device_record (
        imei14 text not null,
        id uuid not null,
        account_id uuid,
        sold_by_us boolean,
        brand text,
        segment text,
        jurisdiction text,
        purchased_on date,
        activated_on date,
        fraud_flag boolean,
        balance_minor bigint,
        currency text,
        paid_off_at timestamptz,
        payoff_channel text,
        paid_off_early boolean not null default false,
        bill_closes_on date,
        contract_ends_on date,
        upgraded_on date,
        version integer not null default 1,
        constraint device_record_pk primary key (imei14),
        constraint device_record_id_key unique (id),
        constraint device_record_account_fk foreign key (account_id) references billing_account (id),
        constraint device_record_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint device_record_segment_ck check (segment in ('POSTPAID', 'PREPAID', 'BUSINESS')),
        constraint device_record_jurisdiction_ck check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
        constraint device_record_balance_ck check (balance_minor between 0 and 100000000000),
        constraint device_record_currency_ck check (currency ~ '^[A-Z]{3}$'),
        constraint device_record_financing_ck check ((balance_minor is null) = (currency is null)),
        constraint device_record_paid_ck check (paid_off_at is null or coalesce(balance_minor = 0, false)),
        constraint device_record_payoff_ck check (
          paid_off_at is not null or (payoff_channel is null and not paid_off_early and bill_closes_on is null))
      );
      create index device_record_account_ix on device_record (account_id, currency, balance_minor)
        where account_id is not null;

      create table line_activity (
        imei14 text not null,
        line_id uuid not null,
        active_from date not null,
        active_to date,
        constraint line_activity_pk primary key (imei14, line_id, active_from),
        constraint line_activity_line_fk foreign key (line_id) references account_line (id),
        constraint line_activity_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint line_activity_period_ck check (active_to >= active_from)
      );

      create table line_usage (
        imei14 text not null,
        line_id uuid not null,
        first_seen_on date not null,
        last_seen_on date not null,
        constraint line_usage_pk primary key (imei14, line_id),
        constraint line_usage_line_fk foreign key (line_id) references account_line (id),
        constraint line_usage_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint line_usage_period_ck check (last_seen_on >= first_seen_on)
      );

      create table paid_service (
        line_id uuid not null,
        paid_from date not null,
        paid_to date,
        constraint paid_service_pk primary key (line_id, paid_from),
        constraint paid_service_line_fk foreign key (line_id) references account_line (id),
        constraint paid_service_period_ck check (paid_to >= paid_from)
      );

      create table line_payment (
        id uuid not null,
        account_id uuid not null,
        line_id uuid,
        paid_on date not null,
        amount_minor bigint not null,
        currency text not null,
        kind text not null,
        channel text,
        external_reference text not null,
        constraint line_payment_pk primary key (id),
        constraint line_payment_reference_key unique (external_reference),
        constraint line_payment_account_fk foreign key (account_id) references billing_account (id),
        constraint line_payment_line_fk foreign key (line_id) references account_line (id),
        constraint line_payment_amount_ck check (amount_minor between 1 and 100000000000),
        constraint line_payment_currency_ck check (currency ~ '^[A-Z]{3}$'),
        constraint line_payment_kind_ck check (kind in ('REFILL', 'MONTHLY', 'INSTALMENT')),
        constraint line_payment_refill_ck check (kind <> 'REFILL' or line_id is not null)
      );
      create index line_payment_refill_ix on line_payment (line_id, currency, amount_minor) where kind = 'REFILL';
      create index line_payment_monthly_ix on line_payment (account_id) where kind = 'MONTHLY';
      create trigger line_payment_append_only before update or delete on line_payment
        for each row execute function refuse_rewriting();
      create trigger line_payment_no_truncate before truncate on line_payment
        for each statement execute function refuse_rewriting();

      create table block_entry (
        id uuid not null,
        imei14 text not null,
        list text not null,
        reason text not null,
        source text not null,
        reported_on date not null,
        pending boolean not null default false,
        placed_at timestamptz not null default now(),
        placed_by text not null,
        lifted_at timestamptz,
        lifted_by text,
        lifted_reason text,
        version integer not null default 1,
        constraint block_entry_pk primary key (id),
        constraint block_entry_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint block_entry_list_ck check (list in ('BLOCK', 'GENERAL')),
        constraint block_entry_reason_ck check (
          list = 'BLOCK' and reason in (
            'LOST_OR_STOLEN', 'FRAUDULENTLY_OBTAINED', 'NON_PAYMENT', 'BROKEN_OR_FAULTY', 'COURT_ORDER')
          or list = 'GENERAL' and reason in ('OWNERSHIP_CLAIM', 'FINANCIAL_CLAIM')),
        constraint block_entry_source_ck check (source ~ '^[A-Z0-9][A-Z0-9_-]{0,39}$'),
        constraint block_entry_lifted_ck check ((lifted_at is null) = (lifted_by is null))
      );
      create unique index block_entry_live_key on block_entry (imei14, reason, source) where lifted_at is null;
      create index block_entry_device_ix on block_entry (imei14, id);

      create table registry_answer (
        imei14 text not null,
        source text not null,
        status text not null,
        reasons text array not null,
        checked_at timestamptz not null,
        constraint registry_answer_pk primary key (imei14, source),
        constraint registry_answer_imei_ck check (imei14 ~ '^[0-9]{14}$'),
        constraint registry_answer_status_ck check (status in ('CLEAN', 'CLAIMED', 'BLOCKED'))
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
