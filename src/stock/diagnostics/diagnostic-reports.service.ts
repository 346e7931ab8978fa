import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { Standards } from '../standards/standards.js';
import { type TestedModel, type TestPlan, testsFor, type Verdict, verdictOf } from '../standards/test-plan.js';
import { type OpenHolding, openHolding } from '../units/open-holding.js';
import { AT_THE_BENCH, needWhileOurs } from '../units/while-ours.js';
import type { RecordDiagnosticReportDto, ReportedTestDto } from './diagnostic-report.dto.js';
import type { DiagnosticReportView } from './diagnostic-report.view.js';
import { readReport } from './diagnostic-reports.query.js';

/** The act of reporting what the tests of a handset came to. */
@Injectable()
export class DiagnosticReports {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

  /**
   * Records a report and derives how the handset works, by the plan in force. Looking at a handset is always allowed.
   * @throws NotFound, Stale, WrongState, InvalidInput
   */
  async record(call: Call, unitId: string, form: RecordDiagnosticReportDto): Promise<DiagnosticReportView> {
    const plan = await this.standards.plan();
    return this.acts.once(call, async (tx) => {
      const faults = reportFaults(plan, form.results);
      if (faults.length) throw new InvalidInput('The report does not fit the plan; see errors.', {}, faults);
      const held = await openHolding(tx, call, unitId);
      if (!AT_THE_BENCH.includes(held.disposition) && held.disposition !== 'TRADE_IN_INTAKE') {
        throw new WrongState(`It is not tested while it is ${held.disposition}.`, { state: held.disposition });
      }
      await needWhileOurs(tx, held, form.performedAt);
      const { model, repaired } = await testedUnit(tx, held);
      const verdict = verdictOf(testsFor(plan, model), form.results, repaired);
      const id = newId();
      await write(tx, call, held, { id, plan: plan.version, form, verdict });
      await tell(tx, call, held, id, verdict);
      return readReport(tx, null, id);
    });
  }
}

function reportFaults({ tests }: TestPlan, results: readonly ReportedTestDto[]): Fault[] {
  const known = new Set(tests.map(({ code }) => code));
  const given = results.map(({ test }) => test);
  const fault = (at: number, code: string, detail: string): Fault => ({
    ...{ in: 'body', pointer: `/results/${at}/test` },
    ...{ code, detail },
  });
  return given.flatMap((test, at) => [
    ...(known.has(test) ? [] : [fault(at, 'UNKNOWN_TEST', 'The plan in force has no such test.')]),
    ...(given.indexOf(test) === at ? [] : [fault(at, 'NAMED_TWICE', 'The result of this test stands above.')]),
  ]);
}

/** Which model it is, and whether it was repaired since it came to us. */
async function testedUnit(tx: EntityManager, held: OpenHolding): Promise<{ model: TestedModel; repaired: boolean }> {
  const [found]: (TestedModel & { repaired: boolean })[] = await tx.query(
    `select b.name as brand, m.name as model,
            exists (select from refurb_order o where o.holding_id = $2 and o.started_at is not null) as repaired
     from stock_unit u join device_variant v on v.id = u.variant_id join device_model m on m.id = v.model_id
     join brand b on b.id = m.brand_id where u.id = $1`,
    [held.unit_id, held.id],
  );
  const { repaired, ...model } = found!;
  return { model, repaired };
}

async function write(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  { id, plan, form, verdict }: { id: string; plan: string; form: RecordDiagnosticReportDto; verdict: Verdict },
): Promise<void> {
  const results = form.results.map(({ test, result, value = null }) => ({ test, result, value }));
  await tx.query(
    `insert into diagnostic_report (id, unit_id, holding_id, location_id, plan, tool, tool_version, operator, station,
       performed_at, results, functional, disclose, untested, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[id, held.unit_id, held.id, held.location_id, plan, form.tool, form.toolVersion, form.operator, form.station],
      ...[
        form.performedAt,
        JSON.stringify(results),
        verdict.functional,
        verdict.disclose,
        verdict.untested,
        call.actor,
      ],
    ],
  );
  await tx.query(
    `update stock_holding set version = version + 1, functional = $2, battery_pct = coalesce($3, battery_pct) where id = $1`,
    [held.id, verdict.functional, form.batteryPct ?? null],
  );
}

async function tell(
  tx: EntityManager,
  call: Call,
  held: OpenHolding,
  reportId: string,
  { functional }: Verdict,
): Promise<void> {
  const { unit_id: unitId, location_id: locationId } = held;
  const details = { reportId, holdingId: held.id, functional };
  await recordAct(tx, call, { subjectKind: 'stock-unit', subjectId: unitId, act: 'diagnose', locationId, details });
  await publish(tx, call, {
    ...{ type: 'stock-unit.diagnosed', aggregateKind: 'stock-unit', aggregateId: unitId, locationId, payload: details },
  });
}
