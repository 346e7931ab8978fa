/** Whether a test that fails keeps the handset from the shelf, or is a minor fault that the buyer is told of. */
export const TEST_NEEDS = ['MUST', 'MINOR'] as const;
export type TestNeed = (typeof TEST_NEEDS)[number];

/** Whether every handset has what is tested, or only some: of those that have it not the test is not applicable. */
export const TEST_SCOPES = ['ALWAYS', 'IF_PRESENT'] as const;
export type TestScope = (typeof TEST_SCOPES)[number];

export const TEST_RESULTS = ['PASS', 'FAIL', 'SKIPPED', 'NOT_APPLICABLE'] as const;
export type TestResult = (typeof TEST_RESULTS)[number];

export interface PlannedTest {
  code: string;
  need: TestNeed;
  scope: TestScope;
  /** Only for handsets of this class; null for all. */
  deviceClass: string | null;
  /** The functional grade of a handset that fails it; 2 for minor faults. */
  fault: number;
}

/** Handsets that have something to be tested which others have not, by the beginning of the model's name. */
export interface DeviceClass {
  code: string;
  brand: string;
  models: readonly string[];
}

/** Which tests a handset goes through, and what each of them decides. */
export interface TestPlan {
  version: string;
  tests: readonly PlannedTest[];
  classes: readonly DeviceClass[];
}

export interface TestedModel {
  brand: string;
  model: string;
}

export interface ReportedTest {
  test: string;
  result: TestResult;
}

/** What a report comes to. */
export interface Verdict {
  /** 0 all passed, 1 passed after repair, 2 a minor fault, 3 to 9 not to be sold; null while something is untested. */
  functional: number | null;
  /** Minor faults that the buyer has to be told of. */
  disclose: string[];
  /** Tests that were left out, skipped, or said not to apply where they do. */
  untested: string[];
}

const startsWith = (name: string, beginning: string): boolean =>
  name === beginning || name.startsWith(`${beginning} `) || name.startsWith(`${beginning}-`);

/** The tests of the plan that a model has to go through. */
export function testsFor({ tests, classes }: TestPlan, { brand, model }: TestedModel): PlannedTest[] {
  const own = classes.filter(
    (one) =>
      one.brand.toLowerCase() === brand.toLowerCase() &&
      one.models.some((name) => startsWith(model.toLowerCase(), name.toLowerCase())),
  );
  const codes = new Set(own.map(({ code }) => code));
  return tests.filter(({ deviceClass }) => deviceClass === null || codes.has(deviceClass));
}

/**
 * The functional grade that a report comes to by the plan. What was skipped is not passed: only a fault that was found
 * counts before everything has been tested.
 */
export function verdictOf(
  tests: readonly PlannedTest[],
  reported: readonly ReportedTest[],
  repaired: boolean,
): Verdict {
  const results = new Map(reported.map(({ test, result }) => [test, result]));
  const failed = tests.filter(({ code }) => results.get(code) === 'FAIL');
  const untested = tests.filter((test) => !isSettled(test, results.get(test.code))).map(({ code }) => code);
  const disclose = failed.filter(({ need }) => need === 'MINOR').map(({ code }) => code);
  const worst = Math.max(0, ...failed.map(({ need, fault }) => (need === 'MINOR' ? 2 : fault)));
  const functional = worst > 2 ? worst : untested.length ? null : worst || Number(repaired);
  return { functional, disclose, untested };
}

function isSettled({ scope }: PlannedTest, result: TestResult | undefined): boolean {
  if (result === 'NOT_APPLICABLE') return scope === 'IF_PRESENT';
  return result === 'PASS' || result === 'FAIL';
}
