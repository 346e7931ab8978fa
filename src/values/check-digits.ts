/** Luhn's sum in any even base: from the right, every second place is doubled and its two figures added. */
function luhnSum(figures: string, base: number, firstDoubled: 'LAST' | 'BEFORE_LAST'): number {
  let sum = 0;
  let doubled = firstDoubled === 'LAST';
  for (let at = figures.length - 1; at >= 0; at--, doubled = !doubled) {
    const weighed = Number.parseInt(figures[at]!, base) * (doubled ? 2 : 1);
    sum += Math.floor(weighed / base) + (weighed % base);
  }
  return sum;
}

/** Tells whether a number whose last figure is a Luhn check digit adds up. */
export function passesLuhn(digits: string): boolean {
  return luhnSum(digits, 10, 'BEFORE_LAST') % 10 === 0;
}

/** The Luhn check character to be put after these figures, in base 10 or 16 (a MEID with letters is reckoned in 16). */
export function luhnCharacter(figures: string, base: 10 | 16): string {
  const over = luhnSum(figures, base, 'LAST') % base;
  return ((base - over) % base).toString(base).toUpperCase();
}

/**
 * The check digit printed after the fourteen digits of an IMEI.
 * @throws RangeError when not given exactly fourteen digits.
 */
export function checkDigit(fourteenDigits: string): string {
  if (!/^\d{14}$/.test(fourteenDigits)) throw new RangeError('An IMEI check digit is reckoned over fourteen digits.');
  return luhnCharacter(fourteenDigits, 10);
}

/**
 * The fifteen digits printed on the box and shown by `*#06#`, from the fourteen an IMEI is matched on.
 * @throws RangeError when not given exactly fourteen digits.
 */
export function imeiOf15(value14: string): string {
  return value14 + checkDigit(value14);
}

/** The type allocation code: the first eight digits, naming the make and model. */
export function tacOf(value14: string): string {
  return value14.slice(0, 8);
}
