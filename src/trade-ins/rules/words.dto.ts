import { Text } from '../../values/fields.js';

/** A text as customers read it. */
export class WordsDto {
  /** In English. */
  @Text(1, 4000)
  en: string;
  /** In Spanish. */
  @Text(1, 4000)
  es: string;
}

/** A word of data: capitals, digits and underscores. */
export const RULE_WORD = /^[A-Z0-9][A-Z0-9_]*$/;
export const RULE_WORD_LONGEST = 40;
