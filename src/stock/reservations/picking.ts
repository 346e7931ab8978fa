import type { EntityManager } from 'typeorm';
import type { Call } from '../../platform/caller.js';
import { InvalidInput } from '../../platform/problems.js';
import { InsufficientStock } from '../stock.errors.js';
import { readIdentifier, unitsOf } from '../units/unit-finder.js';
import { whoHolds } from '../units/who-holds.js';
import { expireLapsed } from './closing.js';
import type { ReserveLineDto } from './reservation.dto.js';

/** Something taken off the shelf for a reservation. */
export interface Picked {
  sku_id: string;
  unit_id: string | null;
  holding_id: string | null;
  quantity: number;
}

interface Demand {
  units: string[];
  /** Pieces wanted of each SKU with serial numbers. */
  devices: Map<string, number>;
  /** Pieces wanted of each SKU without. */
  accessories: Map<string, number>;
}

/**
 * Takes everything the lines ask for off the shelf at one location, or throws: all or nothing. Lines on the same SKU
 * are added up first, so that two lines cannot both count on the last piece. Order of locks: units by identifier,
 * units by SKU, pieces.
 * @throws InvalidInput, NotFound, UnitReserved, UnitNotAvailable, InsufficientStock
 */
export async function pick(
  tx: EntityManager,
  call: Call,
  locationId: string,
  lines: readonly ReserveLineDto[],
  until: number,
): Promise<Picked[]> {
  const demand = await demandOf(tx, lines);
  const skuIds = [...demand.devices.keys(), ...demand.accessories.keys()];
  await expireLapsed(tx, call, { locationId, skuIds, unitIds: demand.units });
  const named = demand.units.length ? await pickNamed(tx, locationId, demand.units, until) : [];
  const devices = demand.devices.size ? await pickDevices(tx, locationId, demand.devices, until) : [];
  const pieces = demand.accessories.size ? await pickPieces(tx, locationId, demand.accessories) : [];
  return [...named, ...devices, ...pieces];
}

async function demandOf(tx: EntityManager, lines: readonly ReserveLineDto[]): Promise<Demand> {
  const identifiers = lines.flatMap((line, at) =>
    line.identifier === undefined ? [] : [readIdentifier(line.identifier, `/lines/${at}/identifier`)],
  );
  const units = await unitsOf(tx, identifiers);
  const kinds = await kindsOf(tx, lines);
  const demand: Demand = { units: [...new Set(units)], devices: new Map(), accessories: new Map() };
  for (const [at, { skuId, quantity = 1 }] of lines.entries()) {
    if (skuId === undefined) continue;
    const kind = kinds.get(skuId);
    if (!kind) throw lineFault(at, 'skuId', 'UNKNOWN_SKU', 'There is no such SKU.');
    const wanted = kind === 'DEVICE' ? demand.devices : demand.accessories;
    wanted.set(skuId, (wanted.get(skuId) ?? 0) + quantity);
  }
  return demand;
}

async function kindsOf(tx: EntityManager, lines: readonly ReserveLineDto[]): Promise<Map<string, string>> {
  const skuIds = lines.flatMap(({ skuId }) => skuId ?? []);
  const rows: { id: string; kind: string }[] = await tx.query('select id, kind from sku where id = any($1::uuid[])', [
    skuIds,
  ]);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** @returns the refusal of one field of one line. */
export function lineFault(at: number, field: string, code: string, detail: string): InvalidInput {
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: `/lines/${at}/${field}`, code, detail }]);
}

async function pickNamed(
  tx: EntityManager,
  locationId: string,
  unitIds: readonly string[],
  until: number,
): Promise<Picked[]> {
  const [taken]: [Picked[], number] = await tx.query(
    `update stock_holding h set disposition = 'RESERVED', version = h.version + 1,
       reserved_until = now() + $3::int * interval '1 minute'
     from (select id from stock_holding where unit_id = any($1::uuid[]) and closed_at is null order by id for update) mine
     where h.id = mine.id and h.location_id = $2 and h.disposition = 'AVAILABLE'
     returning h.sku_id, h.unit_id, h.id as holding_id, 1 as quantity`,
    [unitIds, locationId, until],
  );
  if (taken.length < unitIds.length) {
    throw await whoHolds(
      tx,
      locationId,
      unitIds.filter((id) => !taken.some(({ unit_id }) => unit_id === id)),
    );
  }
  return taken;
}

async function pickDevices(
  tx: EntityManager,
  locationId: string,
  wanted: ReadonlyMap<string, number>,
  until: number,
): Promise<Picked[]> {
  const [taken]: [Picked[], number] = await tx.query(
    `with picked as materialized (
       select h.id from unnest($1::uuid[], $2::int[]) as d (sku_id, wanted) cross join lateral (
         select id from stock_holding where location_id = $3 and sku_id = d.sku_id and disposition = 'AVAILABLE'
         order by pick_key limit d.wanted for update skip locked) h
     )
     update stock_holding h set disposition = 'RESERVED', version = h.version + 1,
       reserved_until = now() + $4::int * interval '1 minute'
     where h.id = any(array(select id from picked))
     returning h.sku_id, h.unit_id, h.id as holding_id, 1 as quantity`,
    [[...wanted.keys()], [...wanted.values()], locationId, until],
  );
  for (const [skuId, pieces] of wanted) {
    refuseShortage(skuId, pieces, taken.filter(({ sku_id }) => sku_id === skuId).length);
  }
  return taken;
}

async function pickPieces(
  tx: EntityManager,
  locationId: string,
  wanted: ReadonlyMap<string, number>,
): Promise<Picked[]> {
  const [taken]: [{ sku_id: string }[], number] = await tx.query(
    `update bulk_stock b set reserved = b.reserved + d.wanted
     from (select b.location_id, b.sku_id, d.wanted from unnest($1::uuid[], $2::int[]) as d (sku_id, wanted)
           join bulk_stock b on b.location_id = $3 and b.sku_id = d.sku_id order by b.sku_id for update of b) d
     where b.location_id = d.location_id and b.sku_id = d.sku_id and b.on_hand - b.reserved >= d.wanted
     returning b.sku_id`,
    [[...wanted.keys()], [...wanted.values()], locationId],
  );
  for (const [skuId, pieces] of wanted) {
    refuseShortage(skuId, pieces, taken.some(({ sku_id }) => sku_id === skuId) ? pieces : 0);
  }
  return [...wanted].map(([sku_id, quantity]) => ({ sku_id, quantity, unit_id: null, holding_id: null }));
}

function refuseShortage(skuId: string, wanted: number, found: number): void {
  if (found < wanted) {
    throw new InsufficientStock('There is not enough free stock at this location.', { skuId, wanted });
  }
}
