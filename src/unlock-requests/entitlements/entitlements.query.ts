import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { possibleActs } from '../../platform/lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions } from '../../platform/statement.js';
import { ENTITLEMENT_ACTS } from './entitlement.lifecycle.js';
import type { EntitlementsQuery } from './entitlements.dto.js';
import type { EntitlementView } from './entitlements.view.js';

const ENTITLEMENTS = { tag: 'unlock-entitlements', shape: ['uuid'] } as const;

type EntitlementRow = Omit<EntitlementView, 'possibleActs'>;

const SELECT = `
  select e.id, e.code, e.kind, e.owner, e.owner_subject as "ownerSubject", e.lots, e.account_ids as "accountIds",
         e.unlock_limit as "unlockLimit", e.used, e.ends_on::text as "endsOn", e.recertify_by::text as "recertifyBy",
         e.status, e.authored_by as "authoredBy", e.approved_by as "approvedBy", e.recertified_by as "recertifiedBy",
         e.version
  from unlock_entitlement e`;

@Injectable()
export class EntitlementsReads {
  constructor(private readonly db: DataSource) {}

  async list(query: EntitlementsQuery): Promise<Page<EntitlementView>> {
    const [before] = placeAfter(ENTITLEMENTS, query) ?? [];
    const where = new Conditions()
      .only(query.status, (place) => `e.status = ${place}`)
      .only(before, (place) => `e.id < ${place}::uuid`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by e.id desc limit ${limit}`;
    const rows: EntitlementRow[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: ENTITLEMENTS.tag, keys: ({ id }) => [id], view });
  }

  async get(id: string): Promise<EntitlementView> {
    return readEntitlement(this.db, id);
  }
}

/** @throws NotFound */
export const readEntitlement = (db: Pick<EntityManager, 'query'>, id: string): Promise<EntitlementView> =>
  one(db, `${SELECT} where e.id = $1`, id);

/** Locks an entitlement, so that its places are given one batch after the other. @throws NotFound */
export const lockEntitlement = (tx: EntityManager, id: string): Promise<EntitlementView> =>
  one(tx, `${SELECT} where e.id = $1 for no key update`, id);

async function one(db: Pick<EntityManager, 'query'>, sql: string, id: string): Promise<EntitlementView> {
  const [row]: EntitlementRow[] = await db.query(sql, [id]);
  if (!row) throw new NotFound('No such entitlement, or not yours.');
  return view(row);
}

const view = (row: EntitlementRow): EntitlementView => ({
  ...row,
  possibleActs: possibleActs(ENTITLEMENT_ACTS, row.status),
});
