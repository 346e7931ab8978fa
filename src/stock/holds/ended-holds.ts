import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';

const MOST_AT_ONCE = 200;

/** A live legal hold `e`: one that is over is none, swept or not. */
export const LIVE_HOLD = `e.kind = 'LEGAL_HOLD' and e.lifted_at is null and (e.until is null or e.until > now())`;

/** An encumbrance `e` that still bars the unit. */
export const LIVE_ENCUMBRANCE = 'e.lifted_at is null and (e.until is null or e.until > now())';

/**
 * Lifts the holds of units that are over, with history and outbox, in one statement. The open holdings are locked by the
 * caller, so that nobody places or lifts anything meanwhile.
 * @returns the units that a hold was lifted of
 */
export async function liftEnded(tx: EntityManager, by: Doer, unitIds: readonly string[]): Promise<string[]> {
  const lifted: { unit_id: string }[] = await tx.query(LIFT_ENDED, [unitIds, by.actor, by.role, by.correlationId]);
  return lifted.map(({ unit_id }) => unit_id);
}

/** Lifts a batch of holds that are over, passing over units that somebody is at work on. @returns how many there were */
export async function liftBatch(tx: EntityManager, by: Doer): Promise<number> {
  const over: { unit_id: string; holding_id: string | null }[] = await tx.query(OVER);
  if (!over.length) return 0;
  const units = over.map(({ unit_id }) => unit_id);
  const free: { id: string }[] = await tx.query(LOCK_UNITS, [units]);
  const locked: { unit_id: string }[] = await tx.query(LOCK_HOLDINGS, [free.map(({ id }) => id)]);
  const held = new Set(over.filter(({ holding_id }) => holding_id).map(({ unit_id }) => unit_id));
  const ours = new Set(locked.map(({ unit_id }) => unit_id));
  const mine = free.filter(({ id }) => !held.has(id) || ours.has(id)).map(({ id }) => id);
  return mine.length ? (await liftEnded(tx, by, mine)).length : 0;
}

const OVER = `
  select e.unit_id, (select h.id from stock_holding h where h.unit_id = e.unit_id and h.closed_at is null) as holding_id
  from unit_encumbrance e where e.lifted_at is null and e.until is not null and e.until <= now()
  order by e.until limit ${MOST_AT_ONCE}`;

// Against somebody who takes the unit in again just now and looks whether it is barred.
const LOCK_UNITS = 'select id from stock_unit where id = any($1::uuid[]) order by id for no key update skip locked';
const LOCK_HOLDINGS = `
  select unit_id from stock_holding where unit_id = any($1::uuid[]) and closed_at is null
  order by id for update skip locked`;

/** $1 units, $2 who, $3 their role, $4 correlation id */
const LIFT_ENDED = `
  with lifted as (
    update unit_encumbrance set lifted_at = now(), lifted_by = $2, lifted_reason = 'The hold has ended.'
    where unit_id = any($1::uuid[]) and kind = 'LEGAL_HOLD' and lifted_at is null and until <= now()
    returning id, unit_id, until
  ), freed as (
    update stock_holding h set version = h.version + 1, encumbered = exists (
      select from unit_encumbrance e where e.unit_id = h.unit_id and e.lifted_at is null and e.id not in (select id from lifted))
    from lifted l where h.unit_id = l.unit_id and h.closed_at is null
    returning h.unit_id, h.location_id
  ), told as (
    insert into history (id, subject_kind, subject_id, act, reason, details, actor, actor_role, location_id, correlation_id)
    select gen_random_uuid(), 'stock-unit', l.unit_id, 'liftEncumbrance', 'The hold has ended.',
      jsonb_build_object('kind', 'LEGAL_HOLD', 'until', l.until), $2, $3, f.location_id, $4
    from lifted l left join freed f on f.unit_id = l.unit_id
  ), event as (
    insert into outbox_event (id, type, aggregate_kind, aggregate_id, location_id, payload, correlation_id)
    select gen_random_uuid(), 'stock-unit.encumbrance-changed', 'stock-unit', l.unit_id, f.location_id,
      jsonb_build_object('act', 'liftEncumbrance', 'kind', 'LEGAL_HOLD'), $4
    from lifted l left join freed f on f.unit_id = l.unit_id
  )
  select unit_id from lifted`;
