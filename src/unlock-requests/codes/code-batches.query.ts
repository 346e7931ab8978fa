import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { CodeBatchesQuery, CodeBatchView, QuarantinedCodeView } from './code-batches.view.js';

const BATCHES = { tag: 'unlock-code-batches', shape: ['uuid'] } as const;
const QUARANTINE = { tag: 'quarantined-codes', shape: ['uuid'] } as const;

interface BatchRow extends Omit<CodeBatchView, 'handedInAt' | 'decidedAt'> {
  handedInAt: Date;
  decidedAt: Date | null;
}

const SELECT_BATCH = `
  select b.id, b.import_job_id as "importId", b.status, b.authored_by as "handedInBy", b.staged_at as "handedInAt",
         b.decided_by as "decidedBy", b.decided_at as "decidedAt", b.version,
         (select count(*)::int from unlock_code c where c.batch_id = b.id and c.status = 'HELD') as held,
         (select count(*)::int from unlock_code c where c.batch_id = b.id and c.status = 'QUARANTINED') as quarantined
  from unlock_code_batch b`;

interface CodeRow extends Omit<QuarantinedCodeView, 'imei' | 'receivedAt'> {
  imei14: string;
  receivedAt: Date;
}

const SELECT_CODE = `
  select c.id, c.device_imei14 as imei14, c.code_type as "codeType", c.status, c.quarantine, c.batch_id as "batchId",
         c.lot, c.received_at as "receivedAt"
  from unlock_code c`;

/** Reads of makers' files and of codes that wait for a person; never of a code itself. */
@Injectable()
export class CodeBatchesReads {
  constructor(private readonly db: DataSource) {}

  async batches(query: CodeBatchesQuery): Promise<Page<CodeBatchView>> {
    const [before] = placeAfter(BATCHES, query) ?? [];
    const where = new Conditions()
      .only(query.status, (place) => `b.status = ${place}`)
      .only(before, (place) => `b.id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_BATCH} where ${where.toString()} order by b.id desc limit ${limit}`;
    const rows: BatchRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: BATCHES.tag, keys: ({ id }) => [id], view: batchView });
  }

  async quarantine(query: PageQuery): Promise<Page<QuarantinedCodeView>> {
    const [after] = placeAfter(QUARANTINE, query) ?? [];
    const where = new Conditions().always(`c.status = 'QUARANTINED'`).only(after, (place) => `c.id > ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_CODE} where ${where.toString()} order by c.id limit ${limit}`;
    const rows: CodeRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: QUARANTINE.tag, keys: ({ id }) => [id], view: codeView });
  }
}

/** @throws NotFound */
export async function readBatch(db: Pick<EntityManager, 'query'>, id: string): Promise<CodeBatchView> {
  const [row]: BatchRow[] = await db.query(`${SELECT_BATCH} where b.id = $1`, [id]);
  if (!row) throw new NotFound('No such file of codes.');
  return batchView(row);
}

/** @throws NotFound */
export async function readCode(db: Pick<EntityManager, 'query'>, id: string): Promise<QuarantinedCodeView> {
  const [row]: CodeRow[] = await db.query(`${SELECT_CODE} where c.id = $1`, [id]);
  if (!row) throw new NotFound('No such code.');
  return codeView(row);
}

const batchView = ({ handedInAt, decidedAt, ...row }: BatchRow): CodeBatchView => ({
  ...row,
  handedInAt: moment(handedInAt),
  decidedAt: momentOrNull(decidedAt),
});

const codeView = ({ imei14, receivedAt, ...row }: CodeRow): QuarantinedCodeView => ({
  ...row,
  imei: imeiOf15(imei14),
  receivedAt: moment(receivedAt),
});
