import type { EntityManager } from 'typeorm';
import { newId } from '../values/id.js';

/**
 * Runs the one statement that stores a batch. Its $1 is the rows as a JSON list, each with its number `n` and a new
 * `id`; it answers one row each, in the order of `n`.
 */
export function storeRows<Said>(
  tx: Pick<EntityManager, 'query'>,
  sql: string,
  rows: readonly object[],
  ...more: readonly unknown[]
): Promise<Said[]> {
  const given = JSON.stringify(rows.map((row, n) => ({ ...row, n, id: newId() })));
  return tx.query(sql, [given, ...more]);
}
