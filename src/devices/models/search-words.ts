const COMBINING = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/u;

/** Lower case without accents; `+` is read as people say it, so that S25+ is not taken for S25. */
export const plainText = (text: string): string =>
  text.normalize('NFKD').replace(COMBINING, '').toLowerCase().replaceAll('+', ' plus ').replace(/\s+/g, ' ').trim();

const wordsOf = (text: string): string[] => plainText(text).split(NOT_WORD).filter(Boolean);

/** Letters and digits alone: `Q 10`, `q-10` and `Q10` come to the same. */
export const compact = (text: string): string => wordsOf(text).join('');

/** By what two spellings of a brand or model count as the same; empty for a name without a letter or digit. */
export const nameKey = (name: string): string => wordsOf(name).join('-');

/** What a model can be called. */
export interface ModelNames {
  brand: string;
  name: string;
  aliases: readonly string[];
  makerCodes: readonly string[];
}

/** What a model is found by: the text as it is written, and the same group by group without blanks and signs. */
export function searchWords({ brand, name, aliases, makerCodes }: ModelNames): { text: string; compact: string } {
  const groups = [`${brand} ${name}`, ...aliases, ...makerCodes];
  const distinct = (words: string[]) => [...new Set(words.filter(Boolean))].join(' ');
  return { text: distinct(groups.map(plainText)), compact: distinct(groups.map(compact)) };
}

/**
 * The SQL patterns of a search: a model matches when its `search_compact` is like any of `whole`, or like all of
 * `words`. Single characters alone would match nearly everything and are left to `whole`.
 */
export function searchPatterns(query: string): { whole: string; words: string[] } {
  const words = wordsOf(query);
  const telling = words.length > 1 && words.every((word) => word.length > 1) ? words : [];
  return { whole: `%${words.join('')}%`, words: telling.map((word) => `%${word}%`) };
}
