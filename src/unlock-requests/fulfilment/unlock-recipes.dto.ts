import { Code, Flag, ListOf, ListOfTexts, ListOfWholes, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { RECIPE_METHODS, type RecipeMethod } from './unlock-recipe.entity.js';

/** A type of code and how many digits it has. */
export class CodeFormDto {
  /** What the maker calls it. */
  @Code(/^[A-Z][A-Z0-9_]{0,29}$/, 30, 'MEP2')
  type: string;
  /** The lengths it comes in, in digits. */
  @ListOfWholes(1, 15, 6, 20)
  lengths: number[];
}

export class SetUnlockRecipeDto {
  /** The maker; left out, any that has no recipe of its own. */
  @Maybe()
  @Text(1, 80)
  brand?: string;
  /** The model of that maker; left out, any of its models that has no recipe of its own. */
  @Maybe()
  @Text(1, 80)
  model?: string;
  /** How such handsets are unlocked. */
  @OneOf(RECIPE_METHODS, 'UnlockRecipeMethod')
  method: RecipeMethod;
  /** The tries the maker gives before the lock is shut for good; left out where it does not count them. */
  @Maybe()
  @WholeNumber(1, 99)
  maxAttempts?: number;
  /** Whether the handset shows how many are left. */
  @Flag()
  attemptsShown: boolean;
  /** Its codes, in the order in which they are tried. */
  @ListOf(() => CodeFormDto, 0, 20)
  codes: CodeFormDto[];
  /** What the customer does, in English. */
  @ListOfTexts(0, 20, 400)
  stepsEn: string[];
  /** The same in Spanish. */
  @ListOfTexts(0, 20, 400)
  stepsEs: string[];
}
