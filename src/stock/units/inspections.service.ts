import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { GRADE_PROFILE, retailGrade } from './gate.js';
import { type HoldingFound, moveHoldings } from './holding-moves.js';
import { possibleHoldingActs } from './stock-holding.lifecycle.js';
import type { InspectUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { readUnit, unitView } from './stock-units.query.js';
import { openHolding } from './unit-moves.service.js';

@Injectable()
export class InspectionsService {
  constructor(private readonly acts: Acts) {}

  /** Records what the bench found; the unit stands in INSPECTION afterwards. @throws NotFound, Stale, WrongState, InvalidInput */
  inspect(call: Call, unitId: string, form: InspectUnitDto): Promise<StockUnitView> {
    if (form.erasure === 'PASS' && form.erasureCertificate === undefined) {
      throw fieldFault('/erasureCertificate', 'CERTIFICATE', 'A passed erasure has a certificate: give its number.');
    }
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      const { disposition: from, location_id: locationId } = before;
      const [found] = await moveHoldings(tx, call, { act: 'inspect', unitIds: [unitId], locationId });
      if (!found?.moved) {
        throw new WrongState(`Not possible: the unit is ${from}.`, {
          state: from,
          possible: possibleHoldingActs(from),
        });
      }
      const skuId = form.skuId === undefined ? before.sku_id : await sameHardware(tx, before, form.skuId);
      await record(tx, call, before, form, skuId);
      await recordAct(tx, call, {
        subjectKind: 'stock-unit',
        subjectId: unitId,
        act: 'inspect',
        from,
        to: 'INSPECTION',
        locationId,
      });
      await publish(tx, call, {
        type: 'stock-unit.inspected',
        aggregateKind: 'stock-unit',
        aggregateId: unitId,
        locationId,
        payload: { skuId },
      });
      return unitView((await readUnit(tx, null, unitId))!);
    });
  }
}

const fieldFault = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);

async function sameHardware(tx: EntityManager, { unit_id: unitId }: HoldingFound, skuId: string): Promise<string> {
  const [same]: unknown[] = await tx.query(
    'select 1 from sku s join stock_unit u on u.variant_id = s.variant_id where s.id = $1 and u.id = $2',
    [skuId, unitId],
  );
  if (!same) throw fieldFault('/skuId', 'OTHER_HARDWARE', 'The SKU is not of the same hardware as the unit.');
  return skuId;
}

async function record(
  tx: EntityManager,
  call: Call,
  before: HoldingFound,
  form: InspectUnitDto,
  skuId: string,
): Promise<void> {
  const { cosmetic, functional, batteryPct = null, lockState, erasure } = form;
  const condition = [cosmetic, functional, batteryPct, lockState, erasure];
  await tx.query(
    `update stock_holding set cosmetic = $2, functional = $3, battery_pct = $4, lock_state = $5, erasure = $6, kit_complete = $7,
       sku_id = $8, grade_profile = $9 where id = $1`,
    [before.id, ...condition, form.kitComplete, skuId, GRADE_PROFILE.version],
  );
  if (skuId !== before.sku_id) await regrade(tx, call, before, skuId);
  await tx.query(
    `insert into unit_inspection (id, unit_id, holding_id, inspected_by, cosmetic, functional, battery_pct, lock_state, erasure,
       liquid_damage, parts_original, erasure_certificate, retail_grade, grade_profile)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[newId(), before.unit_id, before.id, call.actor, ...condition, form.liquidDamage, form.partsOriginal],
      ...[form.erasureCertificate ?? null, retailGrade(cosmetic, functional, batteryPct), GRADE_PROFILE.version],
    ],
  );
}

/** In the ledger the unit leaves one SKU and joins another: on-hand of both stays right at any past time. */
async function regrade(tx: EntityManager, call: Call, before: HoldingFound, skuId: string): Promise<void> {
  await tx.query(
    `insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition, to_disposition,
       reason, actor, correlation_id)
     select m.id, $3, m.sku_id, $4, $5, 'INSPECTED', m.on_hand, 0, 'INSPECTION', 'INSPECTION', 'REGRADED', $6, $7
     from unnest($1::uuid[], $2::uuid[], array[-1, 1]) as m (id, sku_id, on_hand)`,
    [
      [newId(), newId()],
      [before.sku_id, skuId],
      before.location_id,
      before.unit_id,
      before.id,
      call.actor,
      call.correlationId,
    ],
  );
}
