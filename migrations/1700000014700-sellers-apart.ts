import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sold lies with each trade-in rather than with the number of a paper, and parcels under way have a deadline too. */
export class SellersApart1700000014700 implements MigrationInterface {
  name = 'SellersApart1700000014700';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table trade_in add column seller_sealed bytea, add column seller_until timestamptz;
      update trade_in t set seller_sealed = s.identity_sealed, seller_until = s.identity_until
        from seller s where s.id = t.seller_id;
      alter table trade_in alter column seller_until set not null;
      create index trade_in_seller_until_ix on trade_in (seller_until) where seller_sealed is not null;
      create index trade_in_unit_ix on trade_in (unit_id) where unit_id is not null;
      drop index seller_until_ix;
      alter table seller drop column identity_sealed, drop column identity_until;
      drop index trade_in_due_ix;
      create index trade_in_due_ix on trade_in (deadline_at) where status in ('ACCEPTED', 'AWAITING_DEVICE', 'IN_TRANSIT');
      create index trade_in_credit_running_ix on trade_in_credit (id) where status = 'CREDITING';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
