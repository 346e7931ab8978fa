import type { EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../platform/http/page.js';
import { InvalidInput } from '../platform/problems.js';
import { Conditions, exactInstant } from '../platform/statement.js';
import type { AuditEntriesQuery, AuditPeriodQuery } from './audit.dto.js';
import type { AuditEntryView } from './audit.view.js';

const ENTRIES = { tag: 'audit-entries', shape: ['instant', 'uuid'] } as const;
/** Entries of an export that are in memory at once. */
const PIECE = 500;

type Reading = Pick<EntityManager, 'query'>;

/** Read along history_time_ix. */
const SELECT = `
  select h.id, ${exactInstant('h.occurred_at')} as "occurredAt", h.subject_kind as "subjectKind",
         h.subject_id as "subjectId", h.act, h.from_state as "from", h.to_state as "to", h.reason, h.details, h.actor,
         h.actor_role as "actorRole", h.location_id as "locationId", h.correlation_id as "correlationId", h.chain,
         h.chain_seq::float8 as "chainSeq", encode(h.hash, 'hex') as hash
  from history h`;

/** What was done, the oldest first; of one store only when it is named. @throws InvalidInput */
export async function readEntries(
  db: Reading,
  store: string | null,
  query: AuditEntriesQuery,
): Promise<Page<AuditEntryView>> {
  const where = within(store, query)
    .only(query.subjectKind, (place) => `h.subject_kind = ${place}`)
    .only(query.subjectId, (place) => `h.subject_id = ${place}`)
    .only(query.actor, (place) => `h.actor = ${place}`)
    .only(query.act, (place) => `h.act = ${place}`);
  if (query.chained !== false) where.always('h.chain is not null');
  const rows = await readAfter(db, where, placeAfter(ENTRIES, query), rowsToFetch(query));
  return pageOf(rows, query, { tag: ENTRIES.tag, keys: (row) => [row.occurredAt, row.id], view: (row) => row });
}

/** Every chained entry of a period as JSON lines, some hundred at a time whatever their number. */
export async function* exportedLines(db: Reading, store: string | null, period: AuditPeriodQuery) {
  let after: readonly [string, string] | undefined;
  for (;;) {
    const where = within(store, period).always('h.chain is not null');
    const rows = await readAfter(db, where, after, PIECE);
    if (rows.length) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    after = [last.occurredAt, last.id];
  }
}

/** @throws InvalidInput when the period ends before it begins */
export function within(store: string | null, { from, to }: Partial<AuditPeriodQuery>): Conditions {
  if (from && to && Date.parse(from) > Date.parse(to)) {
    const detail = 'Must not be before from.';
    throw new InvalidInput(detail, {}, [{ in: 'query', pointer: '/to', code: 'BEFORE_FROM', detail }]);
  }
  return new Conditions()
    .only(store, (place) => `h.location_id = ${place}`)
    .only(from, (place) => `h.occurred_at >= ${place}::timestamptz`)
    .only(to, (place) => `h.occurred_at < ${place}::timestamptz`);
}

function readAfter(
  db: Reading,
  where: Conditions,
  after: readonly [string, string] | undefined,
  rows: number,
): Promise<AuditEntryView[]> {
  if (after) {
    where.always(`(h.occurred_at, h.id) > (${where.add(after[0])}::timestamptz, ${where.add(after[1])}::uuid)`);
  }
  const limit = where.add(rows);
  const sql = `${SELECT} where ${where.toString()} order by h.occurred_at, h.id limit ${limit}`;
  return db.query(sql, where.parameters);
}
