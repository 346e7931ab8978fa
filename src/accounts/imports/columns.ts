import { type LineFault, lineFault } from '../../imports/importer.js';
import { choice, code } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { MOST_MINOR } from '../../values/fields.js';
import { CURRENCY_EXPONENTS, minorFromDecimal, NotAnAmount } from '../../values/money.js';
import { BILLING_NUMBER } from '../accounts.words.js';

/** The number of an account or a line, as billing writes it. */
export const billingNumber = code(
  BILLING_NUMBER,
  'a number of billing: capitals, digits and hyphens, a capital first; never a phone number',
);

export const currencyCode = choice(Object.keys(CURRENCY_EXPONENTS).sort());

/** What is wrong with an amount in the currency of its line; nothing when there is none. */
export function amountFaults(column: string, given: string | null, currency: string | null): LineFault[] {
  if (given === null) return [];
  if (currency === null) return [lineFault('currency', '', 'REQUIRED', 'An amount needs its currency.')];
  try {
    if (minorFromDecimal(given, currency) <= MOST_MINOR) return [];
    return [lineFault(column, given, 'OUT_OF_RANGE', 'More than a thousand million is a slip of the finger.')];
  } catch (refused) {
    if (!(refused instanceof NotAnAmount)) throw refused;
    return [lineFault(column, given, 'NOT_AN_AMOUNT', refused.message)];
  }
}

/** Minor units of an amount that has no faults. */
export const minorOrNull = (given: string | null, currency: string | null): number | null =>
  given === null || currency === null ? null : minorFromDecimal(given, currency);

/** A period that ends before it begins. */
export function periodFaults(column: string, from: string | null, to: string | null): LineFault[] {
  if (from === null || to === null || to >= from) return [];
  return [lineFault(column, to, 'ENDS_BEFORE_IT_BEGINS', `It begins on ${from}.`)];
}

/** A line that says something of the same thing as an earlier one. */
export function twiceFaults(
  [column, value]: readonly [string, string],
  key: string | number,
  line: number,
  file: FileMemory,
): LineFault[] {
  const earlier = file.earlierLine('key', key, line);
  return earlier === undefined ? [] : [lineFault(column, value, 'TWICE_IN_FILE', `Line ${earlier} is about the same.`)];
}

export const unknownAccount = (number: string | null) =>
  lineFault('account', number, 'UNKNOWN_ACCOUNT', 'There is no account of this number.');
export const unknownLine = (number: string | null) =>
  lineFault('line', number, 'UNKNOWN_LINE', 'There is no line of this number.');
