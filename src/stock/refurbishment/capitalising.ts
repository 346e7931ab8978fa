import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import type { OpenHolding } from '../units/open-holding.js';
import type { RefurbOrder } from './refurb-order.entity.js';

/** A part that was used, or minutes that were worked. */
export type Spent = { amountMinor: number } & (
  { kind: 'PART'; partId: string } | { kind: 'LABOUR'; minutes: number; work: string }
);

/** Puts what was spent on the cost of the handset, whose holding is locked: with the ledger line and the event for finance. */
export async function capitalise(
  tx: EntityManager,
  call: Call,
  { order, held }: { order: RefurbOrder; held: OpenHolding },
  spent: Spent,
): Promise<void> {
  const id = newId();
  const part = spent.kind === 'PART' ? spent.partId : null;
  const [minutes, work] = spent.kind === 'LABOUR' ? [spent.minutes, spent.work] : [null, null];
  const { unit_id: unitId, location_id: locationId, disposition } = held;
  await tx.query(CAPITALISE, [
    ...[id, order.id, held.id, spent.kind, part, minutes, work, spent.amountMinor, call.actor],
    ...[newId(), locationId, held.sku_id, unitId, disposition, call.correlationId],
  ]);
  const { currency } = order;
  const payload = {
    costId: id,
    orderId: order.id,
    holdingId: held.id,
    kind: spent.kind,
    amountMinor: spent.amountMinor,
  };
  await publish(tx, call, {
    ...{ type: 'refurb-cost.capitalised', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
    payload: { ...payload, currency },
  });
}

const CAPITALISE = `
  with spent as (
    insert into refurb_cost (id, order_id, holding_id, kind, part_id, minutes, work, amount_minor, recorded_by)
    values ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::bigint, $9)
  ), raised as (
    update stock_holding set cost_minor = cost_minor + $8, version = version + 1 where id = $3
  )
  insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, from_disposition,
    to_disposition, reason, document_id, actor, correlation_id)
  values ($10, $11, $12, $13, $3, 'CAPITALISED', 0, 0, $14, $14, $4, $2, $9, $15)`;
