import type { DataSource } from 'typeorm';
import { PlainSentence } from './plain-sentence.js';

const MIGRATION_LOCK = 7_301_956;

/**
 * Brings the schema to this program's version; several processes may start at once, one of them migrates.
 * @throws PlainSentence when the database was migrated by a newer program.
 */
export async function migrate(db: DataSource): Promise<number> {
  const guard = db.createQueryRunner();
  try {
    await guard.query('set statement_timeout = 0; set lock_timeout = 0');
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(db);
    return (await db.runMigrations()).length;
  } finally {
    await guard.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await guard.query('reset statement_timeout; reset lock_timeout');
    await guard.release();
  }
}

async function refuseNewerSchema(db: DataSource): Promise<void> {
  const [{ known }]: [{ known: boolean }] = await db.query(`select to_regclass('migrations') is not null as known`);
  if (!known) return;
  const applied: { name: string }[] = await db.query('select name from migrations');
  const ours = new Set(db.migrations.map(({ name }) => name));
  const newer = applied.filter(({ name }) => !ours.has(name));
  if (newer.length) {
    throw new PlainSentence(
      `The database has a newer schema than this program (${newer.map(({ name }) => name).join(', ')}). ` +
        'Start the newer version of Loopline, or point DATABASE_URL or DATA_DIR elsewhere.',
    );
  }
}
