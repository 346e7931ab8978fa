import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What follows once a trade-in has been paid: looked at again, written off; and what its seller has been told of it. */
export class AfterPayout1700000014500 implements MigrationInterface {
  name = 'AfterPayout1700000014500';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table trade_in
        add column recheck_at timestamptz,
        add column listed_at timestamptz,
        add column told_status text;
      update trade_in set told_status = status, recheck_at = settled_at + interval '30 days' where status = 'SETTLED';
      update trade_in set told_status = status where status <> 'SETTLED';
      create index trade_in_recheck_ix on trade_in (recheck_at) where status = 'SETTLED' and recheck_at is not null;
      create index trade_in_listed_ix on trade_in (id) where status = 'SETTLED' and listed_at is not null;
      create index trade_in_untold_ix on trade_in (id) where told_status is distinct from status;
      alter table trade_in_check
        drop constraint trade_in_check_phase_ck,
        add constraint trade_in_check_phase_ck check (phase in ('ACCEPTANCE', 'RECEIPT', 'PAYOUT', 'AFTER_PAYOUT'));
      alter table trade_in_credit
        add column tax_treatment text,
        add constraint trade_in_credit_tax_ck check (
          tax_treatment in ('REDUCES_BASE', 'PAYMENT_LIKE', 'THIRD_PARTY_REBATE', 'POST_SALE_CREDIT'));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
