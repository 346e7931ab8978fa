import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Looks at every row there is, once, while the tills go on: the constraints that the migration before has widened. */
export class RefurbishmentValidated1700000012100 implements MigrationInterface {
  name = 'RefurbishmentValidated1700000012100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table stock_holding validate constraint stock_holding_disposition_ck;
      alter table stock_holding validate constraint stock_holding_closed_ck;
      alter table stock_movement validate constraint stock_movement_kind_ck;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
