import type { MigrationInterface, QueryRunner } from 'typeorm';

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
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
