import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { nameKey } from '../../devices/models/search-words.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { InvalidInput } from '../../platform/problems.js';
import { idOfCode } from '../../values/id.js';
import { type Recipe, SELECT_RECIPE } from './recipes.js';
import type { CodeFormDto, SetUnlockRecipeDto } from './unlock-recipes.dto.js';
import type { UnlockRecipesView, UnlockRecipeView } from './unlock-recipes.view.js';

const LISTED = `${SELECT_RECIPE} order by brand_key, model_key limit 5000`;
const OF_KEY = `${SELECT_RECIPE} where brand_key = $1 and model_key = $2`;

/** How the handsets of each maker are unlocked, as the back office keeps it. */
@Injectable()
export class UnlockRecipes {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  async list(): Promise<UnlockRecipesView> {
    const recipes: Recipe[] = await this.db.query(LISTED);
    return { items: recipes.map(viewOf) };
  }

  /** Writes a recipe, or the next version of it; requests under way go by it from now on. @throws InvalidInput */
  set(call: Call, form: SetUnlockRecipeDto): Promise<UnlockRecipeView> {
    needSense(form);
    const [brandKey, modelKey] = [nameKey(form.brand ?? ''), nameKey(form.model ?? '')];
    return this.acts.once(call, async (tx) => {
      const [before]: Recipe[] = await tx.query(`${OF_KEY} for no key update`, [brandKey, modelKey]);
      await tx.query(
        `insert into unlock_recipe as r (brand_key, model_key, method, max_attempts, attempts_shown, code_formats,
           code_order, steps_en, steps_es) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (brand_key, model_key) do update set method = excluded.method,
           max_attempts = excluded.max_attempts, attempts_shown = excluded.attempts_shown,
           code_formats = excluded.code_formats, code_order = excluded.code_order, steps_en = excluded.steps_en,
           steps_es = excluded.steps_es, version = r.version + 1`,
        [
          ...[brandKey, modelKey, form.method, form.maxAttempts ?? null, form.attemptsShown],
          JSON.stringify(Object.fromEntries(form.codes.map(({ type, lengths }) => [type, formOf(lengths)]))),
          ...[form.codes.map(({ type }) => type), form.stepsEn, form.stepsEs],
        ],
      );
      const [recipe]: Recipe[] = await tx.query(OF_KEY, [brandKey, modelKey]);
      const after = viewOf(recipe!);
      await recordAudited(tx, call, {
        ...{ subjectKind: 'unlock-recipe', subjectId: idOfCode('unlock-recipe', `${brandKey}|${modelKey}`) },
        ...{ act: 'setRecipe', details: { before: before ? viewOf(before) : null, after } },
      });
      return after;
    });
  }
}

const formOf = (lengths: readonly number[]): string => lengths.map((length) => `^\\d{${length}}$`).join('|');

/** The lengths a form allows: each of its parts names one, or the first and the last of several. */
function lengthsOf(form: string): number[] {
  return [...form.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].flatMap(([, first, last]) =>
    Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, at) => Number(first) + at),
  );
}

const viewOf = ({ brandKey, modelKey, codeFormats, codeOrder, ...rest }: Recipe): UnlockRecipeView => ({
  ...{ brand: brandKey || null, model: modelKey || null, method: rest.method, maxAttempts: rest.maxAttempts },
  attemptsShown: rest.attemptsShown,
  codes: [...new Set([...codeOrder, ...Object.keys(codeFormats)])].flatMap((type) =>
    codeFormats[type] === undefined ? [] : [{ type, lengths: lengthsOf(codeFormats[type]) }],
  ),
  ...{ stepsEn: [...rest.stepsEn], stepsEs: [...rest.stepsEs], version: rest.version },
});

function needSense({ brand, model, method, codes }: SetUnlockRecipeDto): void {
  const brandless = model !== undefined && brand === undefined;
  if (brandless) throw wrong('/brand', 'NEEDED', 'A model is one of a brand: name it.');
  if (method === 'CODE' && !codes.length) throw wrong('/codes', 'NEEDED', 'Name at least one type of code.');
  if (method !== 'CODE' && codes.length) throw wrong('/codes', 'NOT_EXPECTED', 'Such handsets take no code.');
  const twice = codes.findIndex(({ type }, at) => isNamedBefore(codes, type, at));
  if (twice >= 0) throw wrong(`/codes/${twice}/type`, 'NAMED_TWICE', 'This type is named twice.');
}

const isNamedBefore = (codes: readonly CodeFormDto[], type: string, at: number): boolean =>
  codes.slice(0, at).some((one) => one.type === type);

const wrong = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);
