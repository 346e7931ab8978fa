import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { newId } from '../../values/id.js';
import { InsufficientStock } from '../stock.errors.js';

/** Pieces of one SKU that an order needs. */
export interface Wanted {
  skuId: string;
  quantity: number;
  unitCostMinor: number;
}

interface At {
  orderId: string;
  locationId: string;
}

/**
 * Holds pieces of the bulk stock at the place for an order: of two orders that want the last battery one gets it.
 * @throws InsufficientStock
 */
export async function holdParts(tx: EntityManager, call: Call, at: At, wanted: readonly Wanted[]): Promise<void> {
  // In one order, so that two acts wait for each other rather than both for each other.
  for (const part of [...wanted].sort((a, b) => (a.skuId < b.skuId ? -1 : 1))) {
    const [held]: unknown[] = await tx.query(HOLD, [
      ...[at.locationId, part.skuId, part.quantity, newId(), at.orderId, part.unitCostMinor],
      ...[call.actor, newId(), call.correlationId],
    ]);
    if (held) continue;
    const { skuId, quantity } = part;
    throw new InsufficientStock('There are not enough free pieces of a part at this place.', {
      skuId,
      wanted: quantity,
    });
  }
}

const HOLD = `
  with held as (
    update bulk_stock set reserved = reserved + $3::int
    where location_id = $1 and sku_id = $2 and on_hand - reserved >= $3 returning sku_id
  ), noted as (
    insert into refurb_part (id, order_id, location_id, sku_id, quantity, unit_cost_minor, status, reserved_by)
    select $4::uuid, $5::uuid, $1, $2, $3, $6, 'RESERVED', $7 from held
  )
  insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, document_id, actor, correlation_id)
  select $8, $1, $2, 'RESERVED', 0, -$3, $5, $7, $9 from held returning id`;

/** A part that has just been used. */
export interface Used {
  id: string;
  sku_id: string;
  quantity: number;
  /** A whole number of minor units as the database writes it. */
  unit_cost_minor: string;
}

/** Takes a part that is held for an order out of the stock; undefined when it is not held any more. */
export async function consumePart(
  tx: EntityManager,
  call: Call,
  { orderId }: At,
  partId: string,
): Promise<Used | undefined> {
  const [used]: Used[] = await tx.query(CONSUME, [orderId, partId, newId(), call.actor, call.correlationId]);
  return used;
}

const CONSUME = `
  with used as (
    update refurb_part set status = 'USED', settled_at = now() where id = $2 and order_id = $1 and status = 'RESERVED'
    returning *
  ), taken as (
    update bulk_stock b set on_hand = b.on_hand - u.quantity, reserved = b.reserved - u.quantity
    from used u where b.location_id = u.location_id and b.sku_id = u.sku_id
  ), ledger as (
    insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, document_id, actor, correlation_id)
    select $3::uuid, location_id, sku_id, 'USED', -quantity, 0, $1, $4, $5 from used
  )
  select id, sku_id, quantity, unit_cost_minor from used`;

/** Gives what is still held for an order back to the stock. */
export async function releaseParts(tx: EntityManager, call: Call, orderId: string): Promise<void> {
  await tx.query(RELEASE, [orderId, call.actor, call.correlationId]);
}

const RELEASE = `
  with released as (
    update refurb_part set status = 'RELEASED', settled_at = now() where order_id = $1 and status = 'RESERVED' returning *
  ), given_back as (
    update bulk_stock b set reserved = b.reserved - r.pieces
    from (select location_id, sku_id, sum(quantity)::int as pieces from released group by 1, 2 order by 2) r
    where b.location_id = r.location_id and b.sku_id = r.sku_id
  )
  insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, document_id, actor, correlation_id)
  select gen_random_uuid(), location_id, sku_id, 'RELEASED', 0, quantity, $1, $2, $3 from released`;
