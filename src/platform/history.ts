import type { EntityManager } from 'typeorm';
import { newId } from '../values/id.js';
import type { Doer } from './caller.js';

/** One act on one thing: who, when, from where, why, before and after. */
export interface HistoryEntry {
  subjectKind: string;
  subjectId: string;
  act: string;
  from?: string | null;
  to?: string | null;
  reason?: string | null;
  details?: Readonly<Record<string, unknown>>;
  locationId?: string | null;
}

const COLUMNS = `id, subject_kind, subject_id, act, from_state, to_state, reason, details, actor, actor_role,
  location_id, correlation_id`;

/** Writes the act into the history, in the transaction of the act itself. */
export async function recordAct(tx: EntityManager, by: Doer, entry: HistoryEntry): Promise<void> {
  await tx.query(
    `insert into history (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values(by, entry),
  );
}

/**
 * Writes an act that concerns money, codes or overrides: hash-chained, one chain a store.
 * Takes the chain's row lock, so call it last in the act.
 */
export async function recordAudited(tx: EntityManager, by: Doer, entry: HistoryEntry): Promise<void> {
  const chain = entry.locationId ?? 'carrier';
  const [head]: { seq: string; head: Buffer }[] = await tx.query(
    `insert into audit_chain (chain, seq, head) values ($1, 1, '\\x')
     on conflict (chain) do update set seq = audit_chain.seq + 1 returning seq, head`,
    [chain],
  );
  await tx.query(
    `with entry as (
       select ${COLUMNS}, now() as occurred_at, $13::text as chain, $14::bigint as chain_seq
       from (values ($1::uuid, $2::text, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::jsonb, $9::text,
                     $10::text, $11::uuid, $12::text)) as given (${COLUMNS})
     ), hashed as (
       select history_hash(jsonb_populate_record(null::history, to_jsonb(entry)), $15) as hash from entry
     ), written as (
       insert into history (${COLUMNS}, occurred_at, chain, chain_seq, hash)
       select ${COLUMNS}, occurred_at, chain, chain_seq, hash from entry, hashed
     )
     update audit_chain set head = hashed.hash from hashed where audit_chain.chain = $13`,
    [...values(by, entry), chain, head?.seq, head?.head],
  );
}

/** How many entries of a chain do not follow from the entry before, or are missing: 0 when nothing was touched. */
export async function brokenLinks(db: Pick<EntityManager, 'query'>, chain: string): Promise<number> {
  const [found]: { broken: number }[] = await db.query(
    `select count(*) filter (where hash is distinct from history_hash(h, coalesce(previous, '\\x'))
                             or chain_seq <> position)::int
            + case when max(chain_seq) is distinct from (select seq from audit_chain where chain = $1)
                        or (select head from audit_chain where chain = $1) is distinct from
                           (select hash from history where chain = $1 order by chain_seq desc limit 1)
                   then 1 else 0 end as broken
     from (select history as h, hash, chain_seq, lag(hash) over (order by chain_seq) as previous,
                  row_number() over (order by chain_seq) as position
           from history where chain = $1) links`,
    [chain],
  );
  return found?.broken ?? 0;
}

function values(by: Doer, entry: HistoryEntry): unknown[] {
  return [
    newId(),
    entry.subjectKind,
    entry.subjectId,
    entry.act,
    entry.from ?? null,
    entry.to ?? null,
    entry.reason ?? null,
    JSON.stringify(entry.details ?? {}),
    by.actor,
    by.role,
    entry.locationId ?? null,
    by.correlationId,
  ];
}
