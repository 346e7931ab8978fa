import {
  Code,
  Flag,
  ListOf,
  ListOfTexts,
  ListOfWholes,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { RECIPE_METHODS } from './unlock-recipe.entity.js';

export class CodeFormView {
  /** What the maker calls it. */
  @Code(/^[A-Z][A-Z0-9_]{0,29}$/, 30, 'MEP2')
  type: string;
  /** The lengths it comes in, in digits. */
  @ListOfWholes(1, 15, 6, 20)
  lengths: number[];
}

export class UnlockRecipeView {
  /** The maker, in small letters; null for any without a recipe of its own. */
  @Nullable()
  @Text(1, 80)
  brand: string | null;
  /** The model, in small letters; null for any without a recipe of its own. */
  @Nullable()
  @Text(1, 80)
  model: string | null;
  /** How such handsets are unlocked. */
  @OneOf(RECIPE_METHODS, 'UnlockRecipeMethod')
  method: string;
  /** The tries the maker gives; null where it does not count them. */
  @Nullable()
  @WholeNumber(1, 99)
  maxAttempts: number | null;
  /** Whether the handset shows how many are left. */
  @Flag()
  attemptsShown: boolean;
  /** Its codes, in the order in which they are tried. */
  @ListOf(() => CodeFormView, 0, 20)
  codes: CodeFormView[];
  /** What the customer does, in English. */
  @ListOfTexts(0, 20, 400)
  stepsEn: string[];
  /** The same in Spanish. */
  @ListOfTexts(0, 20, 400)
  stepsEs: string[];
  /** Counts its changes. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class UnlockRecipesView {
  /** Every recipe. */
  @ListOf(() => UnlockRecipeView, 0, 5000)
  items: UnlockRecipeView[];
}
