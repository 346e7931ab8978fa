import type pg from 'pg';

/** Empties tables, whatever guards or refers to their rows, so that each measurement begins alike. */
export async function forget(db: pg.Client, tables: readonly string[]): Promise<void> {
  await db.query(`set session_replication_role = replica; set statement_timeout = 0`);
  for (const table of tables) await db.query(`delete from ${table}`);
  await db.query('set session_replication_role = origin');
  for (const table of tables) await db.query(`vacuum analyze ${table}`);
  await db.query('checkpoint');
}
