import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The history read from its beginning, page by page. */
export class Audit1700000009100 implements MigrationInterface {
  name = 'Audit1700000009100';

  async up(db: QueryRunner): Promise<void> {
    await db.query('create index history_time_ix on history (occurred_at, id)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only; restore a backup to go back.'));
  }
}
