import fc from 'fast-check';
import { TEST_PLAN_2026_1 } from '../../migrations/bench-standards.js';
import { beyondEconomicRepair, estimateMinor, labourMinor } from '../../src/stock/refurbishment/economics.js';
import {
  TEST_RESULTS,
  type TestPlan,
  type TestResult,
  testsFor,
  verdictOf,
} from '../../src/stock/standards/test-plan.js';

const PLAN = { version: '2026-1', ...TEST_PLAN_2026_1 } as TestPlan;
const Q10 = testsFor(PLAN, { brand: 'BlackBerry', model: 'Q10' });
const reported = (over: Readonly<Record<string, TestResult>> = {}, tests = Q10) =>
  tests.map(({ code }) => ({ test: code, result: over[code] ?? ('PASS' as const) }));

describe('which tests a model goes through', () => {
  it.each([
    ['BlackBerry', 'Q10', true],
    ['blackberry', 'q10 SQN100-1', true],
    ['BlackBerry', 'Q100', false],
    ['BlackBerry', 'Z10', false],
    ['BlackBerry', 'Bold 9900', true],
    ['Nokia', 'Q10', false],
  ])('%s %s has a keyboard to be tested: %s', (brand, model, has) => {
    const tests = testsFor(PLAN, { brand, model });
    expect(tests.some(({ code }) => code === 'PHYSICAL_KEYBOARD')).toBe(has);
    expect(tests).toHaveLength(has ? PLAN.tests.length : PLAN.tests.length - 1);
  });
});

describe('what a report comes to', () => {
  it.each<[string, Record<string, TestResult>, boolean, number | null]>([
    ['all passed', {}, false, 0],
    ['all passed after repair', {}, true, 1],
    ['a minor fault', { NFC: 'FAIL' }, true, 2],
    ['locked', { ACTIVATION_LOCK: 'FAIL' }, false, 3],
    ['a dead keyboard', { PHYSICAL_KEYBOARD: 'FAIL' }, false, 4],
    ['a dead camera beside a minor fault', { REAR_CAMERA: 'FAIL', NFC: 'FAIL' }, false, 5],
    ['no charge', { CHARGING: 'FAIL' }, false, 6],
    ['liquid', { LIQUID_INDICATOR: 'FAIL' }, false, 7],
    ['does not power on, so that nothing else was tested', { POWER_AND_BOOT: 'FAIL', WIFI: 'SKIPPED' }, false, 8],
    ['a hazardous battery beside all else', { BATTERY_SWELLING: 'FAIL', POWER_AND_BOOT: 'FAIL' }, false, 9],
    ['one skipped', { WIFI: 'SKIPPED' }, false, null],
    ['one skipped beside a minor fault', { WIFI: 'SKIPPED', NFC: 'FAIL' }, false, null],
    ['what it does not have', { NFC: 'NOT_APPLICABLE', SD_SLOT: 'NOT_APPLICABLE' }, false, 0],
    ['what every handset has said not to apply', { WIFI: 'NOT_APPLICABLE' }, false, null],
  ])('%s', (_what, over, repaired, functional) => {
    expect(verdictOf(Q10, reported(over), repaired).functional).toBe(functional);
  });

  it('names what is untested, left out included, and what has to be told', () => {
    const left = reported({ NFC: 'FAIL', WIFI: 'SKIPPED' }).filter(({ test }) => test !== 'GPS');
    expect(verdictOf(Q10, left, false)).toEqual({ functional: null, disclose: ['NFC'], untested: ['WIFI', 'GPS'] });
  });

  it('never calls a handset good that has not passed every test it must', () => {
    const results = fc.constantFrom(...TEST_RESULTS);
    const reports = fc.array(results, { minLength: Q10.length, maxLength: Q10.length });
    fc.assert(
      fc.property(reports, fc.boolean(), (given, repaired) => {
        const all = Q10.map(({ code }, at) => ({ test: code, result: given[at]! }));
        const { functional } = verdictOf(Q10, all, repaired);
        if (functional === null || functional > 2) return;
        for (const [at, { need, scope }] of Q10.entries()) {
          if (need === 'MUST') {
            expect(['PASS', ...(scope === 'IF_PRESENT' ? ['NOT_APPLICABLE'] : [])]).toContain(given[at]);
          }
          expect(given[at]).not.toBe('SKIPPED');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gets no better by a test more that fails', () => {
    fc.assert(
      fc.property(fc.subarray(Q10.map(({ code }) => code)), fc.constantFrom(...Q10), (failing, more) => {
        const grade = (codes: readonly string[]) =>
          verdictOf(Q10, reported(Object.fromEntries(codes.map((code) => [code, 'FAIL' as const]))), false).functional!;
        expect(grade([...failing, more.code])).toBeGreaterThanOrEqual(grade(failing));
      }),
    );
  });
});

describe('what a repair costs', () => {
  it.each([
    [0, 3000, 0],
    [1, 3000, 50],
    [1, 29, 0],
    [1, 30, 1],
    [25, 3000, 1250],
    [7, 3333, 389],
    [1440, 10_000_000, 240_000_000],
  ])('%i minutes at %i an hour are %i', (minutes, rate, amount) => {
    expect(labourMinor(minutes, rate)).toBe(amount);
  });

  it('is beyond economic repair above what it will bring, not at it', () => {
    const money = { acquisitionMinor: 2000, estimatedMinor: 2700, committedMinor: 0, expectedSaleMinor: 4700 };
    expect(beyondEconomicRepair(money)).toBe(false);
    expect(beyondEconomicRepair({ ...money, expectedSaleMinor: 4699 })).toBe(true);
    expect(beyondEconomicRepair({ ...money, committedMinor: 2701 })).toBe(true);
  });

  it('is whole, and never less for more minutes or a dearer hour', () => {
    const amounts = fc.record({ minutes: fc.nat(1440), rate: fc.nat(10_000_000), more: fc.nat(100) });
    fc.assert(
      fc.property(amounts, ({ minutes, rate, more }) => {
        const cost = labourMinor(minutes, rate);
        expect(Number.isSafeInteger(cost)).toBe(true);
        expect(Math.abs(cost - (minutes * rate) / 60)).toBeLessThanOrEqual(0.5);
        expect(labourMinor(minutes + more, rate)).toBeGreaterThanOrEqual(cost);
        expect(labourMinor(minutes, rate + more)).toBeGreaterThanOrEqual(cost);
        expect(estimateMinor(more, minutes, rate)).toBe(cost + more);
      }),
    );
  });
});
