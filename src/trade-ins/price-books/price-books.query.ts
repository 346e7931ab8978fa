import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { PriceVersionsQuery } from './price-book.dto.js';
import type { PriceBookPageView, PriceDifferenceView, PriceLineView, PriceVersionView } from './price-book.view.js';

const VERSIONS = { tag: 'price-versions', shape: ['uuid'] } as const;
const LINES = { tag: 'price-lines', shape: ['string'] } as const;
const DIFF = { tag: 'price-diff', shape: ['string'] } as const;

interface VersionRow extends Omit<
  PriceVersionView,
  'effectiveFrom' | 'effectiveTo' | 'approvedAt' | 'frozenAt' | 'floorMinor'
> {
  effectiveFrom: Date;
  effectiveTo: Date | null;
  approvedAt: Date | null;
  frozenAt: Date | null;
  floorMinor: string;
}

const SELECT = `
  select v.id, v.book_id as "bookId", v.code, v.status, v.authors, v.effective_from as "effectiveFrom",
         v.effective_to as "effectiveTo", v.floor_minor as "floorMinor", v.stale_after_days as "staleAfterDays",
         v.status = 'ACTIVE' and v.approved_at < now() - make_interval(days => v.stale_after_days) as stale,
         v.freeze_after_days as "freezeAfterDays", v.freeze_drop_percent as "freezeDropPercent", v.source, v.lines,
         encode(v.checksum, 'hex') as checksum, v.approved_by as "approvedBy", v.approved_at as "approvedAt",
         v.frozen_at as "frozenAt", v.frozen_reason as "frozenReason", v.version,
         coalesce((select json_agg(json_build_object('problem', d.problem, 'amountMinor', d.amount_minor) order by d.problem)
                   from price_deduction d where d.version_id = v.id), '[]') as deductions
  from price_book_version v`;

/** By what a price is told from others, as one text that sorts like its columns. */
const KEY = `model_id::text || ' ' || lpad(storage_gb::text, 6, '0') || ' ' || carrier_lock || ' ' || grade || ' ' || functional`;

/** Reads of price books. */
@Injectable()
export class PriceBooksReads {
  constructor(private readonly db: DataSource) {}

  /** All of them: a carrier has one for each country and way in. */
  async books(): Promise<PriceBookPageView> {
    return {
      items: await this.db.query('select id, code, country, channel, currency from price_book order by code limit 200'),
    };
  }

  async versions(query: PriceVersionsQuery): Promise<Page<PriceVersionView>> {
    const [before] = placeAfter(VERSIONS, query) ?? [];
    const where = new Conditions()
      .only(query.bookId, (place) => `v.book_id = ${place}`)
      .only(query.status, (place) => `v.status = ${place}`)
      .only(before, (place) => `v.id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by v.id desc limit ${limit}`;
    const rows: VersionRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: VERSIONS.tag, keys: ({ id }) => [id], view: versionView });
  }

  /** @throws NotFound */
  version(id: string): Promise<PriceVersionView> {
    return readVersion(this.db, id);
  }

  /** @throws NotFound */
  async lines(versionId: string, query: PageQuery): Promise<Page<PriceLineView>> {
    await readVersion(this.db, versionId);
    const [after = ''] = placeAfter(LINES, query) ?? [];
    const [model, storage, lock, grade, functional] = after.split(' ');
    const where = new Conditions([versionId]).always('version_id = $1');
    if (functional !== undefined) {
      const places = [model, Number(storage), lock, grade, functional].map((part) => where.add(part));
      where.always(`(model_id, storage_gb, carrier_lock, grade, functional) >
        (${places[0]}::uuid, ${places[1]}::integer, ${places.slice(2).join()})`);
    }
    const limit = where.add(rowsToFetch(query));
    const sql = `
      select ${KEY} as key, model_id as "modelId", storage_gb as "storageGb", carrier_lock as "carrierLock", grade,
             functional, amount_minor::float8 as "amountMinor", wanted
      from price_line where ${where.toString()}
      order by model_id, storage_gb, carrier_lock, grade, functional limit ${limit}`;
    const rows: (PriceLineView & { key: string })[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: LINES.tag, keys: ({ key }) => [key], view: ({ key: _, ...line }) => line });
  }

  /** What two versions pay differently for. @throws NotFound */
  async diff(versionId: string, againstId: string, query: PageQuery): Promise<Page<PriceDifferenceView>> {
    await Promise.all([readVersion(this.db, versionId), readVersion(this.db, againstId)]);
    const [after = ''] = placeAfter(DIFF, query) ?? [];
    const rows: (PriceDifferenceView & { key: string })[] = await this.db.query(DIFFERENCES, [
      ...[versionId, againstId, after, rowsToFetch(query)],
    ]);
    return pageOf(rows, query, { tag: DIFF.tag, keys: ({ key }) => [key], view: ({ key: _, ...line }) => line });
  }
}

const DIFFERENCES = `
  select ${KEY} as key, model_id as "modelId", storage_gb as "storageGb", carrier_lock as "carrierLock", grade, functional,
         own.amount_minor::float8 as "amountMinor", other.amount_minor::float8 as "againstMinor"
  from (select * from price_line where version_id = $1) own
  full join (select * from price_line where version_id = $2) other
    using (model_id, storage_gb, carrier_lock, grade, functional)
  where own.amount_minor is distinct from other.amount_minor and ${KEY} collate "C" > $3
  order by ${KEY} collate "C" limit $4`;

/** @throws NotFound */
export async function readVersion(db: Pick<EntityManager, 'query'>, id: string): Promise<PriceVersionView> {
  const [row]: VersionRow[] = await db.query(`${SELECT} where v.id = $1`, [id]);
  if (!row) throw new NotFound('No such version of a price book.');
  return versionView(row);
}

const versionView = (row: VersionRow): PriceVersionView => ({
  ...row,
  floorMinor: Number(row.floorMinor),
  effectiveFrom: moment(row.effectiveFrom),
  effectiveTo: momentOrNull(row.effectiveTo),
  approvedAt: momentOrNull(row.approvedAt),
  frozenAt: momentOrNull(row.frozenAt),
});
