import type { EntityManager } from 'typeorm';
import type { SkuCondition, SkuGrade } from '../../devices/skus/sku.lifecycle.js';
import { NotFound } from '../../platform/problems.js';
import { findUnits, type ReadIdentifier } from '../units/unit-finder.js';
import type { EncumbranceKind } from '../units/unit-encumbrance.lifecycle.js';
import { keyOf } from './receipt-lines.js';

/** What receiving needs to know of a SKU. */
export interface ReceivedSku {
  id: string;
  kind: 'DEVICE' | 'ACCESSORY';
  condition: SkuCondition;
  grade: SkuGrade | null;
  variant_id: string | null;
  model_id: string | null;
}

/** A handset that we have known before. */
export interface KnownUnit {
  unit_id: string;
  variant_id: string;
  /** Whether we have it now. */
  held: boolean;
  encumbrances: EncumbranceKind[];
  identifiers: (ReadIdentifier & { position: number })[];
}

/** @throws NotFound */
export async function needLocation(tx: EntityManager, id: string): Promise<void> {
  const found: unknown[] = await tx.query('select 1 from stock_location where id = $1', [id]);
  if (!found.length) throw new NotFound('No such location.');
}

/** SKUs by id; ids that are no SKU are not in it. */
export async function skusOf(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, ReceivedSku>> {
  const rows: ReceivedSku[] = await tx.query(
    `select s.id, s.kind, s.condition, s.grade, s.variant_id, v.model_id
     from sku s left join device_variant v on v.id = s.variant_id where s.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The units that carry the identifiers, by the identifier's key. They are locked in id order: a unit that somebody
 * is just receiving or encumbering is looked at only when that is done.
 */
export async function knownUnits(
  tx: EntityManager,
  identifiers: readonly ReadIdentifier[],
): Promise<ReadonlyMap<string, KnownUnit>> {
  const found = await findUnits(tx, identifiers);
  if (!found.length) return new Map();
  const ids = [...new Set(found.map(({ unit_id }) => unit_id))];
  await tx.query('select from stock_unit where id = any($1::uuid[]) order by id for update', [ids]);
  const rows: KnownUnit[] = await tx.query(
    `select u.id as unit_id, u.variant_id,
            exists (select from stock_holding h where h.unit_id = u.id and h.closed_at is null) as held,
            array(select e.kind from unit_encumbrance e where e.unit_id = u.id and e.lifted_at is null) as encumbrances,
            (select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'position', i.position))
             from unit_identifier i where i.unit_id = u.id and i.revoked_at is null) as identifiers
     from stock_unit u where u.id = any($1::uuid[])`,
    [ids],
  );
  const units = new Map(rows.map((row) => [row.unit_id, row]));
  return new Map(found.map((one) => [keyOf(one as ReadIdentifier), units.get(one.unit_id)!]));
}
