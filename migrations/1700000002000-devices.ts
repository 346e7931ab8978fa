import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The catalogue: brands, models, hardware variants, SKUs, TACs, prices and channels. */
export class Devices1700000002000 implements MigrationInterface {
  name = 'Devices1700000002000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create extension if not exists pg_trgm;

      create table brand (
        id uuid not null,
        name text not null,
        key text not null,
        constraint brand_pk primary key (id),
        constraint brand_key_key unique (key)
      );

      create table device_model (
        id uuid not null,
        brand_id uuid not null,
        name text not null,
        key text not null,
        aliases text[] not null default '{}',
        lifecycle text not null,
        announced_on date,
        licence_ends_on date,
        licence_rule text,
        search_text text not null,
        search_compact text not null,
        version integer not null default 1,
        updated_at timestamptz not null default now(),
        constraint device_model_pk primary key (id),
        constraint device_model_brand_fk foreign key (brand_id) references brand (id),
        constraint device_model_key_key unique (brand_id, key),
        constraint device_model_lifecycle_ck
          check (lifecycle in ('ANNOUNCED', 'ON_SALE', 'SELL_THROUGH', 'END_OF_SALE', 'END_OF_SUPPORT')),
        constraint device_model_licence_rule_ck check (licence_rule in ('SELL_THROUGH_NO_REORDER', 'STOP_SALE')),
        constraint device_model_licence_ck check ((licence_ends_on is null) = (licence_rule is null))
      );
      create index device_model_search_ix on device_model using gin (search_text gin_trgm_ops);
      create index device_model_compact_ix on device_model using gin (search_compact gin_trgm_ops);
      create index device_model_name_ix on device_model (name, id);

      create table device_variant (
        id uuid not null,
        model_id uuid not null,
        maker_code text not null,
        storage_gb integer not null,
        colour text not null,
        bands text[] not null default '{}',
        constraint device_variant_pk primary key (id),
        constraint device_variant_model_fk foreign key (model_id) references device_model (id),
        constraint device_variant_hardware_key unique (model_id, maker_code, storage_gb, colour),
        constraint device_variant_storage_ck check (storage_gb between 0 and 65536)
      );

      create table sku (
        id uuid not null,
        code text not null,
        kind text not null,
        variant_id uuid,
        name text,
        condition text not null,
        grade text,
        constraint sku_pk primary key (id),
        constraint sku_code_key unique (code),
        constraint sku_variant_fk foreign key (variant_id) references device_variant (id),
        constraint sku_kind_ck check (kind in ('DEVICE', 'ACCESSORY')),
        constraint sku_device_ck check ((kind = 'DEVICE') = (variant_id is not null)),
        constraint sku_accessory_ck check ((kind = 'ACCESSORY') = (name is not null)),
        constraint sku_condition_ck check (condition in ('NEW', 'REFURBISHED', 'OPEN_BOX')),
        constraint sku_grade_ck check (grade in ('PRISTINE', 'EXCELLENT', 'GOOD', 'FAIR')),
        constraint sku_refurbished_ck check ((condition = 'REFURBISHED') = (grade is not null))
      );
      create unique index sku_refurbished_key on sku (variant_id, grade) where condition = 'REFURBISHED';
      create unique index sku_condition_key on sku (variant_id, condition) where condition <> 'REFURBISHED';

      create index sku_variant_ix on sku (variant_id);

      create table tac_claim (
        tac text not null,
        source text not null,
        variant_id uuid not null,
        confidence smallint not null,
        constraint tac_claim_pk primary key (tac, source, variant_id),
        constraint tac_claim_variant_fk foreign key (variant_id) references device_variant (id),
        constraint tac_claim_tac_ck check (tac ~ '^[0-9]{8}$'),
        constraint tac_claim_confidence_ck check (confidence between 1 and 100)
      );

      create table price (
        id uuid not null,
        sku_id uuid not null,
        currency text not null,
        amount_minor bigint not null,
        down_payment_minor bigint not null,
        months smallint,
        remainder text not null,
        effective_from timestamptz not null,
        set_by text not null,
        constraint price_pk primary key (id),
        constraint price_sku_fk foreign key (sku_id) references sku (id),
        constraint price_start_key unique (sku_id, currency, effective_from),
        constraint price_currency_ck check (currency ~ '^[A-Z]{3}$'),
        constraint price_amount_ck check (amount_minor between 0 and 100000000000),
        constraint price_down_payment_ck check (down_payment_minor between 0 and amount_minor),
        constraint price_months_ck check (months between 1 and 60),
        constraint price_remainder_ck check (remainder in ('FIRST', 'LAST'))
      );

      create table sku_channel (
        id uuid not null,
        sku_id uuid not null,
        location_id uuid,
        channels text[] not null,
        constraint sku_channel_pk primary key (id),
        constraint sku_channel_sku_fk foreign key (sku_id) references sku (id),
        constraint sku_channel_channels_ck
          check (channels <@ array['IN_STORE', 'DISPLAY_ONLY', 'SHIP_TO_HOME', 'SHIP_TO_STORE'])
      );
      create unique index sku_channel_everywhere_key on sku_channel (sku_id) where location_id is null;
      create unique index sku_channel_location_key on sku_channel (sku_id, location_id) where location_id is not null;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
