const CHOICES = new Map<string, string>();

/** The document has one list of words a name: two lists of one name would silently become one. */
export function named(enumName: string, values: readonly string[]): string {
  const words = values.join();
  const known = CHOICES.get(enumName) ?? words;
  if (known !== words) throw new Error(`Two lists of words are named ${enumName}: ${known} and ${words}.`);
  CHOICES.set(enumName, words);
  return enumName;
}
