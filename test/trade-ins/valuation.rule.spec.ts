import * as fc from 'fast-check';
import { planOffer, type PriceFound, valueOf } from '../../src/trade-ins/quotes/valuation.js';
import type { PaymentPlanDto } from '../../src/trade-ins/rules/terms.dto.js';

const price = (over: Partial<PriceFound> = {}): PriceFound => ({
  ...{ versionId: 'v', versionCode: 'US-1', lineMinor: 12_000, deductions: [], floorMinor: 500 },
  ...over,
});
const plan = (over: Partial<PaymentPlanDto> = {}): PaymentPlanDto => ({
  ...{ code: 'P', text: { en: 'p', es: 'p' }, instrument: 'BILL_CREDIT', extraBasisPoints: 0, timing: 'ON_VALIDATION' },
  ...{ catchUp: false, stopOn: [] },
  ...over,
});
const off = (problem: string, amountMinor: number) => ({ problem, amountMinor });
const floor = (amountMinor: number) => ({ promotionId: 'P01', mode: 'FLOOR', amountMinor }) as const;
const topUp = (amountMinor: number) => ({ promotionId: 'P02', mode: 'TOP_UP', amountMinor }) as const;

describe('the value of a handset', () => {
  it.each([
    ['is its line', price(), [], 12_000, 0],
    ['is its line less what is deducted', price({ deductions: [off('KEYS', 2000)] }), [], 10_000, 0],
    ['is never below the floor', price({ deductions: [off('KEYS', 11_900)] }), [], 500, 0],
    ['is never above a line below the floor', price({ lineMinor: 300, deductions: [off('KEYS', 100)] }), [], 300, 0],
    ['is lifted to the floor of a promotion', price({ lineMinor: 1500 }), [floor(20_000)], 1500, 18_500],
    ['is not lowered to one', price({ lineMinor: 26_000 }), [floor(20_000)], 26_000, 0],
    [
      'is lifted to the highest floor, and topped up',
      price(),
      [floor(15_000), floor(20_000), topUp(5000)],
      12_000,
      13_000,
    ],
    ['is nothing without a line: not bought, never zero', price({ lineMinor: null }), [], null, 0],
    ['is nothing without a book', null, [topUp(5000)], null, 0],
  ] as const)('%s', (_, found, promotions, market, promotion) => {
    const value = valueOf(found as PriceFound | null, promotions);
    expect([value.marketMinor, value.promotionMinor]).toEqual([market, promotion]);
  });

  const amounts = fc.integer({ min: 1, max: 10_000_000 });
  const any = fc.record({
    lineMinor: amounts,
    floorMinor: amounts,
    deductions: fc.array(fc.record({ problem: fc.constantFrom('A', 'B', 'C'), amountMinor: amounts }), {
      maxLength: 8,
    }),
    promotions: fc.array(
      fc.record({
        promotionId: fc.constantFrom('P1', 'P2'),
        mode: fc.constantFrom('FLOOR', 'TOP_UP'),
        amountMinor: amounts,
      }),
      { maxLength: 6 },
    ),
  });

  it('is the sum of its trace, at least the floor, at most the line and what promotions give', () => {
    fc.assert(
      fc.property(any, ({ promotions, ...found }) => {
        const value = valueOf(price(found), promotions as Parameters<typeof valueOf>[1]);
        const sum = value.trace.reduce((all, { amountMinor }) => all + amountMinor, 0);
        expect(sum).toBe(value.marketMinor! + value.promotionMinor);
        expect(value.marketMinor).toBeGreaterThanOrEqual(Math.min(found.floorMinor, found.lineMinor));
        expect(value.marketMinor).toBeLessThanOrEqual(found.lineMinor);
        expect(value.promotionMinor).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('is in no order of promotions another', () => {
    fc.assert(
      fc.property(any, ({ promotions, ...found }) => {
        const given = promotions as NonNullable<Parameters<typeof valueOf>[1]>;
        const both = [given, given.toReversed()].map((one) => valueOf(price(found), one).promotionMinor);
        expect(both[0]).toBe(both[1]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a way to be paid', () => {
  it.each([
    [12_000, 1000, 1200],
    [12_345, 1000, 1235],
    [5, 1000, 1],
    [4, 1000, 0],
    [10_000, 10_000, 10_000],
    [12_000, 0, 0],
  ])('gives on top of %d at %d hundredths of a per cent %d', (market, basis, extra) => {
    const offer = planOffer(plan({ extraBasisPoints: basis }), market, 0);
    expect([offer.marketMinor, offer.extraMinor, offer.totalMinor]).toEqual([market, extra, market + extra]);
  });

  it('of monthly credits comes to exactly what it promises, whatever the currency and where the odd cents go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom('FIRST' as const, 'LAST' as const),
        (market, extraBasisPoints, months, remainder) => {
          const offer = planOffer(
            plan({ instrument: 'MONTHLY_CREDITS', extraBasisPoints, months, remainder }),
            market,
            0,
          );
          expect(offer.instalmentsMinor).toHaveLength(months);
          expect(offer.instalmentsMinor.reduce((sum, one) => sum + one, 0)).toBe(offer.totalMinor);
          expect(Math.min(...offer.instalmentsMinor)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('shows month by month what market value and the rest are paid in', () => {
    const offer = planOffer(plan({ instrument: 'MONTHLY_CREDITS', extraBasisPoints: 2500, months: 24 }), 12_000, 0);
    expect([offer.totalMinor, offer.instalmentsMinor[0], offer.instalmentsMinor.at(-1)]).toEqual([15_000, 625, 625]);
  });
});
