import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import type { ListDownstreamRecordsQuery } from './downstream-record.dto.js';
import type { DownstreamRecordView } from './downstream-record.view.js';

const RECORDS = { tag: 'downstream-records', shape: ['uuid'] } as const;

const SELECT = `
  select d.id, d.unit_id as "unitId", d.holding_id as "holdingId", d.location_id as "locationId", d.stream, d.vendor,
         d.scheme, d.certificate, d.left_on::text as "leftOn", d.document_reference as "documentReference", d.erased,
         d.sealed_bag as "sealedBag", d.cost_minor::float8 as "costMinor", d.proceeds_minor::float8 as "proceedsMinor",
         d.currency, d.recorded_by as "recordedBy", ${instant('d.recorded_at')} as "recordedAt"
  from downstream_record d`;

/** Reads of downstream records. */
@Injectable()
export class DownstreamRecordsQuery {
  constructor(private readonly db: DataSource) {}

  async list(caller: Caller, query: ListDownstreamRecordsQuery): Promise<Page<DownstreamRecordView>> {
    const [before] = placeAfter(RECORDS, query) ?? [];
    const where = new Conditions()
      .only(boundTo(caller), (place) => `d.location_id = ${place}`)
      .only(query.locationId, (place) => `d.location_id = ${place}`)
      .only(query.stream, (place) => `d.stream = ${place}`)
      .only(before, (place) => `d.id < ${place}`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by d.id desc limit ${limit}`;
    const rows: DownstreamRecordView[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: RECORDS.tag, keys: ({ id }) => [id], view: (row) => row });
  }

  get(caller: Caller, id: string): Promise<DownstreamRecordView> {
    return readRecord(this.db, boundTo(caller), id);
  }
}

/** @throws NotFound */
export async function readRecord(
  db: Pick<EntityManager, 'query'>,
  store: string | null,
  id: string,
): Promise<DownstreamRecordView> {
  const [row]: DownstreamRecordView[] = await db.query(
    `${SELECT} where d.id = $1 and ($2::uuid is null or d.location_id = $2)`,
    [id, store],
  );
  if (!row) throw new NotFound('No such downstream record, or not of your location.');
  return row;
}
