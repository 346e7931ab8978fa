import type { MigrationInterface, QueryRunner } from 'typeorm';
import { GRADE_PROFILE_2026_1, TEST_PLAN_2026_1 } from './bench-standards.js';

/** Handsets that come back: taken in, held, erased, tested, graded, repaired, and gone where they may go. */
export class Refurbishment1700000012000 implements MigrationInterface {
  name = 'Refurbishment1700000012000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table sku drop constraint sku_condition_ck;
      alter table sku
        add constraint sku_condition_ck check (condition in ('NEW', 'REFURBISHED', 'OPEN_BOX', 'USED')),
        add constraint sku_used_ck check (condition <> 'USED' or kind = 'DEVICE');

      -- Wider than before, so that no row can break them; they are validated by the migration after this one, which
      -- does not keep the tills waiting.
      alter table stock_holding drop constraint stock_holding_disposition_ck, drop constraint stock_holding_closed_ck;
      alter table stock_holding
        add column disclosure text,
        add column sealed_bag text,
        add constraint stock_holding_disposition_ck check (disposition in (
          'RECEIVED', 'INSPECTION', 'AVAILABLE', 'RESERVED', 'ALLOCATED', 'DISPLAY', 'QUARANTINE', 'MISSING',
          'TRADE_IN_INTAKE', 'TRIAGE', 'IN_REFURB', 'SOLD', 'WRITTEN_OFF', 'STOLEN', 'RETURNED_TO_SELLER',
          'SURRENDERED', 'RECYCLED', 'WHOLESALED', 'HARVESTED')) not valid,
        add constraint stock_holding_closed_ck check ((closed_at is not null) = (disposition in (
          'SOLD', 'WRITTEN_OFF', 'STOLEN', 'RETURNED_TO_SELLER', 'SURRENDERED', 'RECYCLED', 'WHOLESALED',
          'HARVESTED'))) not valid;
      alter table stock_movement drop constraint stock_movement_kind_ck;
      alter table stock_movement add constraint stock_movement_kind_ck check (kind in (
        'RECEIVED', 'INSPECTED', 'MADE_AVAILABLE', 'RESERVED', 'RELEASED', 'EXPIRED', 'SOLD', 'HANDED_OVER',
        'RETURNED', 'QUARANTINED', 'DISPLAYED', 'ADJUSTED', 'ACQUIRED', 'GIVEN_BACK', 'SURRENDERED', 'TRIAGED',
        'REFURB_BEGUN', 'REFURB_ENDED', 'CAPITALISED', 'USED', 'WHOLESALED', 'RECYCLED', 'HARVESTED')) not valid;

      alter table unit_encumbrance
        add column until timestamptz,
        add column document_id uuid,
        add constraint unit_encumbrance_until_ck check (until is null or kind = 'LEGAL_HOLD');
      create index unit_encumbrance_ending_ix on unit_encumbrance (until) where lifted_at is null and until is not null;

      create table bench_standard (
        id uuid not null,
        kind text not null,
        code text not null,
        content jsonb not null,
        status text not null,
        drafted_by text not null,
        drafted_at timestamptz not null default now(),
        published_by text,
        published_at timestamptz,
        version integer not null default 1,
        constraint bench_standard_pk primary key (id),
        constraint bench_standard_kind_ck check (kind in ('GRADE_PROFILE', 'TEST_PLAN')),
        constraint bench_standard_status_ck check (status in ('DRAFT', 'PUBLISHED', 'DISCARDED')),
        constraint bench_standard_published_ck
          check ((status = 'PUBLISHED') = (published_by is not null) and (published_by is null) = (published_at is null)),
        constraint bench_standard_second_person_ck check (published_by <> drafted_by)
      );
      create unique index bench_standard_code_key on bench_standard (kind, code) where status <> 'DISCARDED';
      create index bench_standard_page_ix on bench_standard (kind, id);

      create table erasure_certificate (
        id uuid not null,
        unit_id uuid not null,
        holding_id uuid not null,
        location_id uuid not null,
        maker text not null,
        model text not null,
        identifier_kind text not null,
        identifier text not null,
        media_type text not null,
        source text not null,
        method text not null,
        technique text not null,
        tool text not null,
        tool_version text not null,
        verification text not null,
        result text not null,
        operator text not null,
        performed_at timestamptz not null,
        place text not null,
        destination text not null,
        tool_certificate text,
        report_sha256 bytea,
        recorded_by text not null,
        recorded_at timestamptz not null default now(),
        constraint erasure_certificate_pk primary key (id),
        constraint erasure_certificate_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint erasure_certificate_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint erasure_certificate_kind_ck check (identifier_kind in ('IMEI', 'MEID', 'EID', 'SERIAL')),
        constraint erasure_certificate_media_ck check (media_type in ('EMMC', 'UFS', 'NVME', 'NAND', 'MEMORY_CARD')),
        constraint erasure_certificate_method_ck check (method in ('CLEAR', 'PURGE', 'DESTROY')),
        constraint erasure_certificate_verification_ck
          check (verification in ('FULL_READ', 'SAMPLED_READ', 'TOOL_REPORT', 'WITNESSED')),
        constraint erasure_certificate_result_ck check (result in ('PASS', 'FAIL')),
        constraint erasure_certificate_destination_ck
          check (destination in ('RESALE', 'WHOLESALE', 'PARTS', 'RECYCLING', 'RETURN_TO_OWNER')),
        constraint erasure_certificate_destroyed_ck check (method <> 'DESTROY' or destination = 'RECYCLING'),
        constraint erasure_certificate_report_ck
          check ((method = 'DESTROY' or report_sha256 is not null) and octet_length(report_sha256) = 32)
      );
      create index erasure_certificate_unit_ix on erasure_certificate (unit_id, id);
      create index erasure_certificate_holding_ix on erasure_certificate (holding_id, performed_at, id);
      create trigger erasure_certificate_append_only before update or delete on erasure_certificate
        for each row execute function refuse_rewriting();
      create trigger erasure_certificate_no_truncate before truncate on erasure_certificate
        for each statement execute function refuse_rewriting();

      create table registry_check (
        id uuid not null,
        holding_id uuid not null,
        status text not null,
        reasons text[] not null,
        sources text[] not null,
        checked_at timestamptz not null,
        asked_by text not null,
        constraint registry_check_pk primary key (id),
        constraint registry_check_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint registry_check_status_ck check (status in ('CLEAN', 'CLAIMED', 'BLOCKED', 'UNKNOWN'))
      );
      create index registry_check_holding_ix on registry_check (holding_id, checked_at);
      create trigger registry_check_append_only before update or delete on registry_check
        for each row execute function refuse_rewriting();

      create table diagnostic_report (
        id uuid not null,
        unit_id uuid not null,
        holding_id uuid not null,
        location_id uuid not null,
        plan text not null,
        tool text not null,
        tool_version text not null,
        operator text not null,
        station text not null,
        performed_at timestamptz not null,
        results jsonb not null,
        functional smallint,
        disclose text[] not null,
        untested text[] not null,
        recorded_by text not null,
        recorded_at timestamptz not null default now(),
        constraint diagnostic_report_pk primary key (id),
        constraint diagnostic_report_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint diagnostic_report_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint diagnostic_report_functional_ck check (functional between 0 and 9)
      );
      create index diagnostic_report_unit_ix on diagnostic_report (unit_id, id);
      create index diagnostic_report_holding_ix on diagnostic_report (holding_id, recorded_at, id);
      create trigger diagnostic_report_append_only before update or delete on diagnostic_report
        for each row execute function refuse_rewriting();

      create table refurb_order (
        id uuid not null,
        unit_id uuid not null,
        holding_id uuid not null,
        location_id uuid not null,
        status text not null,
        held_from text,
        hold_reason text,
        currency text not null,
        labour_rate_minor bigint not null,
        acquisition_minor bigint not null,
        estimated_minor bigint not null,
        expected_sale_minor bigint not null,
        ber_proposed boolean not null,
        approved_by text,
        outcome text,
        grade text,
        opened_by text not null,
        opened_at timestamptz not null default now(),
        started_at timestamptz,
        closed_at timestamptz,
        version integer not null default 1,
        constraint refurb_order_pk primary key (id),
        constraint refurb_order_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint refurb_order_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint refurb_order_location_fk foreign key (location_id) references stock_location (id),
        constraint refurb_order_status_ck check (status in (
          'PLANNED', 'PARTS_RESERVED', 'IN_PROGRESS', 'ERASED', 'TESTED', 'GRADED', 'REWORK', 'ON_HOLD', 'CLOSED',
          'BER')),
        constraint refurb_order_held_ck check ((status = 'ON_HOLD') = (held_from is not null)),
        constraint refurb_order_done_ck check ((closed_at is not null) = (status in ('CLOSED', 'BER'))),
        constraint refurb_order_outcome_ck check ((outcome is not null) = (closed_at is not null) and outcome in (
          'REPAIRED', 'REFURBISHED', 'NO_FAULT_FOUND', 'BER', 'PARTS_UNAVAILABLE', 'FAILED_ERASURE')),
        constraint refurb_order_grade_ck check (grade in ('PRISTINE', 'EXCELLENT', 'GOOD', 'FAIR')),
        constraint refurb_order_second_person_ck check (approved_by <> opened_by),
        constraint refurb_order_money_ck check (
          labour_rate_minor >= 0 and acquisition_minor >= 0 and estimated_minor >= 0 and expected_sale_minor >= 0)
      );
      create unique index refurb_order_live_key on refurb_order (holding_id) where closed_at is null;
      create index refurb_order_holding_ix on refurb_order (holding_id);
      create index refurb_order_location_ix on refurb_order (location_id, id);
      create index refurb_order_status_ix on refurb_order (status, id);

      create table refurb_part (
        id uuid not null,
        order_id uuid not null,
        location_id uuid not null,
        sku_id uuid not null,
        quantity integer not null,
        unit_cost_minor bigint not null,
        status text not null,
        reserved_by text not null,
        reserved_at timestamptz not null default now(),
        settled_at timestamptz,
        constraint refurb_part_pk primary key (id),
        constraint refurb_part_order_fk foreign key (order_id) references refurb_order (id),
        constraint refurb_part_sku_fk foreign key (sku_id) references sku (id),
        constraint refurb_part_status_ck check (status in ('RESERVED', 'USED', 'RELEASED')),
        constraint refurb_part_quantity_ck check (quantity between 1 and 100),
        constraint refurb_part_cost_ck check (unit_cost_minor between 0 and 100000000000),
        constraint refurb_part_settled_ck check ((status = 'RESERVED') = (settled_at is null))
      );
      create index refurb_part_order_ix on refurb_part (order_id, id);
      create index refurb_part_reserved_ix on refurb_part (location_id, sku_id) where status = 'RESERVED';

      create table refurb_cost (
        id uuid not null,
        order_id uuid not null,
        holding_id uuid not null,
        kind text not null,
        part_id uuid,
        minutes integer,
        work text,
        amount_minor bigint not null,
        recorded_by text not null,
        recorded_at timestamptz not null default now(),
        constraint refurb_cost_pk primary key (id),
        constraint refurb_cost_order_fk foreign key (order_id) references refurb_order (id),
        constraint refurb_cost_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint refurb_cost_part_fk foreign key (part_id) references refurb_part (id),
        constraint refurb_cost_kind_ck check (kind in ('PART', 'LABOUR')),
        constraint refurb_cost_part_ck check (
          (kind = 'PART') = (part_id is not null) and (kind = 'LABOUR') = (minutes is not null)),
        constraint refurb_cost_amount_ck check (amount_minor >= 0)
      );
      create unique index refurb_cost_part_key on refurb_cost (part_id) where part_id is not null;
      create index refurb_cost_order_ix on refurb_cost (order_id, id);
      create trigger refurb_cost_append_only before update or delete on refurb_cost
        for each row execute function refuse_rewriting();

      create table downstream_record (
        id uuid not null,
        unit_id uuid not null,
        holding_id uuid not null,
        location_id uuid not null,
        stream text not null,
        vendor text not null,
        scheme text not null,
        certificate text,
        left_on date not null,
        document_reference text not null,
        erased boolean not null,
        sealed_bag text,
        cost_minor bigint,
        proceeds_minor bigint,
        currency text not null,
        recorded_by text not null,
        recorded_at timestamptz not null default now(),
        constraint downstream_record_pk primary key (id),
        constraint downstream_record_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint downstream_record_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint downstream_record_stream_ck check (stream in ('WHOLESALE', 'HARVEST', 'RECYCLING')),
        constraint downstream_record_scheme_ck check (scheme in ('R2V3', 'E_STEWARDS', 'WEEELABEX', 'NONE')),
        constraint downstream_record_certificate_ck check ((scheme = 'NONE') = (certificate is null)),
        constraint downstream_record_recycler_ck check (stream <> 'RECYCLING' or scheme <> 'NONE'),
        constraint downstream_record_custody_ck check (erased or sealed_bag is not null),
        constraint downstream_record_proceeds_ck check (proceeds_minor between 0 and 100000000000)
      );
      create unique index downstream_record_holding_key on downstream_record (holding_id);
      create index downstream_record_location_ix on downstream_record (location_id, id);
      create trigger downstream_record_append_only before update or delete on downstream_record
        for each row execute function refuse_rewriting();
    `);
    await db.query(SEED, [JSON.stringify(GRADE_PROFILE_2026_1), JSON.stringify(TEST_PLAN_2026_1)]);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}

const SEED = `
  insert into bench_standard (id, kind, code, content, status, drafted_by, drafted_at, published_by, published_at) values
    ('019b0000-0000-7000-8000-00000000b001', 'GRADE_PROFILE', '2026-1', $1::jsonb, 'PUBLISHED', 'the makers',
     '2026-01-01T00:00:00Z', 'the carrier', '2026-01-01T00:00:00Z'),
    ('019b0000-0000-7000-8000-00000000b002', 'TEST_PLAN', '2026-1', $2::jsonb, 'PUBLISHED', 'the makers',
     '2026-01-01T00:00:00Z', 'the carrier', '2026-01-01T00:00:00Z')`;
