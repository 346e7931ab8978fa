import { isDay, isInstant } from '../../values/time.js';

/** Why the text of one column is refused. */
export class ColumnFault {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {}
}

/** Reads the text of a column, trimmed and not empty; damage is named, never repaired by guessing. */
export type Reader<Value> = (text: string) => Value | ColumnFault;

/** One column of a file. */
export interface Column<Value> {
  /** Whether it must stand in the header and hold something in every line. */
  readonly required: boolean;
  /** What a line without it has. */
  readonly absent: Value | undefined;
  readonly read: Reader<Value>;
}

/** A column that every line fills in. */
export const required = <Value>(read: Reader<Value>): Column<Value> => ({ required: true, absent: undefined, read });

/** A column that may be empty or missing. */
export const optional = <Value>(read: Reader<Value>): Column<Value | null> => ({ required: false, absent: null, read });

/** A column that has a usual value. */
export const usually = <Value>(absent: Value, read: Reader<Value>): Column<Value> => ({
  required: false,
  absent,
  read,
});

const refuse = (code: string, detail: string) => new ColumnFault(code, detail);

/** Text for people, stored as it stands: a leading `=` is no formula here. */
export const text =
  (most: number): Reader<string> =>
  (given) =>
    given.length > most ? refuse('TOO_LONG', `At most ${most} characters.`) : given;

/** A code such as that of a SKU or a location. */
export const code =
  (pattern: RegExp, like: string): Reader<string> =>
  (given) =>
    pattern.test(given) ? given : refuse('FORMAT', `Does not look like ${like}.`);

/** One of a few words, written as they are. */
export const choice = <const Word extends string>(words: readonly Word[]): Reader<Word> => {
  const known = new Map<string, Word>(words.map((word) => [word, word]));
  return (given) => known.get(given) ?? refuse('NOT_ONE_OF', `Must be one of ${words.join(', ')}.`);
};

const QUANTITY = /^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$/;

/** Whether a spreadsheet has turned digits into a rounded quantity: what was lost cannot be had back. */
export const isRounded = (given: string): boolean => QUANTITY.test(given);

const damaged = () =>
  refuse('SPREADSHEET_DAMAGE', 'A spreadsheet rounded this number; export the column as text and send it again.');

/** A whole number without separators. */
export const whole =
  (min: number, max: number): Reader<number> =>
  (given) => {
    if (isRounded(given)) return damaged();
    if (!/^-?\d{1,9}$/.test(given)) return refuse('NOT_A_WHOLE_NUMBER', 'Must be digits and nothing else, such as 14.');
    const value = Number(given);
    return value < min || value > max ? refuse('OUT_OF_RANGE', `Must be from ${min} to ${max}.`) : value;
  };

const DECIMAL_COMMA = 'Decimals stand after a point and thousands are not grouped: write 1234.50, not 1.234,50.';

/** A number with decimals after a point. Never for money. */
export const decimal =
  (min: number, max: number): Reader<number> =>
  (given) => {
    if (isRounded(given)) return damaged();
    if (given.includes(',')) return refuse('DECIMAL_COMMA', DECIMAL_COMMA);
    if (!/^-?\d{1,9}(?:\.\d{1,12})?$/.test(given)) return refuse('NOT_A_NUMBER', 'Must be a number such as 47.6116.');
    const value = Number(given);
    return value < min || value > max ? refuse('OUT_OF_RANGE', `Must be from ${min} to ${max}.`) : value;
  };

/** An amount of money as decimal text; how many decimals it may have depends on the currency of its line. */
export const amount: Reader<string> = (given) => {
  if (isRounded(given)) return damaged();
  if (given.includes(',')) return refuse('DECIMAL_COMMA', DECIMAL_COMMA);
  return /^(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/.test(given)
    ? given
    : refuse('NOT_AN_AMOUNT', 'Must be digits with a point before the decimals and no currency sign, such as 384.00.');
};

const LOCAL_DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/;
const DAY_NUMBER = /^\d{5}(?:\.\d+)?$/;

function refusedTime(given: string, like: string): ColumnFault {
  if (DAY_NUMBER.test(given)) {
    return refuse('SPREADSHEET_DAMAGE', `A spreadsheet wrote its number for the day; write ${like}.`);
  }
  return LOCAL_DATE.test(given) && !/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(given)
    ? refuse('AMBIGUOUS_DATE', `Day and month cannot be told apart for certain; write ${like}.`)
    : refuse('NOT_A_TIME', `Must be written like ${like}, and exist.`);
}

/** A day of the calendar. */
export const day: Reader<string> = (given) => (isDay(given) ? given : refusedTime(given, '2014-02-21'));

const PLAIN_INSTANT = /^20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** A point in time with its offset. */
export const instant: Reader<string> = (given) =>
  // The usual form is known by its pattern alone: a million lines have one each.
  PLAIN_INSTANT.test(given) || isInstant(given) ? given : refusedTime(given, '2014-02-21T08:00:00Z');

/** Yes or no. */
export const flag: Reader<boolean> = (given) =>
  given === 'true' || given === 'false' ? given === 'true' : refuse('NOT_ONE_OF', 'Must be true or false.');

/** A list with `|` between its parts, none twice. */
export const list =
  <Value>(part: Reader<Value>, most: number): Reader<Value[]> =>
  (given) => {
    const parts = given
      .split('|')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (new Set(parts).size !== parts.length) return refuse('TWICE_IN_LIST', 'Something stands in the list twice.');
    if (parts.length > most) return refuse('TOO_MANY', `At most ${most} parts.`);
    const read = parts.map(part);
    return read.find((one) => one instanceof ColumnFault) ?? (read as Value[]);
  };
