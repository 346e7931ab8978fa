import type { EntityManager } from 'typeorm';
import { nameKey } from '../../devices/models/search-words.js';
import type { RecipeMethod } from './unlock-recipe.entity.js';

/** How a handset of some make is unlocked. */
export interface Recipe {
  brandKey: string;
  modelKey: string;
  method: RecipeMethod;
  /** Tries the maker gives before the lock is shut for good; null where it does not count. */
  maxAttempts: number | null;
  /** Whether the handset shows how many are left. */
  attemptsShown: boolean;
  /** The form of each type of code, as a regular expression. */
  codeFormats: Readonly<Record<string, string>>;
  /** The types in the order they are tried. */
  codeOrder: readonly string[];
  stepsEn: readonly string[];
  stepsEs: readonly string[];
  version: number;
}

export const SELECT_RECIPE = `
  select brand_key as "brandKey", model_key as "modelKey", method, max_attempts as "maxAttempts",
         attempts_shown as "attemptsShown", code_formats as "codeFormats", code_order as "codeOrder",
         steps_en as "stepsEn", steps_es as "stepsEs", version
  from unlock_recipe`;

/** The recipe made most nearly for a handset: for its model, its maker, or any. */
export async function recipeFor(
  db: Pick<EntityManager, 'query'>,
  { brand, model }: { brand: string | null; model: string | null },
): Promise<Recipe> {
  const [recipe]: Recipe[] = await db.query(
    `${SELECT_RECIPE} where brand_key in ($1, '') and model_key in ($2, '')
     order by brand_key = '', model_key = '' limit 1`,
    [brand ? nameKey(brand) : '', model ? nameKey(model) : ''],
  );
  return recipe!;
}
