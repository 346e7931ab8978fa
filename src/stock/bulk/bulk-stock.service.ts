import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { actingAt } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { InsufficientStock } from '../stock.errors.js';
import { agrees } from './bulk-adjustment.js';
import type { AdjustBulkStockDto } from './bulk-stock.dto.js';
import { readBulkStock } from './bulk-stock.query.js';
import type { BulkStockView } from './bulk-stock.view.js';

constraintMeans('bulk_stock_location_fk', () => new NotFound('No such location.'));

/** The acts on stock without serial numbers. */
@Injectable()
export class BulkStockActs {
  constructor(private readonly acts: Acts) {}

  /**
   * Corrects a count that is wrong; what is held for customers stays held.
   * @throws NotFound, InvalidInput, InsufficientStock
   */
  adjust(call: Call, form: AdjustBulkStockDto): Promise<BulkStockView> {
    const locationId = actingAt(call.caller, form.locationId);
    checkChange(form);
    return this.acts.once(call, async (tx) => {
      await needAccessory(tx, form.skuId);
      await changeCount(tx, call, locationId, form);
      const now = (await readBulkStock(tx, locationId, form.skuId))!;
      await tell(tx, call, now, form);
      return now;
    });
  }
}

function checkChange({ change, reason }: AdjustBulkStockDto): void {
  if (change === 0) throw refused(fault('/change', 'NO_CHANGE', 'A change of nothing is no adjustment.'));
  if (agrees(reason, change)) return;
  throw refused(fault('/reason', 'REASON_AND_CHANGE', `${reason} cannot ${change > 0 ? 'add' : 'take away'} pieces.`));
}

/** What has serial numbers is never counted by hand: its quantity follows from its units. */
async function needAccessory(tx: EntityManager, skuId: string): Promise<void> {
  const [sku]: { kind: string }[] = await tx.query('select kind from sku where id = $1', [skuId]);
  if (!sku) throw refused(fault('/skuId', 'UNKNOWN_SKU', 'There is no such SKU.'));
  if (sku.kind === 'ACCESSORY') return;
  throw refused(fault('/skuId', 'COUNTED_BY_UNIT', 'Handsets are adjusted one by one, by their identifier.'));
}

async function changeCount(
  tx: EntityManager,
  call: Call,
  locationId: string,
  { skuId, change, reason }: AdjustBulkStockDto,
): Promise<void> {
  const [moved]: unknown[] = await tx.query(
    `with counted as (
       insert into bulk_stock as b (location_id, sku_id, on_hand)
       select $1, $2, greatest($3::int, 0)
       where $3 > 0 or exists (select from bulk_stock where location_id = $1 and sku_id = $2)
       on conflict (location_id, sku_id) do update set on_hand = b.on_hand + $3 where b.on_hand + $3 >= b.reserved
       returning b.location_id
     )
     insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, reason, actor, correlation_id)
     select $4, $1, $2, 'ADJUSTED', $3, $3, $5, $6, $7 from counted
     returning id`,
    [locationId, skuId, change, newId(), reason, call.actor, call.correlationId],
  );
  if (moved) return;
  const { onHand = 0, reserved = 0 } = (await readBulkStock(tx, locationId, skuId)) ?? {};
  const detail = `There are ${onHand}, of which ${reserved} are held for customers: release those first.`;
  throw new InsufficientStock(detail, { onHand, reserved, change });
}

async function tell(tx: EntityManager, call: Call, now: BulkStockView, form: AdjustBulkStockDto): Promise<void> {
  const { locationId, skuId, onHand } = now;
  const { change, reason, note } = form;
  const payload = { skuId, change, reason, onHand };
  await publish(tx, call, {
    ...{ type: 'bulk-stock.adjusted', aggregateKind: 'bulk-stock', aggregateId: skuId },
    ...{ locationId, payload },
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'bulk-stock', subjectId: skuId, act: 'adjust', reason, locationId },
    details: { before: onHand - change, after: onHand, change, ...(note ? { note } : {}) },
  });
}

const fault = (pointer: string, code: string, detail: string): Fault => ({ in: 'body', pointer, code, detail });
const refused = (one: Fault): InvalidInput => new InvalidInput(one.detail, {}, [one]);
