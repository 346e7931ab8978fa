import type { EntityManager } from 'typeorm';
import { type ModelNames, searchWords } from './search-words.js';

/**
 * Writes anew what models are found by, after their names, aliases or hardware changed; any number of models in two
 * statements. Call it with the models' rows locked, or a change beside it may be missed.
 */
export async function refreshSearch(tx: EntityManager, modelIds: readonly string[]): Promise<void> {
  const models: (ModelNames & { id: string })[] = await tx.query(
    `select m.id, b.name as brand, m.name, m.aliases,
            array(select distinct maker_code from device_variant where model_id = m.id order by maker_code) as "makerCodes"
     from device_model m join brand b on b.id = m.brand_id
     where m.id = any($1::uuid[])`,
    [modelIds],
  );
  const found = models.map(searchWords);
  await tx.query(
    `update device_model m set search_text = f.text, search_compact = f.compact
     from unnest($1::uuid[], $2::text[], $3::text[]) as f (id, text, compact)
     where m.id = f.id and (m.search_text, m.search_compact) is distinct from (f.text, f.compact)`,
    [models.map(({ id }) => id), found.map(({ text }) => text), found.map((words) => words.compact)],
  );
}
