import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import { needOffice } from '../sellers/office-only.js';
import type { PoliceReportsQuery } from './police-report.dto.js';
import type { PoliceReportBatchView, PoliceReportView } from './police-report.view.js';

const REPORTS = { tag: 'police-reports', shape: ['uuid'] } as const;
const BATCHES = { tag: 'police-report-batches', shape: ['uuid'] } as const;

interface ReportRow extends Omit<PoliceReportView, 'receivedAt' | 'dueAt' | 'sentAt' | 'releasedAt'> {
  receivedAt: Date;
  dueAt: Date;
  sentAt: Date | null;
  releasedAt: Date | null;
}
interface BatchRow extends Omit<PoliceReportBatchView, 'madeAt'> {
  madeAt: Date;
}

const SELECT_REPORT = `
  select p.id, p.trade_in_id as "tradeInId", p.location_id as "locationId", p.register, p.status,
    p.received_at as "receivedAt", p.due_at as "dueAt", p.status = 'QUEUED' and p.due_at < now() as overdue,
    p.batch_id as "batchId", p.sent_at as "sentAt", p.released_at as "releasedAt"
  from police_report p`;

const SELECT_BATCH = `
  select b.id, b.register, b.format, b.reports, encode(b.digest, 'hex') as sha256, b.bytes, b.made_by as "madeBy",
    b.made_at as "madeAt", b.content_sealed is null as erased
  from police_report_batch b`;

/** Reads of reports and of the files they went out in. */
@Injectable()
export class PoliceReportsReads {
  constructor(private readonly db: DataSource) {}

  /** The latest first. @throws NotForTills */
  async reports(caller: Caller, query: PoliceReportsQuery): Promise<Page<PoliceReportView>> {
    needOffice(caller);
    const [place] = placeAfter(REPORTS, query) ?? [];
    const where = new Conditions()
      .only(query.register, (at) => `p.register = ${at}`)
      .only(query.status, (at) => `p.status = ${at}`)
      .only(place, (at) => `p.id < ${at}::uuid`);
    if (query.overdue) where.always(`p.status = 'QUEUED' and p.due_at < now()`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_REPORT} where ${where.toString()} order by p.id desc limit ${limit}`;
    const rows: ReportRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: REPORTS.tag, keys: ({ id }) => [id], view: reportView });
  }

  /** The latest first. @throws NotForTills */
  async batches(caller: Caller, query: PageQuery): Promise<Page<PoliceReportBatchView>> {
    needOffice(caller);
    const [place] = placeAfter(BATCHES, query) ?? [];
    const where = new Conditions().only(place, (at) => `b.id < ${at}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_BATCH} where ${where.toString()} order by b.id desc limit ${limit}`;
    const rows: BatchRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: BATCHES.tag, keys: ({ id }) => [id], view: batchView });
  }
}

/** @throws NotFound */
export async function readReport(db: Pick<EntityManager, 'query'>, id: string): Promise<PoliceReportView> {
  const [row]: ReportRow[] = await db.query(`${SELECT_REPORT} where p.id = $1`, [id]);
  if (!row) throw new NotFound('No such report.');
  return reportView(row);
}

/** @throws NotFound */
export async function readBatch(db: Pick<EntityManager, 'query'>, id: string): Promise<PoliceReportBatchView> {
  const [row]: BatchRow[] = await db.query(`${SELECT_BATCH} where b.id = $1`, [id]);
  if (!row) throw new NotFound('No such batch.');
  return batchView(row);
}

const reportView = (row: ReportRow): PoliceReportView => ({
  ...row,
  receivedAt: moment(row.receivedAt),
  dueAt: moment(row.dueAt),
  sentAt: momentOrNull(row.sentAt),
  releasedAt: momentOrNull(row.releasedAt),
});

const batchView = (row: BatchRow): PoliceReportBatchView => ({ ...row, madeAt: moment(row.madeAt) });
