import fc from 'fast-check';
import { planFaults, planOf } from '../../src/devices/prices/price-plan.js';
import { shapeFaults } from '../../src/devices/skus/sku-shape.js';

describe('the instalment plan of a price', () => {
  it.each([
    [38400, 0, 24, 'LAST', Array.from({ length: 24 }, () => 1600)],
    [53199, 9999, 24, 'LAST', Array.from({ length: 24 }, () => 1800)],
    [10000, 0, 3, 'FIRST', [3334, 3333, 3333]],
    [10000, 0, 3, 'LAST', [3333, 3333, 3334]],
    [34900, 0, null, 'LAST', []],
  ] as const)('of %s with %s down over %s months, %s', (amountMinor, downPaymentMinor, months, remainder, expected) => {
    expect(planOf({ amountMinor, downPaymentMinor, months, remainder })).toEqual(expected);
  });

  it('is with the down payment always exactly the price', () => {
    const plan = fc.record({
      amountMinor: fc.integer({ min: 0, max: 100_000_000_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      months: fc.integer({ min: 1, max: 60 }),
      remainder: fc.constantFrom('FIRST' as const, 'LAST' as const),
    });
    fc.assert(
      fc.property(plan, ({ amountMinor, share, months, remainder }) => {
        const downPaymentMinor = Math.floor(amountMinor * share);
        const parts = planOf({ amountMinor, downPaymentMinor, months, remainder });
        expect(parts.reduce((sum, part) => sum + part, downPaymentMinor)).toBe(amountMinor);
      }),
    );
  });

  it.each([
    [100, 100, 12, []],
    [100, 101, 12, ['TOO_MUCH']],
    [100, 50, null, ['NOT_EXPECTED']],
    [100, 101, null, ['TOO_MUCH', 'NOT_EXPECTED']],
    [0, 0, null, []],
  ])('of %s with %s down over %s months is faulty by %s', (amountMinor, downPaymentMinor, months, codes) => {
    expect(planFaults({ amountMinor, downPaymentMinor, months }).map(({ code }) => code)).toEqual(codes);
  });
});

describe('what a SKU consists of', () => {
  const variantId = '019b0000-0000-7000-8000-000000000001';
  it.each([
    [{ kind: 'DEVICE', condition: 'NEW', variantId }, []],
    [{ kind: 'DEVICE', condition: 'REFURBISHED', variantId, grade: 'GOOD' }, []],
    [{ kind: 'ACCESSORY', condition: 'NEW', name: 'SIM kit' }, []],
    [{ kind: 'DEVICE', condition: 'NEW' }, ['/variantId MISSING']],
    [{ kind: 'DEVICE', condition: 'REFURBISHED', variantId }, ['/grade MISSING']],
    [{ kind: 'DEVICE', condition: 'OPEN_BOX', variantId, grade: 'FAIR' }, ['/grade NOT_EXPECTED']],
    [
      { kind: 'ACCESSORY', condition: 'REFURBISHED', variantId },
      ['/variantId NOT_EXPECTED', '/name MISSING', '/grade MISSING'],
    ],
  ] as const)('%j is faulty by %j', (shape, faults) => {
    expect(shapeFaults(shape).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(faults);
  });
});
