import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where stock stands, every unit by its identifiers, its holdings, the ledger, reservations and sales. */
export class Stock1700000003000 implements MigrationInterface {
  name = 'Stock1700000003000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table stock_location (
        id uuid not null,
        code text not null,
        kind text not null,
        name text not null,
        street text not null,
        city text not null,
        region text not null,
        postcode text not null,
        country text not null,
        latitude double precision,
        longitude double precision,
        time_zone text not null,
        opening_state text not null,
        remorse_days smallint not null,
        version integer not null default 1,
        constraint stock_location_pk primary key (id),
        constraint stock_location_code_key unique (code),
        constraint stock_location_kind_ck check (kind in ('STORE', 'WAREHOUSE', 'REFURB_CENTRE', 'IN_TRANSIT')),
        constraint stock_location_opening_ck check (opening_state in ('OPEN', 'CLOSED', 'OPENING_SOON')),
        constraint stock_location_place_ck
          check (latitude between -90 and 90 and longitude between -180 and 180),
        constraint stock_location_placed_ck
          check ((latitude is null) = (longitude is null) and (latitude is not null or kind = 'IN_TRANSIT')),
        constraint stock_location_remorse_ck check (remorse_days between 0 and 365)
      );
      create index stock_location_place_ix on stock_location (latitude, longitude);

      create table stock_unit (
        id uuid not null,
        variant_id uuid not null,
        first_seen_at timestamptz not null default now(),
        constraint stock_unit_pk primary key (id),
        constraint stock_unit_variant_fk foreign key (variant_id) references device_variant (id)
      );

      create table unit_identifier (
        unit_id uuid not null,
        kind text not null,
        value text not null,
        position smallint not null,
        recorded_at timestamptz not null default now(),
        revoked_at timestamptz,
        constraint unit_identifier_pk primary key (unit_id, kind, value),
        constraint unit_identifier_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint unit_identifier_kind_ck check (kind in ('IMEI', 'MEID', 'EID', 'SERIAL')),
        constraint unit_identifier_imei_ck check (kind <> 'IMEI' or value ~ '^[0-9]{14}$'),
        constraint unit_identifier_position_ck check (position in (1, 2))
      );
      create unique index unit_identifier_live_key on unit_identifier (kind, value) where revoked_at is null;

      create table stock_holding (
        id uuid not null,
        unit_id uuid not null,
        sku_id uuid not null,
        location_id uuid not null,
        disposition text not null,
        provenance text not null,
        received_at timestamptz not null,
        closed_at timestamptz,
        cost_minor bigint,
        currency text not null,
        cosmetic text,
        functional smallint,
        battery_pct smallint,
        lock_state text not null,
        erasure text not null,
        kit_complete boolean not null,
        warranty_days smallint,
        grade_profile text,
        encumbered boolean not null default false,
        reserved_until timestamptz,
        pick_key integer not null,
        version integer not null default 1,
        constraint stock_holding_pk primary key (id),
        constraint stock_holding_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint stock_holding_sku_fk foreign key (sku_id) references sku (id),
        constraint stock_holding_location_fk foreign key (location_id) references stock_location (id),
        constraint stock_holding_disposition_ck check (disposition in (
          'RECEIVED', 'INSPECTION', 'AVAILABLE', 'RESERVED', 'ALLOCATED', 'DISPLAY', 'QUARANTINE', 'MISSING',
          'SOLD', 'WRITTEN_OFF', 'STOLEN')),
        constraint stock_holding_provenance_ck check (provenance in (
          'NEW_PO', 'TRADE_IN', 'CUSTOMER_RETURN', 'RMA_REPLACEMENT', 'BUYBACK_LOT')),
        constraint stock_holding_closed_ck
          check ((closed_at is not null) = (disposition in ('SOLD', 'WRITTEN_OFF', 'STOLEN'))),
        constraint stock_holding_reserved_ck check ((disposition = 'RESERVED') = (reserved_until is not null)),
        constraint stock_holding_cosmetic_ck check (cosmetic in ('A', 'B', 'C', 'D', 'E')),
        constraint stock_holding_functional_ck check (functional between 0 and 9),
        constraint stock_holding_battery_ck check (battery_pct between 0 and 100),
        constraint stock_holding_lock_ck check (lock_state in ('UNLOCKED', 'LOCKED', 'UNKNOWN')),
        constraint stock_holding_erasure_ck check (erasure in ('PASS', 'FAIL', 'NOT_NEEDED', 'PENDING')),
        constraint stock_holding_cost_ck check (cost_minor between 0 and 100000000000),
        constraint stock_holding_warranty_ck check (warranty_days between 0 and 3650),
        constraint stock_holding_available_ck check (disposition <> 'AVAILABLE' or coalesce(
          functional <= 2 and lock_state = 'UNLOCKED' and erasure in ('PASS', 'NOT_NEEDED')
          and cost_minor is not null and kit_complete and not encumbered, false))
      );
      create unique index stock_holding_open_key on stock_holding (unit_id) where closed_at is null;
      create index stock_holding_free_ix on stock_holding (location_id, sku_id, pick_key)
        where disposition = 'AVAILABLE';
      create index stock_holding_lapsing_ix on stock_holding (location_id, sku_id, reserved_until)
        where disposition = 'RESERVED';
      create index stock_holding_open_ix on stock_holding (location_id, id) where closed_at is null;
      create index stock_holding_unit_ix on stock_holding (unit_id, received_at);

      create table unit_inspection (
        id uuid not null,
        unit_id uuid not null,
        holding_id uuid not null,
        inspected_at timestamptz not null default now(),
        inspected_by text not null,
        cosmetic text not null,
        functional smallint not null,
        battery_pct smallint,
        lock_state text not null,
        liquid_damage boolean not null,
        parts_original boolean not null,
        erasure text not null,
        erasure_certificate text,
        retail_grade text,
        grade_profile text not null,
        constraint unit_inspection_pk primary key (id),
        constraint unit_inspection_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint unit_inspection_holding_fk foreign key (holding_id) references stock_holding (id)
      );
      create index unit_inspection_unit_ix on unit_inspection (unit_id, inspected_at);

      create table unit_encumbrance (
        id uuid not null,
        unit_id uuid not null,
        kind text not null,
        reason text not null,
        placed_at timestamptz not null default now(),
        placed_by text not null,
        lifted_at timestamptz,
        lifted_by text,
        lifted_reason text,
        constraint unit_encumbrance_pk primary key (id),
        constraint unit_encumbrance_unit_fk foreign key (unit_id) references stock_unit (id),
        constraint unit_encumbrance_kind_ck check (kind in (
          'LEGAL_HOLD', 'BLOCK_LISTED', 'FINANCED', 'LOCKED', 'RECALLED', 'HAZARDOUS')),
        constraint unit_encumbrance_lifted_ck check ((lifted_at is null) = (lifted_by is null))
      );
      create unique index unit_encumbrance_live_key on unit_encumbrance (unit_id, kind) where lifted_at is null;

      create table bulk_stock (
        location_id uuid not null,
        sku_id uuid not null,
        on_hand integer not null,
        reserved integer not null default 0,
        constraint bulk_stock_pk primary key (location_id, sku_id),
        constraint bulk_stock_location_fk foreign key (location_id) references stock_location (id),
        constraint bulk_stock_sku_fk foreign key (sku_id) references sku (id),
        constraint bulk_stock_count_ck check (reserved between 0 and on_hand)
      );

      create table stock_movement (
        id uuid not null,
        occurred_at timestamptz not null default now(),
        location_id uuid not null,
        sku_id uuid not null,
        unit_id uuid,
        holding_id uuid,
        kind text not null,
        on_hand integer not null,
        free integer not null,
        from_disposition text,
        to_disposition text,
        reason text,
        document_id uuid,
        actor text not null,
        correlation_id text not null,
        constraint stock_movement_pk primary key (id),
        constraint stock_movement_location_fk foreign key (location_id) references stock_location (id),
        constraint stock_movement_sku_fk foreign key (sku_id) references sku (id),
        constraint stock_movement_kind_ck check (kind in (
          'RECEIVED', 'INSPECTED', 'MADE_AVAILABLE', 'RESERVED', 'RELEASED', 'EXPIRED', 'SOLD', 'HANDED_OVER',
          'RETURNED', 'QUARANTINED', 'DISPLAYED', 'ADJUSTED')),
        constraint stock_movement_unit_ck check (unit_id is null or (on_hand between -1 and 1 and free between -1 and 1))
      );
      create index stock_movement_ledger_ix on stock_movement (location_id, sku_id, occurred_at) include (on_hand, free);
      create index stock_movement_location_ix on stock_movement (location_id, occurred_at, id);
      create index stock_movement_unit_ix on stock_movement (unit_id, occurred_at) where unit_id is not null;
      create trigger stock_movement_append_only before update or delete on stock_movement
        for each row execute function refuse_rewriting();
      create trigger stock_movement_no_truncate before truncate on stock_movement
        for each statement execute function refuse_rewriting();

      create table reservation (
        id uuid not null,
        number text not null,
        location_id uuid not null,
        purpose text not null,
        status text not null,
        made_by text not null,
        customer_reference text,
        made_at timestamptz not null default now(),
        expires_at timestamptz not null,
        latest_expiry timestamptz not null,
        closed_at timestamptz,
        version integer not null default 1,
        constraint reservation_pk primary key (id),
        constraint reservation_number_key unique (number),
        constraint reservation_location_fk foreign key (location_id) references stock_location (id),
        constraint reservation_purpose_ck check (purpose in ('POS_BASKET', 'SELF_SERVICE', 'CLICK_AND_COLLECT')),
        constraint reservation_status_ck check (status in ('ACTIVE', 'CONSUMED', 'RELEASED', 'EXPIRED')),
        constraint reservation_closed_ck check ((status = 'ACTIVE') = (closed_at is null)),
        constraint reservation_expiry_ck check (expires_at <= latest_expiry)
      );
      create index reservation_expiry_ix on reservation (expires_at) where status = 'ACTIVE';
      create index reservation_location_ix on reservation (location_id, id);

      create table reservation_line (
        reservation_id uuid not null,
        line_no smallint not null,
        location_id uuid not null,
        sku_id uuid not null,
        unit_id uuid,
        holding_id uuid,
        quantity integer not null,
        active boolean not null default true,
        constraint reservation_line_pk primary key (reservation_id, line_no),
        constraint reservation_line_reservation_fk foreign key (reservation_id) references reservation (id),
        constraint reservation_line_sku_fk foreign key (sku_id) references sku (id),
        constraint reservation_line_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint reservation_line_quantity_ck check (quantity between 1 and 10000),
        constraint reservation_line_unit_ck
          check ((unit_id is null) = (holding_id is null) and (unit_id is null or quantity = 1))
      );
      create unique index reservation_line_active_key on reservation_line (unit_id) where active;

      create table sale (
        id uuid not null,
        number text not null,
        location_id uuid not null,
        status text not null,
        reservation_id uuid,
        customer_reference text,
        currency text not null,
        total_minor bigint not null,
        sold_by text not null,
        sold_at timestamptz not null default now(),
        handed_over_at timestamptz,
        version integer not null default 1,
        constraint sale_pk primary key (id),
        constraint sale_number_key unique (number),
        constraint sale_location_fk foreign key (location_id) references stock_location (id),
        constraint sale_reservation_fk foreign key (reservation_id) references reservation (id),
        constraint sale_status_ck check (status in ('SOLD', 'HANDED_OVER', 'RETURNED')),
        constraint sale_handed_over_ck check ((status = 'SOLD') = (handed_over_at is null))
      );
      create index sale_location_ix on sale (location_id, id);
      create unique index sale_reservation_key on sale (reservation_id) where reservation_id is not null;

      create table sale_line (
        sale_id uuid not null,
        line_no smallint not null,
        sku_id uuid not null,
        unit_id uuid,
        holding_id uuid,
        quantity integer not null,
        price_id uuid not null,
        amount_minor bigint not null,
        terms text not null,
        down_payment_minor bigint not null,
        months smallint,
        remainder text not null,
        returned_at timestamptz,
        return_reason text,
        constraint sale_line_pk primary key (sale_id, line_no),
        constraint sale_line_sale_fk foreign key (sale_id) references sale (id),
        constraint sale_line_sku_fk foreign key (sku_id) references sku (id),
        constraint sale_line_holding_fk foreign key (holding_id) references stock_holding (id),
        constraint sale_line_price_fk foreign key (price_id) references price (id),
        constraint sale_line_terms_ck check (terms in ('FULL', 'INSTALMENTS')),
        constraint sale_line_months_ck check ((terms = 'INSTALMENTS') = (months is not null)),
        constraint sale_line_quantity_ck check (quantity between 1 and 10000)
      );
      create index sale_line_unit_ix on sale_line (unit_id) where unit_id is not null;

      create table receipt (
        id uuid not null,
        location_id uuid not null,
        reference text not null,
        supplier text not null,
        received_by text not null,
        received_at timestamptz not null default now(),
        units integer not null,
        pieces integer not null,
        constraint receipt_pk primary key (id),
        constraint receipt_location_fk foreign key (location_id) references stock_location (id)
      );
      create index receipt_location_ix on receipt (location_id, id);

      alter table sku_channel add constraint sku_channel_location_fk
        foreign key (location_id) references stock_location (id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
