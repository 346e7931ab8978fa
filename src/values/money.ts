/**
 * How many decimals a currency has (ISO 4217), for the currencies shops may be priced in.
 * A currency that is not here is refused, rather than guessed to have two.
 */
export const CURRENCY_EXPONENTS: Readonly<Record<string, number>> = {
  ...{ AED: 2, ARS: 2, AUD: 2, BGN: 2, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, COP: 2, CRC: 2, CZK: 2, DKK: 2 },
  ...{ DOP: 2, EGP: 2, EUR: 2, GBP: 2, GTQ: 2, HKD: 2, HNL: 2, HUF: 2, IDR: 2, ILS: 2, INR: 2, ISK: 0, JMD: 2 },
  ...{ JPY: 0, KES: 2, KRW: 0, MAD: 2, MXN: 2, MYR: 2, NGN: 2, NIO: 2, NOK: 2, NZD: 2, PAB: 2, PEN: 2, PHP: 2 },
  ...{ PKR: 2, PLN: 2, PYG: 0, QAR: 2, RON: 2, SAR: 2, SEK: 2, SGD: 2, THB: 2, TRY: 2, TTD: 2, TWD: 2, UAH: 2 },
  ...{ UGX: 0, USD: 2, UYU: 2, VND: 0, XAF: 0, XOF: 0, ZAR: 2 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 },
};

/** Where the odd cents of a plan go: one each on the first instalments, or all on the last. */
export type Remainder = 'FIRST' | 'LAST';

/** Thrown for a text or number that is no amount of money; the message says why and is fit to be shown. */
export class NotAnAmount extends Error {
  override name = 'NotAnAmount';
}

const AMOUNT = /^(0|[1-9]\d{0,15})(?:\.(\d{1,4}))?$/;
const LONGEST_PLAN_MONTHS = 600;

/**
 * The number of decimals of a currency.
 * @throws NotAnAmount for a currency that is not in {@link CURRENCY_EXPONENTS}.
 */
export function currencyExponent(currency: string): number {
  const exponent = Object.hasOwn(CURRENCY_EXPONENTS, currency) ? CURRENCY_EXPONENTS[currency] : undefined;
  if (exponent === undefined) throw new NotAnAmount('The currency is not one that prices are kept in.');
  return exponent;
}

/**
 * Hands back an amount in minor units (cents) that arithmetic can be trusted with.
 * @throws NotAnAmount when it is not whole or is beyond 9,007,199,254,740,991.
 */
export function minorUnits(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new NotAnAmount('The amount is not a whole number of minor units in range.');
  return amount;
}

/**
 * Minor units of a decimal text: `384.00` in USD is 38400.
 * @throws NotAnAmount for signs, exponents, grouping, leading zeros, more decimals than the currency has, or a sum
 *   beyond safe integers.
 */
export function minorFromDecimal(text: string, currency: string): number {
  const exponent = currencyExponent(currency);
  const read = AMOUNT.exec(text);
  if (!read) throw new NotAnAmount('An amount is written in digits with a point before the decimals, such as 384.00.');
  const decimals = read[2] ?? '';
  if (decimals.length > exponent) throw new NotAnAmount(`An amount in ${currency} has at most ${exponent} decimals.`);
  // Put together as text: 0.1 + 0.2 has no place in a ledger.
  return minorUnits(Number(read[1]! + decimals.padEnd(exponent, '0')));
}

/**
 * The decimal text of minor units, with all the currency's decimals: 38400 in USD is `384.00`.
 * @throws NotAnAmount for an unknown currency or an unsafe number.
 */
export function decimalFromMinor(amountMinor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minorUnits(amountMinor))).padStart(exponent + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * The monthly instalments of a plan, in minor units; they always add up to the principal.
 * FIRST puts one odd cent on each of the first instalments, LAST puts all of them on the last one.
 * @throws NotAnAmount when the principal is negative or unsafe, or the months are not 1 to 600.
 */
export function instalments(principalMinor: number, months: number, remainder: Remainder): number[] {
  if (minorUnits(principalMinor) < 0) throw new NotAnAmount('A plan is made over a principal of zero or more.');
  if (!Number.isInteger(months) || months < 1 || months > LONGEST_PLAN_MONTHS) {
    throw new NotAnAmount(`A plan runs over 1 to ${LONGEST_PLAN_MONTHS} months.`);
  }
  const odd = principalMinor % months;
  const even = (principalMinor - odd) / months;
  const oddOf = (month: number): number =>
    remainder === 'FIRST' ? Number(month < odd) : month === months - 1 ? odd : 0;
  return Array.from({ length: months }, (_, month) => even + oddOf(month));
}
