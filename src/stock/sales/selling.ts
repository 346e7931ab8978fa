import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { InvalidInput, NotFound, WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { moveUnbarred } from '../holds/unbarred-moves.js';
import { lineFault } from '../reservations/picking.js';
import { expireLapsed } from '../reservations/closing.js';
import { InsufficientStock, ReservationLapsed } from '../stock.errors.js';
import type { HoldingFound } from '../units/holding-moves.js';
import type { HoldingAct } from '../units/stock-holding.lifecycle.js';
import { readIdentifier, unitsOf } from '../units/unit-finder.js';
import { whoHolds } from '../units/who-holds.js';
import type { SellLineDto } from './sale.dto.js';
import type { SoldItem } from './sale-pricing.js';

/** The sale that takes the stock, and where. */
export interface SaleAt {
  id: string;
  locationId: string;
}

/**
 * Consumes a reservation for a sale: of a sale, a release and the lapse racing for it exactly one wins.
 * @throws NotFound, WrongState, ReservationLapsed, UnitEncumbered
 */
export async function takeReserved(
  tx: EntityManager,
  call: Call,
  sale: SaleAt,
  reservationId: string,
): Promise<SoldItem[]> {
  const [[consumed]]: [{ id: string }[], number] = await tx.query(
    `update reservation set status = 'CONSUMED', closed_at = now(), version = version + 1
     where id = $1 and location_id = $2 and status = 'ACTIVE' and expires_at > now() returning id`,
    [reservationId, sale.locationId],
  );
  if (!consumed) throw await whyNotConsumed(tx, reservationId, sale.locationId);
  const [lines]: [{ sku_id: string; unit_id: string | null; holding_id: string | null; quantity: number }[], number] =
    await tx.query(
      `update reservation_line set active = false where reservation_id = $1 and active
     returning sku_id, unit_id, holding_id, quantity`,
      [reservationId],
    );
  const items = lines.map((line) => ({
    skuId: line.sku_id,
    unitId: line.unit_id,
    holdingId: line.holding_id,
    quantity: line.quantity,
  }));
  await allocate(
    tx,
    call,
    sale,
    items.flatMap(({ unitId }) => unitId ?? []),
    'sellReserved',
  );
  await takePieces(
    tx,
    call,
    sale,
    items.filter(({ unitId }) => !unitId),
    true,
  );
  return items;
}

async function whyNotConsumed(tx: EntityManager, reservationId: string, locationId: string) {
  const [found]: { status: string; expires_at: Date }[] = await tx.query(
    'select status, expires_at from reservation where id = $1 and location_id = $2',
    [reservationId, locationId],
  );
  if (!found) return new NotFound('No such reservation at this location.');
  if (found.status === 'ACTIVE' || found.status === 'EXPIRED') {
    return new ReservationLapsed('It has run out; reserve again.', { expiredAt: found.expires_at.toISOString() });
  }
  return new WrongState(`The reservation is ${found.status}.`, { state: found.status });
}

/**
 * Takes what is sold straight from the shelf.
 * @throws InvalidInput, NotFound, UnitReserved, UnitNotAvailable, UnitEncumbered, InsufficientStock
 */
export async function takeFromShelf(
  tx: EntityManager,
  call: Call,
  sale: SaleAt,
  lines: readonly SellLineDto[],
): Promise<SoldItem[]> {
  for (const [at, line] of lines.entries()) {
    if ((line.skuId === undefined) === (line.identifier === undefined)) {
      throw lineFault(at, 'identifier', 'ONE_OF', 'Give either identifier or skuId.');
    }
  }
  const identifiers = lines.flatMap((line, at) =>
    line.identifier === undefined ? [] : [readIdentifier(line.identifier, `/lines/${at}/identifier`)],
  );
  const unitIds = [...new Set(await unitsOf(tx, identifiers))];
  const pieces = addedUp(lines);
  await refuseDevices(tx, [...pieces.keys()]);
  await expireLapsed(tx, call, { locationId: sale.locationId, skuIds: [...pieces.keys()], unitIds });
  const holdings = await allocate(tx, call, sale, unitIds, 'sell');
  const units = holdings.map((held) => ({ skuId: held.sku_id, unitId: held.unit_id, holdingId: held.id, quantity: 1 }));
  const accessories = [...pieces].map(([skuId, quantity]) => ({ skuId, quantity, unitId: null, holdingId: null }));
  await takePieces(tx, call, sale, accessories, false);
  return [...units, ...accessories];
}

function addedUp(lines: readonly SellLineDto[]): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const { skuId, quantity = 1 } of lines) if (skuId) pieces.set(skuId, (pieces.get(skuId) ?? 0) + quantity);
  return pieces;
}

async function refuseDevices(tx: EntityManager, skuIds: readonly string[]): Promise<void> {
  const rows: { id: string; kind: string }[] = await tx.query('select id, kind from sku where id = any($1::uuid[])', [
    skuIds,
  ]);
  if (rows.length === skuIds.length && rows.every(({ kind }) => kind === 'ACCESSORY')) return;
  const detail = 'Only accessories are sold by SKU; scan the handset or reserve it first.';
  throw new InvalidInput(detail, {}, [{ in: 'body', pointer: '/lines', code: 'NOT_AN_ACCESSORY', detail }]);
}

type Taking = Extract<HoldingAct, 'sell' | 'sellReserved'>;

async function allocate(
  tx: EntityManager,
  call: Call,
  sale: SaleAt,
  unitIds: readonly string[],
  act: Taking,
): Promise<HoldingFound[]> {
  if (!unitIds.length) return [];
  const move = { act, unitIds, locationId: sale.locationId, documentId: sale.id };
  const found = await moveUnbarred(tx, call, move);
  if (found.filter(({ moved }) => moved).length < unitIds.length) throw await whoHolds(tx, sale.locationId, unitIds);
  return found;
}

/** Takes pieces of accessories out of stock, reserved before or not, with their ledger rows. */
async function takePieces(
  tx: EntityManager,
  call: Call,
  sale: SaleAt,
  items: readonly SoldItem[],
  reserved: boolean,
): Promise<void> {
  if (!items.length) return;
  const [{ taken }]: [{ taken: number }] = await tx.query(
    `with wanted as (
       select w.sku_id, w.pieces, w.movement_id from unnest($2::uuid[], $3::int[], $4::uuid[]) as w (sku_id, pieces, movement_id)
       join bulk_stock b on b.location_id = $1 and b.sku_id = w.sku_id order by b.sku_id for update of b
     ), taken as (
       update bulk_stock b set on_hand = b.on_hand - w.pieces, reserved = b.reserved - case when $5 then w.pieces else 0 end
       from wanted w where b.location_id = $1 and b.sku_id = w.sku_id and ($5 or b.on_hand - b.reserved >= w.pieces)
       returning b.sku_id, w.pieces, w.movement_id
     ), ledger as (
       insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, document_id, actor, correlation_id)
       select movement_id, $1, sku_id, 'SOLD', -pieces, case when $5 then 0 else -pieces end, $6, $7, $8 from taken
     )
     select count(*)::int as taken from taken`,
    [
      sale.locationId,
      items.map(({ skuId }) => skuId),
      items.map(({ quantity }) => quantity),
      items.map(newId),
      reserved,
      sale.id,
      call.actor,
      call.correlationId,
    ],
  );
  if (taken < items.length) {
    throw new InsufficientStock('There is not enough free stock of an accessory at this location.', {});
  }
}
