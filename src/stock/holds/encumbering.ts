import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { moveHoldings } from '../units/holding-moves.js';
import type { EncumbranceKind } from '../units/unit-encumbrance.lifecycle.js';
import { liftEnded } from './ended-holds.js';

/** What bars a unit, and on whose word. */
export interface Bar {
  unitId: string;
  kind: EncumbranceKind;
  reason: string;
  /** When a hold ends by itself; null for one that ends when it is lifted. */
  until?: Date | null;
  /** The trade-in or the request that it is placed for. */
  documentId?: string | null;
}

/**
 * Locks a unit, and its open holding when we have it, for a change of what bars it; a hold that is over is lifted first.
 * @throws NotFound
 */
export async function lockBarred(tx: EntityManager, by: Doer, unitId: string): Promise<void> {
  const [unit]: unknown[] = await tx.query('select 1 from stock_unit where id = $1 for no key update', [unitId]);
  if (!unit) throw new NotFound('No such unit.');
  await tx.query('select from stock_holding where unit_id = $1 and closed_at is null for update', [unitId]);
  await liftEnded(tx, by, [unitId]);
}

/**
 * Bars a locked unit from being sold: on the shelf it goes into quarantine, reserved it cannot be sold.
 * @returns whether it did not bear this encumbrance already
 */
export async function encumber(tx: EntityManager, by: Doer, bar: Bar): Promise<boolean> {
  const { unitId, kind, reason, until = null, documentId = null } = bar;
  const [placed]: unknown[] = await tx.query(
    `insert into unit_encumbrance (id, unit_id, kind, reason, placed_by, until, document_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (unit_id, kind) where lifted_at is null do nothing returning id`,
    [newId(), unitId, kind, reason, by.actor, until, documentId],
  );
  if (!placed) return false;
  await moveHoldings(tx, by, { act: 'quarantine', unitIds: [unitId], locationId: null, reason: kind });
  await tellOfBar(tx, by, { ...bar, act: 'encumber' });
  return true;
}

/** Takes the bar of a locked unit away; it stays where it is. @returns whether there was one */
export async function disencumber(
  tx: EntityManager,
  by: Doer,
  bar: Pick<Bar, 'unitId' | 'kind' | 'reason'>,
): Promise<boolean> {
  const [, lifted]: [unknown[], number] = await tx.query(
    `update unit_encumbrance set lifted_at = now(), lifted_by = $3, lifted_reason = $4
     where unit_id = $1 and kind = $2 and lifted_at is null`,
    [bar.unitId, bar.kind, by.actor, bar.reason],
  );
  if (lifted) await tellOfBar(tx, by, { ...bar, act: 'liftEncumbrance' });
  return lifted > 0;
}

/**
 * Makes the hold of a locked unit last until the later of two ends. @returns whether it lasts longer now
 */
export async function extendHold(tx: EntityManager, by: Doer, bar: Omit<Bar, 'kind'>): Promise<boolean> {
  const { unitId, reason, until = null, documentId = null } = bar;
  const [, extended]: [unknown[], number] = await tx.query(
    `update unit_encumbrance set until = $2, reason = $3, document_id = $4
     where unit_id = $1 and kind = 'LEGAL_HOLD' and lifted_at is null
       and until is not null and ($2::timestamptz is null or until < $2)`,
    [unitId, until, reason, documentId],
  );
  if (extended) await tellOfBar(tx, by, { ...bar, kind: 'LEGAL_HOLD', act: 'extendHold' });
  return extended > 0;
}

async function tellOfBar(tx: EntityManager, by: Doer, { unitId, kind, reason, act, ...bar }: Bar & { act: string }) {
  const [[held]]: [{ location_id: string }[], number] = await tx.query(
    `update stock_holding set version = version + 1,
       encumbered = exists (select from unit_encumbrance where unit_id = $1 and lifted_at is null)
     where unit_id = $1 and closed_at is null returning location_id`,
    [unitId],
  );
  const locationId = held?.location_id ?? null;
  await publish(tx, by, {
    ...{ type: 'stock-unit.encumbrance-changed', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
    payload: { act, kind },
  });
  const until = bar.until ? { until: bar.until.toISOString() } : {};
  const document = bar.documentId ? { documentId: bar.documentId } : {};
  await recordAudited(tx, by, {
    ...{ subjectKind: 'stock-unit', subjectId: unitId, act, reason, locationId },
    details: { kind, ...until, ...document },
  });
}
