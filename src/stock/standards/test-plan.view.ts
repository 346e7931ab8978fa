import { NextCursor } from '../../platform/http/page.js';
import { Code, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { STANDARD_CODE, STANDARD_STATES, type StandardState } from './standard.lifecycle.js';
import { DeviceClassDto, TEST_CODE } from './test-plan.dto.js';
import { TEST_NEEDS, TEST_SCOPES, type TestNeed, type TestScope } from './test-plan.js';

export class PlannedTestView {
  /** Name of the test. */
  @Code(TEST_CODE, 40)
  code: string;
  /** Whether a fault keeps the handset from the shelf, or is told to the buyer. */
  @OneOf(TEST_NEEDS, 'TestNeed')
  need: TestNeed;
  /** Whether every handset has what is tested. */
  @OneOf(TEST_SCOPES, 'TestScope')
  scope: TestScope;
  /** The class of handsets it is for; null for all. */
  @Nullable()
  @Code(TEST_CODE, 40)
  deviceClass: string | null;
  /** The functional grade of a handset that fails it. */
  @WholeNumber(2, 9)
  fault: number;
}

/** One version of the tests that handsets go through. */
export class TestPlanView {
  /** Id of the version. */
  @Id()
  id: string;
  /** Its name among versions; it is stored with each report. */
  @Code(STANDARD_CODE, 40)
  code: string;
  /** Whether it was put into force; the one published last is. */
  @OneOf(STANDARD_STATES, 'StandardState')
  status: StandardState;
  /** The tests, in the order in which they are done. */
  @ListOf(() => PlannedTestView, 1, 100)
  tests: PlannedTestView[];
  /** Handsets that have something to be tested which others have not. */
  @ListOf(() => DeviceClassDto, 0, 50)
  classes: DeviceClassDto[];
  /** Who wrote it. */
  @Text(1, 200)
  draftedBy: string;
  /** Who put it into force; null for a draft. */
  @Nullable()
  @Text(1, 200)
  publishedBy: string | null;
  /** When; null for a draft. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  /** Counts its changes; sent as the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class TestPlanPageView {
  /** Versions, the latest first. */
  @ListOf(() => TestPlanView, 0, 200)
  items: TestPlanView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
