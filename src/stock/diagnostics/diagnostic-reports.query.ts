import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import type { DiagnosticReportView } from './diagnostic-report.view.js';

const REPORTS = { tag: 'diagnostic-reports', shape: ['uuid'] } as const;

const SELECT = `
  select r.id, r.unit_id as "unitId", r.holding_id as "holdingId", r.location_id as "locationId", r.plan, r.tool,
         r.tool_version as "toolVersion", r.operator, r.station, ${instant('r.performed_at')} as "performedAt",
         r.results, r.functional, r.disclose, r.untested, r.recorded_by as "recordedBy",
         ${instant('r.recorded_at')} as "recordedAt"
  from diagnostic_report r`;

/** Reads of diagnostic reports. A store sees those it recorded. */
@Injectable()
export class DiagnosticReportsQuery {
  constructor(private readonly db: DataSource) {}

  async ofUnit(caller: Caller, unitId: string, query: PageQuery): Promise<Page<DiagnosticReportView>> {
    const [before] = placeAfter(REPORTS, query) ?? [];
    const where = new Conditions([unitId])
      .always('r.unit_id = $1')
      .only(boundTo(caller), (place) => `r.location_id = ${place}`)
      .only(before, (place) => `r.id < ${place}`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by r.id desc limit ${limit}`;
    const rows: DiagnosticReportView[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: REPORTS.tag, keys: ({ id }) => [id], view: (row) => row });
  }

  report(caller: Caller, id: string): Promise<DiagnosticReportView> {
    return readReport(this.db, boundTo(caller), id);
  }
}

/** @throws NotFound */
export async function readReport(
  db: Pick<EntityManager, 'query'>,
  store: string | null,
  id: string,
): Promise<DiagnosticReportView> {
  const [row]: DiagnosticReportView[] = await db.query(
    `${SELECT} where r.id = $1 and ($2::uuid is null or r.location_id = $2)`,
    [id, store],
  );
  if (!row) throw new NotFound('No such diagnostic report, or not of your location.');
  return row;
}
