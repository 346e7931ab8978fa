import type { EntityManager } from 'typeorm';
import { type PageQuery } from '../../platform/http/page.dto.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import type { StandardKind, StandardState } from './standard.lifecycle.js';

type Database = Pick<EntityManager, 'query'>;

/** One version as it is stored. */
export interface StandardRow<Content> {
  id: string;
  code: string;
  content: Content;
  status: StandardState;
  draftedBy: string;
  publishedBy: string | null;
  publishedAt: string | null;
  version: number;
}

const SELECT = `
  select id, code, content, status, drafted_by as "draftedBy", published_by as "publishedBy",
         ${instant('published_at')} as "publishedAt", version
  from bench_standard`;

/** @throws NotFound */
export async function readStandard<Content>(
  db: Database,
  kind: StandardKind,
  id: string,
): Promise<StandardRow<Content>> {
  const [row]: StandardRow<Content>[] = await db.query(`${SELECT} where id = $1 and kind = $2`, [id, kind]);
  if (!row) throw new NotFound('No such version.');
  return row;
}

/** Versions of a kind, the latest first. */
export async function standardsPage<Content, View>(
  db: Database,
  kind: StandardKind,
  query: PageQuery & { status?: StandardState },
  view: (row: StandardRow<Content>) => View,
): Promise<Page<View>> {
  const paging = { tag: `standards-${kind}`, shape: ['uuid'] as const };
  const [before] = placeAfter(paging, query) ?? [];
  const where = new Conditions([kind])
    .always('kind = $1')
    .only(query.status, (place) => `status = ${place}`)
    .only(before, (place) => `id < ${place}`);
  const limit = where.add(rowsToFetch(query));
  const sql = `${SELECT} where ${where.toString()} order by id desc limit ${limit}`;
  const rows: StandardRow<Content>[] = await db.query(sql, where.parameters);
  return pageOf(rows, query, { tag: paging.tag, keys: ({ id }) => [id], view });
}
