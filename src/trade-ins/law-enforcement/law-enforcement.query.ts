import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Vault } from '../../platform/secrets/vault.js';
import { Conditions } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import { needOffice } from '../sellers/office-only.js';
import type { LawRequestsQuery } from './law-enforcement-request.dto.js';
import type { LawRequestView } from './law-enforcement-request.view.js';

const REQUESTS = { tag: 'law-enforcement-requests', shape: ['uuid'] } as const;
/** By what a handset that was asked about is found again. */
export const ASKED_IMEI = 'law-enforcement-imei';

type Moments = 'receivedAt' | 'loggedAt' | 'answeredAt' | 'holdPlacedAt' | 'holdLiftedAt';
interface RequestRow extends Omit<LawRequestView, Moments> {
  receivedAt: Date;
  loggedAt: Date;
  answeredAt: Date | null;
  holdPlacedAt: Date | null;
  holdLiftedAt: Date | null;
}

const SELECT = `
  select id, authority, reference, officer, asked, received_at as "receivedAt", trade_in_id as "tradeInId", status,
    logged_by as "loggedBy", logged_at as "loggedAt", answer, answered_by as "answeredBy", answered_at as "answeredAt",
    hold_placed_at as "holdPlacedAt", hold_lifted_at as "holdLiftedAt"
  from law_enforcement_request`;

/** Reads of what authorities asked. */
@Injectable()
export class LawRequestsReads {
  constructor(
    private readonly db: DataSource,
    private readonly vault: Vault,
  ) {}

  /** The latest first. @throws NotForTills */
  async list(caller: Caller, query: LawRequestsQuery): Promise<Page<LawRequestView>> {
    needOffice(caller);
    const [place] = placeAfter(REQUESTS, query) ?? [];
    const where = new Conditions().only(query.status, (at) => `status = ${at}`).only(place, (at) => `id < ${at}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: RequestRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: REQUESTS.tag, keys: ({ id }) => [id], view: requestView });
  }

  /** All that was ever asked about a handset, the latest first. @throws NotForTills */
  async ofHandset(caller: Caller, imei14: string): Promise<LawRequestView[]> {
    needOffice(caller);
    const rows: RequestRow[] = await this.db.query(`${SELECT} where imei_hash = $1 order by id desc limit 200`, [
      this.vault.hash(ASKED_IMEI, imei14),
    ]);
    return rows.map(requestView);
  }
}

/** @throws NotFound */
export async function readRequest(tx: EntityManager, id: string): Promise<LawRequestView> {
  const [row]: RequestRow[] = await tx.query(`${SELECT} where id = $1`, [id]);
  if (!row) throw new NotFound('No such request.');
  return requestView(row);
}

const requestView = (row: RequestRow): LawRequestView => ({
  ...row,
  receivedAt: moment(row.receivedAt),
  loggedAt: moment(row.loggedAt),
  answeredAt: momentOrNull(row.answeredAt),
  holdPlacedAt: momentOrNull(row.holdPlacedAt),
  holdLiftedAt: momentOrNull(row.holdLiftedAt),
});
