import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SEEDED_REASONS } from './trade-in-reasons.js';

/** Handsets that customers hand in: rules and price books as versions, quotes, trade-ins, sellers, and the money of them. */
export class TradeIns1700000013000 implements MigrationInterface {
  name = 'TradeIns1700000013000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(RULES);
    await db.query(PRICES);
    await db.query(QUOTES);
    await db.query(SELLERS);
    await db.query(TRADES);
    await db.query(INSPECTIONS);
    await db.query(MONEY);
    await db.query(
      `insert into trade_in_rule (id, kind, code, content, content_hash, status, authors, effective_from, source,
         published_by, published_at)
       values ('01900000-0000-7000-8000-000000000001', 'REASONS', 'TRADE-IN-REASONS', $1::jsonb,
         sha256(convert_to($1::jsonb::text, 'UTF8')), 'PUBLISHED', '{loopline}', '2013-01-01T00:00:00Z',
         'Reason codes of the trade', 'carrier', '2013-01-01T00:00:00Z')`,
      [JSON.stringify({ reasons: SEEDED_REASONS })],
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

const RULES = `
  alter table import_job drop constraint import_job_kind_ck;
  alter table import_job add constraint import_job_kind_ck check (kind in (
    'CATALOGUE', 'TACS', 'PRICES', 'CHANNELS', 'LOCATIONS', 'UNITS', 'BULK_STOCK', 'ACCOUNTS', 'LINES',
    'DEVICE_RECORDS', 'LINE_ACTIVITY', 'PAID_SERVICE', 'LINE_PAYMENTS', 'BLOCK_LIST', 'GENERAL_LIST', 'UNLOCK_CODES',
    'UNLOCK_LOTS', 'PRICE_LINES'));

  create table trade_in_rule (
    id uuid not null,
    kind text not null,
    code text not null,
    content jsonb not null,
    content_hash bytea not null,
    status text not null,
    authors text[] not null,
    effective_from timestamptz not null,
    effective_to timestamptz,
    source text,
    published_by text,
    published_at timestamptz,
    version integer not null default 1,
    constraint trade_in_rule_pk primary key (id),
    constraint trade_in_rule_kind_ck check (kind in ('QUESTION_SET', 'TERMS', 'JURISDICTION', 'REASONS')),
    constraint trade_in_rule_status_ck check (status in ('DRAFT', 'PUBLISHED', 'DISCARDED')),
    constraint trade_in_rule_window_ck check (effective_from < effective_to),
    constraint trade_in_rule_published_ck
      check ((status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)),
    constraint trade_in_rule_second_person_ck check (published_by <> all (authors)),
    constraint trade_in_rule_window_excl exclude using gist (
      kind with =, code with =, tstzrange(effective_from, effective_to) with &&) where (status = 'PUBLISHED')
  );
  create index trade_in_rule_page_ix on trade_in_rule (kind, id);
`;

const PRICES = `
  create table price_book (
    id uuid not null,
    code text not null,
    country text not null,
    channel text not null,
    currency text not null,
    constraint price_book_pk primary key (id),
    constraint price_book_code_key unique (code),
    constraint price_book_place_key unique (country, channel),
    constraint price_book_country_ck check (country ~ '^[A-Z]{2}$'),
    constraint price_book_channel_ck check (channel in ('IN_STORE', 'MAIL', 'ANY')),
    constraint price_book_currency_ck check (currency ~ '^[A-Z]{3}$')
  );

  create table price_book_version (
    id uuid not null,
    book_id uuid not null,
    code text not null,
    status text not null,
    authors text[] not null,
    effective_from timestamptz not null,
    effective_to timestamptz,
    floor_minor bigint not null,
    stale_after_days integer not null,
    freeze_after_days integer,
    freeze_drop_percent integer,
    source text,
    lines integer,
    checksum bytea,
    approved_by text,
    approved_at timestamptz,
    frozen_at timestamptz,
    frozen_by text,
    frozen_reason text,
    stale_told_at timestamptz,
    version integer not null default 1,
    constraint price_book_version_pk primary key (id),
    constraint price_book_version_code_key unique (code),
    constraint price_book_version_book_fk foreign key (book_id) references price_book (id),
    constraint price_book_version_status_ck check (status in ('DRAFT', 'ACTIVE', 'DISCARDED')),
    constraint price_book_version_window_ck check (effective_from < effective_to),
    constraint price_book_version_floor_ck check (floor_minor between 1 and 100000000000),
    constraint price_book_version_stale_ck
      check (stale_after_days between 1 and 3650 and freeze_after_days >= stale_after_days),
    constraint price_book_version_drop_ck check (freeze_drop_percent between 1 and 99),
    constraint price_book_version_approved_ck
      check ((status = 'ACTIVE') = (approved_by is not null) and (approved_by is null) = (approved_at is null)),
    constraint price_book_version_frozen_ck
      check ((frozen_at is null) = (frozen_by is null) and (frozen_at is null) = (frozen_reason is null)),
    constraint price_book_version_second_person_ck check (approved_by <> all (authors)),
    constraint price_book_version_window_excl exclude using gist (
      book_id with =, tstzrange(effective_from, effective_to) with &&) where (status = 'ACTIVE')
  );
  create index price_book_version_page_ix on price_book_version (book_id, id);

  create table price_line (
    version_id uuid not null,
    model_id uuid not null,
    storage_gb integer not null,
    carrier_lock text not null,
    grade text not null,
    functional text not null,
    amount_minor bigint not null,
    wanted integer,
    constraint price_line_pk primary key (version_id, model_id, storage_gb, carrier_lock, grade, functional),
    constraint price_line_version_fk foreign key (version_id) references price_book_version (id),
    constraint price_line_model_fk foreign key (model_id) references device_model (id),
    constraint price_line_amount_ck check (amount_minor between 1 and 100000000000),
    constraint price_line_storage_ck check (storage_gb between 0 and 65536),
    constraint price_line_wanted_ck check (wanted between 0 and 1000000)
  );

  create table price_deduction (
    version_id uuid not null,
    problem text not null,
    amount_minor bigint not null,
    constraint price_deduction_pk primary key (version_id, problem),
    constraint price_deduction_version_fk foreign key (version_id) references price_book_version (id),
    constraint price_deduction_amount_ck check (amount_minor between 1 and 100000000000)
  );
`;

const QUOTES = `
  create table trade_in_quote (
    id uuid not null,
    number text not null,
    status text not null,
    outcome text not null,
    channel text not null,
    location_id uuid not null,
    currency text not null,
    imei14 text not null,
    variant_id uuid not null,
    account_id uuid,
    subject text,
    quoted_by text not null,
    market_minor bigint,
    promotion_minor bigint not null,
    price_version_id uuid,
    line_key text,
    snapshot jsonb not null,
    snapshot_hash bytea not null,
    offered_at timestamptz not null default now(),
    expires_at timestamptz not null,
    version integer not null default 1,
    constraint trade_in_quote_pk primary key (id),
    constraint trade_in_quote_number_key unique (number),
    constraint trade_in_quote_status_ck
      check (status in ('OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'SUPERSEDED', 'VOIDED')),
    constraint trade_in_quote_outcome_ck check (outcome in ('BOUGHT', 'RECYCLED', 'REFUSED')),
    constraint trade_in_quote_channel_ck check (channel in ('IN_STORE', 'MAIL')),
    constraint trade_in_quote_imei_ck check (imei14 ~ '^[0-9]{14}$'),
    constraint trade_in_quote_market_ck
      check ((outcome = 'BOUGHT') = (market_minor is not null) and market_minor between 1 and 100000000000),
    constraint trade_in_quote_promotion_ck check (promotion_minor between 0 and 100000000000),
    constraint trade_in_quote_expires_ck check (expires_at > offered_at),
    constraint trade_in_quote_location_fk foreign key (location_id) references stock_location (id),
    constraint trade_in_quote_variant_fk foreign key (variant_id) references device_variant (id)
  );
  create index trade_in_quote_imei_ix on trade_in_quote (imei14, id);
  create index trade_in_quote_open_ix on trade_in_quote (expires_at, id) where status = 'OFFERED';
  create index trade_in_quote_page_ix on trade_in_quote (location_id, id);
  create index trade_in_quote_subject_ix on trade_in_quote (subject, id) where subject is not null;

  -- What was promised is never rewritten: only how the quote stands may change.
  create function keep_quote_word() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and (to_jsonb(new) - '{status,version}'::text[]) = (to_jsonb(old) - '{status,version}'::text[]) then
      return new;
    end if;
    raise exception 'a quote keeps its word' using errcode = 'restrict_violation';
  end $$;
  create trigger trade_in_quote_keeps_word before update or delete on trade_in_quote
    for each row execute function keep_quote_word();
`;

const SELLERS = `
  create table seller (
    id uuid not null,
    identity_key bytea not null,
    identity_sealed bytea,
    born_before date not null,
    identity_until timestamptz not null,
    seen_at timestamptz not null default now(),
    constraint seller_pk primary key (id),
    constraint seller_identity_key unique (identity_key),
    constraint seller_identity_ck check (octet_length(identity_key) = 16)
  );
  create index seller_until_ix on seller (identity_until) where identity_sealed is not null;

  create table barred_seller (
    id uuid not null,
    seller_id uuid not null,
    reason text not null,
    barred_by text not null,
    barred_at timestamptz not null default now(),
    lifted_by text,
    lifted_at timestamptz,
    constraint barred_seller_pk primary key (id),
    constraint barred_seller_seller_fk foreign key (seller_id) references seller (id),
    constraint barred_seller_lifted_ck check ((lifted_by is null) = (lifted_at is null)),
    constraint barred_seller_second_person_ck check (lifted_by <> barred_by)
  );
  create unique index barred_seller_live_key on barred_seller (seller_id) where lifted_at is null;
`;

const TRADES = `
  create table trade_in (
    id uuid not null,
    number text not null,
    quote_id uuid not null,
    status text not null,
    channel text not null,
    location_id uuid not null,
    currency text not null,
    imei14 text not null,
    received_imei14 text,
    variant_id uuid not null,
    account_id uuid,
    subject text,
    seller_id uuid not null,
    jurisdiction_id uuid not null,
    terms_id uuid not null,
    plan_code text not null,
    quoted_minor bigint not null,
    agreed_minor bigint,
    agreed_extra_minor bigint,
    price_version_id uuid,
    line_key text,
    review text[] not null default '{}',
    reviewed_by text,
    accepted_by text not null,
    accepted_at timestamptz not null default now(),
    deadline_at timestamptz,
    tracking_in text,
    tracking_out text,
    sealed_bag text,
    unit_id uuid,
    received_at timestamptz,
    inspected_by text,
    waits_until timestamptz,
    suspended_for text,
    close_reason text,
    payout_tries smallint not null default 0,
    settled_by text,
    settled_at timestamptz,
    version integer not null default 1,
    constraint trade_in_pk primary key (id),
    constraint trade_in_number_key unique (number),
    constraint trade_in_quote_key unique (quote_id),
    constraint trade_in_quote_fk foreign key (quote_id) references trade_in_quote (id),
    constraint trade_in_location_fk foreign key (location_id) references stock_location (id),
    constraint trade_in_variant_fk foreign key (variant_id) references device_variant (id),
    constraint trade_in_seller_fk foreign key (seller_id) references seller (id),
    constraint trade_in_jurisdiction_fk foreign key (jurisdiction_id) references trade_in_rule (id),
    constraint trade_in_terms_fk foreign key (terms_id) references trade_in_rule (id),
    constraint trade_in_unit_fk foreign key (unit_id) references stock_unit (id),
    constraint trade_in_status_ck check (status in (
      'ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT', 'RECEIVED', 'INSPECTING', 'SUSPENDED', 'COUNTER_OFFERED',
      'VALIDATED', 'REJECTED', 'RETURN_PENDING', 'RETURNED', 'RECYCLED', 'SURRENDERED', 'CANCELLED', 'NOT_RECEIVED',
      'LOST_IN_TRANSIT', 'SETTLING', 'PAYOUT_FAILED', 'SETTLED', 'CLAWED_BACK')),
    constraint trade_in_channel_ck check (channel in ('IN_STORE', 'MAIL')),
    constraint trade_in_imei_ck check (imei14 ~ '^[0-9]{14}$' and received_imei14 ~ '^[0-9]{14}$'),
    constraint trade_in_money_ck check (
      quoted_minor between 0 and 100000000000 and agreed_minor between 0 and 100000000000
      and agreed_extra_minor between 0 and 100000000000
      and (agreed_minor is null) = (agreed_extra_minor is null)),
    constraint trade_in_settling_ck check (
      status not in ('VALIDATED', 'SETTLING', 'PAYOUT_FAILED', 'SETTLED') or agreed_minor is not null),
    constraint trade_in_waiting_ck check (status not in ('SUSPENDED', 'COUNTER_OFFERED') or waits_until is not null),
    constraint trade_in_suspended_ck check ((status = 'SUSPENDED') = (suspended_for is not null)),
    constraint trade_in_second_person_ck check (reviewed_by <> accepted_by)
  );
  create unique index trade_in_open_key on trade_in (imei14) where status in (
    'ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT', 'RECEIVED', 'INSPECTING', 'SUSPENDED', 'COUNTER_OFFERED', 'VALIDATED',
    'REJECTED', 'RETURN_PENDING', 'SETTLING', 'PAYOUT_FAILED');
  create index trade_in_queue_ix on trade_in (location_id, status, id);
  create index trade_in_status_ix on trade_in (status, id);
  create index trade_in_imei_ix on trade_in (imei14, id);
  create index trade_in_received_ix on trade_in (received_imei14) where received_imei14 is not null;
  create index trade_in_seller_ix on trade_in (seller_id, accepted_at);
  create index trade_in_subject_ix on trade_in (subject, id) where subject is not null;
  create index trade_in_account_ix on trade_in (account_id, accepted_at) where account_id is not null;
  create index trade_in_employee_ix on trade_in (accepted_by, accepted_at);
  create index trade_in_line_ix on trade_in (price_version_id, line_key) where line_key is not null;
  create index trade_in_due_ix on trade_in (deadline_at) where status in ('ACCEPTED', 'AWAITING_DEVICE');
  create index trade_in_waits_ix on trade_in (waits_until) where status in ('SUSPENDED', 'COUNTER_OFFERED');

  create table trade_in_check (
    id uuid not null,
    trade_in_id uuid not null,
    phase text not null,
    name text not null,
    outcome text not null,
    source text not null,
    reference text,
    checked_at timestamptz not null,
    constraint trade_in_check_pk primary key (id),
    constraint trade_in_check_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint trade_in_check_phase_ck check (phase in ('ACCEPTANCE', 'RECEIPT', 'PAYOUT')),
    constraint trade_in_check_name_ck check (name in (
      'IDENTIFIER', 'BLOCK_LISTS', 'OWN_FINANCE', 'OWN_STOCK', 'DUPLICATE', 'VELOCITY', 'DO_NOT_BUY')),
    constraint trade_in_check_outcome_ck check (outcome in ('PASS', 'REVIEW', 'FAIL', 'UNKNOWN'))
  );
  create index trade_in_check_trade_in_ix on trade_in_check (trade_in_id, id);
  create trigger trade_in_check_append_only before update or delete on trade_in_check
    for each row execute function refuse_rewriting();

  create table trade_in_photograph (
    id uuid not null,
    trade_in_id uuid not null,
    digest bytea not null,
    media_type text not null,
    bytes integer not null,
    width integer not null,
    height integer not null,
    taken_by text not null,
    taken_at timestamptz not null default now(),
    erased_at timestamptz,
    constraint trade_in_photograph_pk primary key (id),
    constraint trade_in_photograph_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint trade_in_photograph_digest_ck check (octet_length(digest) = 32),
    constraint trade_in_photograph_bytes_ck check (bytes between 1 and 20971520)
  );
  create unique index trade_in_photograph_digest_key on trade_in_photograph (trade_in_id, digest);
  create index trade_in_photograph_kept_ix on trade_in_photograph (digest) where erased_at is null;

  create table trade_in_message (
    id uuid not null,
    trade_in_id uuid not null,
    author text not null,
    written_by text not null,
    text text not null,
    written_at timestamptz not null default now(),
    constraint trade_in_message_pk primary key (id),
    constraint trade_in_message_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint trade_in_message_author_ck check (author in ('CUSTOMER', 'CARRIER'))
  );
  create index trade_in_message_trade_in_ix on trade_in_message (trade_in_id, id);
  create trigger trade_in_message_append_only before update or delete on trade_in_message
    for each row execute function refuse_rewriting();
`;

const INSPECTIONS = `
  create table trade_in_inspection (
    id uuid not null,
    trade_in_id uuid not null,
    inspected_by text not null,
    inspected_at timestamptz not null default now(),
    received_imei14 text not null,
    variant_id uuid not null,
    answers jsonb not null,
    valuation jsonb not null,
    market_minor bigint,
    extra_minor bigint not null,
    differs text[] not null,
    verdict text not null,
    constraint trade_in_inspection_pk primary key (id),
    constraint trade_in_inspection_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint trade_in_inspection_variant_fk foreign key (variant_id) references device_variant (id),
    constraint trade_in_inspection_verdict_ck
      check (verdict in ('MATCH', 'WITHIN_TOLERANCE', 'UPWARD_ADJUSTMENT', 'WORSE', 'NOT_BOUGHT')),
    constraint trade_in_inspection_market_ck
      check ((verdict = 'NOT_BOUGHT') = (market_minor is null) and market_minor between 0 and 100000000000)
  );
  create index trade_in_inspection_trade_in_ix on trade_in_inspection (trade_in_id, id);
  create trigger trade_in_inspection_append_only before update or delete on trade_in_inspection
    for each row execute function refuse_rewriting();

  create table counter_offer (
    id uuid not null,
    trade_in_id uuid not null,
    inspection_id uuid not null,
    status text not null,
    market_minor bigint not null,
    extra_minor bigint not null,
    reasons text[] not null,
    comment text,
    offered_by text not null,
    offered_at timestamptz not null default now(),
    expires_at timestamptz not null,
    silence text not null,
    answered_by text,
    answered_at timestamptz,
    photograph_ids uuid[] not null,
    constraint counter_offer_pk primary key (id),
    constraint counter_offer_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint counter_offer_inspection_key unique (inspection_id),
    constraint counter_offer_inspection_fk foreign key (inspection_id) references trade_in_inspection (id),
    constraint counter_offer_status_ck
      check (status in ('OPEN', 'ACCEPTED', 'DECLINED_RETURN', 'DECLINED_RECYCLE', 'WITHDRAWN')),
    constraint counter_offer_silence_ck check (silence in ('ACCEPT', 'RETURN', 'RECYCLE')),
    constraint counter_offer_answered_ck check ((status = 'OPEN') = (answered_at is null)),
    constraint counter_offer_photographs_ck check (cardinality(photograph_ids) between 1 and 20),
    constraint counter_offer_reasons_ck check (cardinality(reasons) between 1 and 20)
  );
  create unique index counter_offer_open_key on counter_offer (trade_in_id) where status = 'OPEN';
  create index counter_offer_trade_in_ix on counter_offer (trade_in_id, id);
`;

const MONEY = `
  create table money_entry (
    id uuid not null,
    trade_in_id uuid not null,
    event text not null,
    debit_account text not null,
    credit_account text not null,
    amount_minor bigint not null,
    currency text not null,
    component text not null,
    credit_id uuid,
    location_id uuid not null,
    reverses_id uuid,
    actor text not null,
    correlation_id text not null,
    posted_at timestamptz not null default now(),
    constraint money_entry_pk primary key (id),
    -- Each row has a debit and a credit of one amount: the ledger cannot fail to balance.
    constraint money_entry_accounts_ck check (debit_account <> credit_account),
    constraint money_entry_amount_ck check (amount_minor between 1 and 100000000000),
    constraint money_entry_component_ck check (component in ('MARKET', 'PROMOTION')),
    constraint money_entry_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    -- A reversal is the mirror of one entry, and an entry is reversed once.
    constraint money_entry_mirror_key unique (id, trade_in_id, amount_minor, currency, debit_account, credit_account),
    constraint money_entry_reverses_key unique (reverses_id),
    constraint money_entry_reverses_fk
      foreign key (reverses_id, trade_in_id, amount_minor, currency, credit_account, debit_account)
      references money_entry (id, trade_in_id, amount_minor, currency, debit_account, credit_account)
  );
  create index money_entry_trade_in_ix on money_entry (trade_in_id, id);
  create trigger money_entry_append_only before update or delete on money_entry
    for each row execute function refuse_rewriting();
  create trigger money_entry_no_truncate before truncate on money_entry
    for each statement execute function refuse_rewriting();

  create table trade_in_credit (
    id uuid not null,
    trade_in_id uuid not null,
    component text not null,
    instrument text not null,
    status text not null,
    amount_minor bigint not null,
    currency text not null,
    account_id uuid,
    reference text,
    failure text,
    stop_reason text,
    requested_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint trade_in_credit_pk primary key (id),
    constraint trade_in_credit_trade_in_fk foreign key (trade_in_id) references trade_in (id),
    constraint trade_in_credit_component_ck check (component in ('MARKET', 'PROMOTION')),
    constraint trade_in_credit_instrument_ck check (instrument in (
      'BILL_CREDIT', 'MONTHLY_CREDITS', 'EIP_PAYOFF', 'GIFT_CARD', 'CARD_REFUND', 'BANK_TRANSFER')),
    constraint trade_in_credit_status_ck
      check (status in ('REQUESTED', 'CREDITING', 'PAID', 'FAILED', 'STOPPED', 'REVERSED')),
    constraint trade_in_credit_amount_ck check (amount_minor between 1 and 100000000000)
  );
  create index trade_in_credit_trade_in_ix on trade_in_credit (trade_in_id, id);
  create index trade_in_credit_waiting_ix on trade_in_credit (id) where status = 'REQUESTED';

  create table credit_instalment (
    credit_id uuid not null,
    no smallint not null,
    due_on date not null,
    amount_minor bigint not null,
    status text not null,
    applied_at timestamptz,
    constraint credit_instalment_pk primary key (credit_id, no),
    constraint credit_instalment_credit_fk foreign key (credit_id) references trade_in_credit (id),
    constraint credit_instalment_status_ck check (status in ('DUE', 'APPLIED', 'STOPPED')),
    constraint credit_instalment_applied_ck check ((status = 'APPLIED') = (applied_at is not null)),
    constraint credit_instalment_amount_ck check (amount_minor between 0 and 100000000000)
  );
  create index credit_instalment_due_ix on credit_instalment (due_on, credit_id, no) where status = 'DUE';
`;
