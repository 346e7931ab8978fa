import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works on an import, and how often it was tried; where an accessory stands, without reading every store. */
export class LeasesAndHolds1700000014600 implements MigrationInterface {
  name = 'LeasesAndHolds1700000014600';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table import_job
        add column lease_id uuid,
        add column tries integer not null default 0;
      create index bulk_stock_sku_ix on bulk_stock (sku_id, location_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
