import type { EntityManager } from 'typeorm';
import type { Doer } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { type GradeProfile, retailGrade } from '../standards/grade-profile.js';
import type { OpenHolding } from './open-holding.js';
import { HOLDING_ACTS, type HoldingDisposition } from './stock-holding.lifecycle.js';
import type { CosmeticGrade, Erasure, LockState } from './unit-condition.js';

/** What was found of a unit, and the SKU that it makes it. */
export interface Found {
  skuId: string;
  cosmetic: CosmeticGrade;
  functional: number;
  batteryPct?: number;
  lockState: LockState;
  liquidDamage: boolean;
  partsOriginal: boolean;
  erasure: Erasure;
  erasureCertificate?: string;
  kitComplete: boolean;
  warrantyDays?: number;
  disclosure?: string;
}

/** Writes what was found into the holding and beside it, graded by the profile; the ledger follows the SKU. */
export async function recordInspection(
  tx: EntityManager,
  by: Doer,
  before: OpenHolding,
  found: Found,
  profile: GradeProfile,
  standing: HoldingDisposition = HOLDING_ACTS.inspect.to,
): Promise<void> {
  const { cosmetic, functional, batteryPct = null, lockState, erasure, skuId } = found;
  const condition = [cosmetic, functional, batteryPct, lockState, erasure];
  await tx.query(
    `update stock_holding set cosmetic = $2, functional = $3, battery_pct = $4, lock_state = $5, erasure = $6, kit_complete = $7,
       sku_id = $8, grade_profile = $9, warranty_days = coalesce($10, warranty_days), disclosure = coalesce($11, disclosure)
     where id = $1`,
    [
      ...[before.id, ...condition, found.kitComplete, skuId, profile.version],
      ...[found.warrantyDays ?? null, found.disclosure ?? null],
    ],
  );
  if (skuId !== before.sku_id) await regrade(tx, by, before, skuId, standing);
  await tx.query(
    `insert into unit_inspection (id, unit_id, holding_id, inspected_by, cosmetic, functional, battery_pct, lock_state, erasure,
       liquid_damage, parts_original, erasure_certificate, retail_grade, grade_profile)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[newId(), before.unit_id, before.id, by.actor, ...condition, found.liquidDamage, found.partsOriginal],
      ...[
        found.erasureCertificate ?? null,
        retailGrade(profile, { cosmetic, functional, batteryPct }),
        profile.version,
      ],
    ],
  );
}

/** In the ledger the unit leaves one SKU and joins another: on-hand of both stays right at any past time. */
async function regrade(
  tx: EntityManager,
  by: Doer,
  before: OpenHolding,
  skuId: string,
  standing: HoldingDisposition,
): Promise<void> {
  await tx.query(
    `insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition, to_disposition,
       reason, actor, correlation_id)
     select m.id, $3, m.sku_id, $4, $5, 'INSPECTED', m.on_hand, 0, $8, $8, 'REGRADED', $6, $7
     from unnest($1::uuid[], $2::uuid[], array[-1, 1]) as m (id, sku_id, on_hand)`,
    [
      [newId(), newId()],
      [before.sku_id, skuId],
      ...[before.location_id, before.unit_id, before.id, by.actor, by.correlationId, standing],
    ],
  );
}
