import { Code, ListOf, ListOfTexts, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { STANDARD_CODE } from './standard.lifecycle.js';
import { TEST_NEEDS, TEST_SCOPES, type TestNeed, type TestScope } from './test-plan.js';

export const TEST_CODE = /^[A-Z][A-Z0-9_]*$/;

export class PlannedTestDto {
  /** Name of the test. */
  @Code(TEST_CODE, 40, 'PHYSICAL_KEYBOARD')
  code: string;
  /** Whether a fault keeps the handset from the shelf, or is told to the buyer. */
  @OneOf(TEST_NEEDS, 'TestNeed')
  need: TestNeed;
  /** Whether every handset has what is tested. */
  @OneOf(TEST_SCOPES, 'TestScope')
  scope: TestScope;
  /** The class of handsets it is for; left out, all. */
  @Maybe()
  @Code(TEST_CODE, 40)
  deviceClass?: string;
  /** The functional grade of a handset that fails it: 2 for a minor fault, 3 to 9 for one that must not be. */
  @WholeNumber(2, 9)
  fault: number;
}

export class DeviceClassDto {
  /** Name of the class. */
  @Code(TEST_CODE, 40, 'PHYSICAL_KEYBOARD')
  code: string;
  /** Brand of its models. */
  @Text(1, 120)
  brand: string;
  /** What the names of its models begin with. */
  @ListOfTexts(1, 100, 120)
  models: string[];
}

/** Which tests a handset goes through, and what each of them decides. */
export class DraftTestPlanDto {
  /** Its name among versions. */
  @Code(STANDARD_CODE, 40, '2026-2')
  code: string;
  /** The tests, in the order in which they are done. */
  @ListOf(() => PlannedTestDto, 1, 100)
  tests: PlannedTestDto[];
  /** Handsets that have something to be tested which others have not. */
  @Maybe()
  @ListOf(() => DeviceClassDto, 0, 50)
  classes?: DeviceClassDto[] = [];
}
