import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SkuCondition } from '../../devices/skus/sku.lifecycle.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { InvalidInput, WrongState } from '../../platform/problems.js';
import { needCertificate } from '../erasure/certified.js';
import { Standards } from '../standards/standards.js';
import { moveHoldings } from './holding-moves.js';
import { type OpenHolding, openHolding } from './open-holding.js';
import { possibleHoldingActs } from './stock-holding.lifecycle.js';
import type { InspectUnitDto } from './stock-unit.dto.js';
import type { StockUnitView } from './stock-unit.view.js';
import { shownUnit } from './stock-units.query.js';
import { BOUGHT_USED, isSecondHand } from './unit-condition.js';
import { recordInspection } from './recorded-inspection.js';

/** What the bench finds. */
@Injectable()
export class InspectionsService {
  constructor(
    private readonly acts: Acts,
    private readonly standards: Standards,
  ) {}

  /** Records what the bench found; the unit stands in INSPECTION afterwards. @throws NotFound, Stale, WrongState, InvalidInput */
  async inspect(call: Call, unitId: string, form: InspectUnitDto): Promise<StockUnitView> {
    if (form.erasure === 'PASS' && form.erasureCertificate === undefined) {
      throw fieldFault('/erasureCertificate', 'CERTIFICATE', 'A passed erasure has a certificate: give its number.');
    }
    const profile = await this.standards.profile();
    return this.acts.once(call, async (tx) => {
      const before = await openHolding(tx, call, unitId);
      const { disposition: from, location_id: locationId } = before;
      if (form.erasure === 'PASS' && isSecondHand(before.provenance)) {
        await needCertificate(tx, before.id, form.erasureCertificate!);
      }
      const [found] = await moveHoldings(tx, call, { act: 'inspect', unitIds: [unitId], locationId });
      if (!found?.moved) {
        throw new WrongState(`Not possible: the unit is ${from}.`, {
          state: from,
          possible: possibleHoldingActs(from),
        });
      }
      const skuId = form.skuId === undefined ? before.sku_id : await sameHardware(tx, before, form.skuId);
      await recordInspection(tx, call, before, { ...form, skuId }, profile);
      await recordAct(tx, call, {
        ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'inspect', from, to: 'INSPECTION', locationId },
      });
      await publish(tx, call, {
        ...{ type: 'stock-unit.inspected', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
        payload: { skuId },
      });
      return shownUnit(tx, profile, unitId);
    });
  }
}

const fieldFault = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);

async function sameHardware(tx: EntityManager, { unit_id: unitId }: OpenHolding, skuId: string): Promise<string> {
  const [same]: { condition: SkuCondition; traded: boolean }[] = await tx.query(
    `select s.condition,
            exists (select from stock_holding h where h.unit_id = u.id and h.provenance = any($3::text[])) as traded
     from sku s join stock_unit u on u.variant_id = s.variant_id where s.id = $1 and u.id = $2`,
    [skuId, unitId, BOUGHT_USED],
  );
  if (!same) throw fieldFault('/skuId', 'OTHER_HARDWARE', 'The SKU is not of the same hardware as the unit.');
  if (same.traded && same.condition !== 'USED' && same.condition !== 'REFURBISHED') {
    throw fieldFault('/skuId', 'SECOND_HAND', 'What somebody else has used is sold as refurbished, or not at all.');
  }
  return skuId;
}
