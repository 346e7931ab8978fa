import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { moment, momentOrNull } from '../../values/views.js';
import type { UnlockBatchItemView, UnlockBatchPageView, UnlockBatchView } from './entitlements.view.js';

const ITEMS = { tag: 'unlock-batch-items', shape: ['number'] } as const;

interface BatchRow extends Omit<UnlockBatchView, 'authoredAt' | 'decidedAt'> {
  authoredAt: Date;
  decidedAt: Date | null;
  ownerSubject: string;
}

const counted = (outcome: string): string => `count(*) filter (where outcome = '${outcome}')::int`;

const SELECT = `
  select b.id, b.entitlement_id as "entitlementId", b.status, b.note, b.authored_by as "authoredBy",
         b.authored_at as "authoredAt", b.decided_by as "decidedBy", b.decided_at as "decidedAt", i.*, b.version,
         e.owner_subject as "ownerSubject"
  from unlock_batch b
  join unlock_entitlement e on e.id = b.entitlement_id
  cross join lateral (
    select count(*)::int as handsets, ${counted('REQUESTED')} as requested,
           ${counted('NOT_IN_ENTITLEMENT')} as "notInEntitlement", ${counted('LIMIT_REACHED')} as "limitReached",
           ${counted('DUPLICATE')} as duplicates
    from unlock_batch_item where batch_id = b.id
  ) i
  where b.id = $1`;

type ItemRow = Omit<UnlockBatchItemView, 'imei'> & { imei14: string };

const SELECT_ITEMS = `select i.n, i.imei14, i.outcome, i.request_id as "requestId" from unlock_batch_item i`;

@Injectable()
export class UnlockBatchesReads {
  constructor(private readonly db: DataSource) {}

  /** @throws NotFound */
  async get(caller: Caller, id: string, query: PageQuery): Promise<UnlockBatchPageView> {
    const batch = await readBatch(this.db, id, caller);
    const [after] = placeAfter(ITEMS, query) ?? [];
    const where = new Conditions().only(id, (place) => `i.batch_id = ${place}`);
    where.only(after, (place) => `i.n > ${place}`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT_ITEMS} where ${where.toString()} order by i.n limit ${limit}`;
    const rows: ItemRow[] = await this.db.query(sql, where.parameters);
    return { ...batch, ...pageOf(rows, query, { tag: ITEMS.tag, keys: ({ n }) => [n], view: itemView }) };
  }
}

/** A batch is for those who may ask for it. @throws NotFound */
export async function readBatch(
  db: Pick<EntityManager, 'query'>,
  id: string,
  caller: Caller,
): Promise<UnlockBatchView> {
  const [row]: BatchRow[] = await db.query(SELECT, [id]);
  if (!row || !mayAskUnder(caller, row)) throw new NotFound('No such batch, or not yours.');
  const { authoredAt, decidedAt, ownerSubject: _, ...batch } = row;
  return { ...batch, authoredAt: moment(authoredAt), decidedAt: momentOrNull(decidedAt) };
}

/** The owner of the entitlement, and staff of the carrier as a whole: a till has nothing to do with it. */
export const mayAskUnder = ({ subject, role, storeId }: Caller, { ownerSubject }: { ownerSubject: string }): boolean =>
  subject === ownerSubject || (storeId === undefined && (role === 'BACK_OFFICE' || role === 'ASSOCIATE'));

const itemView = ({ imei14, ...item }: ItemRow): UnlockBatchItemView => ({ ...item, imei: imeiOf15(imei14) });
