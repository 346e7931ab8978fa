import fc from 'fast-check';
import {
  CURRENCY_EXPONENTS,
  decimalFromMinor,
  instalments,
  minorFromDecimal,
  minorUnits,
  NotAnAmount,
  type Remainder,
} from '../../src/values/money.js';

const times = (count: number, amount: number): number[] => new Array<number>(count).fill(amount);
const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe('read an amount', () => {
  it.each([
    ['384.00', 'USD', 38_400],
    ['384', 'USD', 38_400],
    ['384.5', 'USD', 38_450],
    ['0', 'USD', 0],
    ['0.07', 'USD', 7],
    ['1000', 'JPY', 1000],
    ['1.250', 'KWD', 1250],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('takes %s in %s as %d', (text, currency, minor) => {
    expect(minorFromDecimal(text, currency)).toBe(minor);
  });

  it.each([
    ['384.001', 'USD'],
    ['384.0', 'JPY'],
    ['1.2345', 'KWD'],
    ['-1.00', 'USD'],
    ['+1.00', 'USD'],
    ['1e3', 'USD'],
    ['1,000.00', 'USD'],
    ['1 000', 'USD'],
    ['.50', 'USD'],
    ['5.', 'USD'],
    ['007', 'USD'],
    ['', 'USD'],
    ['１', 'USD'],
    ['90071992547409.92', 'USD'],
    ['9'.repeat(400), 'USD'],
    ['1.00', 'usd'],
    ['1.00', 'XXX'],
    ['1.00', 'constructor'],
  ])('refuses %.30j in %s', (text, currency) => {
    expect(() => minorFromDecimal(text, currency)).toThrow(NotAnAmount);
  });

  it.each([
    [38_400, 'USD', '384.00'],
    [7, 'USD', '0.07'],
    [-7, 'USD', '-0.07'],
    [0, 'USD', '0.00'],
    [1000, 'JPY', '1000'],
    [1, 'KWD', '0.001'],
  ])('writes %d in %s as %s', (minor, currency, text) => {
    expect(decimalFromMinor(minor, currency)).toBe(text);
  });

  it('comes back the same from its decimal text, in every currency', () => {
    const currency = fc.constantFrom(...Object.keys(CURRENCY_EXPONENTS));
    fc.assert(
      fc.property(fc.maxSafeNat(), currency, (minor, code) => {
        expect(minorFromDecimal(decimalFromMinor(minor, code), code)).toBe(minor);
      }),
    );
  });

  it.each([0.1, Number.NaN, Infinity, 2 ** 53])('does not reckon with %d', (amount) => {
    expect(() => minorUnits(amount)).toThrow(NotAnAmount);
    expect(() => decimalFromMinor(amount, 'USD')).toThrow(NotAnAmount);
    expect(() => instalments(amount, 12, 'FIRST')).toThrow(NotAnAmount);
  });
});

describe('split a principal into instalments', () => {
  const plans: [number, number, number[], number[]][] = [
    [44_800, 24, [...times(16, 1867), ...times(8, 1866)], [...times(23, 1866), 1882]],
    [70_000, 30, [...times(10, 2334), ...times(20, 2333)], [...times(29, 2333), 2343]],
    [100_000, 36, [...times(28, 2778), ...times(8, 2777)], [...times(35, 2777), 2805]],
    [83_000, 36, [...times(20, 2306), ...times(16, 2305)], [...times(35, 2305), 2325]],
    [5300, 24, [...times(20, 221), ...times(4, 220)], [...times(23, 220), 240]],
    [38_400, 24, times(24, 1600), times(24, 1600)],
    [13_400, 24, [...times(8, 559), ...times(16, 558)], [...times(23, 558), 566]],
    [5, 12, [...times(5, 1), ...times(7, 0)], [...times(11, 0), 5]],
    [0, 3, [0, 0, 0], [0, 0, 0]],
    [999, 1, [999], [999]],
  ];

  it.each(plans)('splits %d over %d months to the cent', (principal, months, first, last) => {
    expect(instalments(principal, months, 'FIRST')).toEqual(first);
    expect(instalments(principal, months, 'LAST')).toEqual(last);
  });

  it('always adds up to the principal', () => {
    const remainder = fc.constantFrom<Remainder>('FIRST', 'LAST');
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 600 }), remainder, (principal, months, to) => {
        const amounts = instalments(principal, months, to);
        expect(amounts).toHaveLength(months);
        expect(sum(amounts)).toBe(principal);
      }),
    );
  });

  it('differs by a cent at most when the first ones take the odd cents', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 600 }), (principal, months) => {
        const amounts = instalments(principal, months, 'FIRST');
        expect(amounts[0]! - amounts.at(-1)!).toBeLessThanOrEqual(1);
        expect(amounts).toEqual(amounts.toSorted((one, other) => other - one));
      }),
    );
  });

  it.each([
    [-1, 12],
    [100, 0],
    [100, -1],
    [100, 1.5],
    [100, 601],
    [100, Number.NaN],
  ])('refuses %d over %d months', (principal, months) => {
    expect(() => instalments(principal, months, 'FIRST')).toThrow(NotAnAmount);
  });
});
