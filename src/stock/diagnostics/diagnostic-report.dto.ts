import { Code, Id, Instant, ListOf, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { TEST_CODE } from '../standards/test-plan.dto.js';
import { TEST_RESULTS, type TestResult } from '../standards/test-plan.js';

export class ReportedTestDto {
  /** Name of the test in the plan. */
  @Code(TEST_CODE, 40, 'PHYSICAL_KEYBOARD')
  test: string;
  /** What came of it; skipped is not passed. */
  @OneOf(TEST_RESULTS, 'TestResult')
  result: TestResult;
  /** What was measured. */
  @Maybe()
  @Text(1, 200)
  value?: string;
}

/** What a tool or a technician found, test by test. */
export class RecordDiagnosticReportDto {
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
  /** When: after the handset came in. */
  @Instant()
  performedAt: string;
  /** Battery health in percent of new, when it was measured. */
  @Maybe()
  @WholeNumber(0, 100)
  batteryPct?: number;
  /** The result of each test; one that is left out is not passed. */
  @ListOf(() => ReportedTestDto, 1, 100)
  results: ReportedTestDto[];
}

export class DiagnosticReportParams {
  /** Id of the report. */
  @Id()
  id: string;
}
