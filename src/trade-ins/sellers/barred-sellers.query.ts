import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { BarredSellersQuery } from './barred-seller.dto.js';
import type { BarredSellerView } from './barred-seller.view.js';
import { needOffice } from './office-only.js';

const BARRED = { tag: 'barred-sellers', shape: ['uuid'] } as const;

interface BarredRow extends Omit<BarredSellerView, 'barredAt' | 'liftedAt'> {
  barredAt: Date;
  liftedAt: Date | null;
}

const SELECT = `
  select id, seller_id as "sellerId", trade_in_id as "tradeInId", reason, barred_by as "barredBy",
    barred_at as "barredAt", lifted_by as "liftedBy", lifted_at as "liftedAt"
  from barred_seller`;

/** Reads of those nothing is bought from. */
@Injectable()
export class BarredSellersReads {
  constructor(private readonly db: DataSource) {}

  /** The latest first. @throws NotForTills */
  async list(caller: Caller, query: BarredSellersQuery): Promise<Page<BarredSellerView>> {
    needOffice(caller);
    const [place] = placeAfter(BARRED, query) ?? [];
    const where = new Conditions().only(place, (at) => `id < ${at}::uuid`);
    if (query.lifted !== undefined) where.always(query.lifted ? 'lifted_at is not null' : 'lifted_at is null');
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by id desc limit ${limit}`;
    const rows: BarredRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: BARRED.tag, keys: ({ id }) => [id], view: barredView });
  }
}

/** @throws NotFound */
export async function readBarred(tx: EntityManager, id: string): Promise<BarredSellerView> {
  const [row]: BarredRow[] = await tx.query(`${SELECT} where id = $1`, [id]);
  if (!row) throw new NotFound('No such entry.');
  return barredView(row);
}

const barredView = (row: BarredRow): BarredSellerView => ({
  ...row,
  barredAt: moment(row.barredAt),
  liftedAt: momentOrNull(row.liftedAt),
});
