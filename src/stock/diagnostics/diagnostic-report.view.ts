import { NextCursor } from '../../platform/http/page.js';
import { Code, Id, ListOf, ListOfTexts, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { TEST_CODE } from '../standards/test-plan.dto.js';
import { TEST_RESULTS, type TestResult } from '../standards/test-plan.js';

export class ReportedTestView {
  /** Name of the test in the plan. */
  @Code(TEST_CODE, 40)
  test: string;
  /** What came of it. */
  @OneOf(TEST_RESULTS, 'TestResult')
  result: TestResult;
  /** What was measured. */
  @Nullable()
  @Text(1, 200)
  value: string | null;
}

/** What the tests of a handset came to; it is never changed. */
export class DiagnosticReportView {
  /** Id of the report. */
  @Id()
  id: string;
  /** The unit. */
  @Id()
  unitId: string;
  /** The period of ours in which it was tested. */
  @Id()
  holdingId: string;
  /** The location that recorded it. */
  @Id()
  locationId: string;
  /** Version of the test plan it was judged by. */
  @Text(1, 40)
  plan: string;
  /** With what it was tested. */
  @Text(1, 100)
  tool: string;
  /** In which version. */
  @Text(1, 50)
  toolVersion: string;
  /** Who tested it. */
  @Text(1, 200)
  operator: string;
  /** At which bench. */
  @Text(1, 100)
  station: string;
  /** When. */
  @Moment()
  performedAt: string;
  /** The result of each test. */
  @ListOf(() => ReportedTestView, 1, 100)
  results: ReportedTestView[];
  /** How it works: 0 all passed, 1 after repair, 2 a minor fault, 3 to 9 not to be sold; null while something is untested. */
  @Nullable()
  @WholeNumber(0, 9)
  functional: number | null;
  /** Minor faults that the buyer has to be told of. */
  @ListOfTexts(0, 100, 40)
  disclose: string[];
  /** Tests that the plan asks for and that were left out or skipped. */
  @ListOfTexts(0, 100, 40)
  untested: string[];
  /** Who wrote it down here, as their token names them. */
  @Text(1, 200)
  recordedBy: string;
  /** When it was written down. */
  @Moment()
  recordedAt: string;
}

export class DiagnosticReportPageView {
  /** Reports of the unit, the latest first. */
  @ListOf(() => DiagnosticReportView, 0, 200)
  items: DiagnosticReportView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
