/** The SQL of "this column holds one of these words", for a CHECK constraint. */
export const oneOf = (column: string, words: readonly string[]): string =>
  `${column} in (${words.map((word) => `'${word}'`).join(', ')})`;
