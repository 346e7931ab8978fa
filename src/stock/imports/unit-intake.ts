import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { KnownSku } from '../../devices/imports/known-skus.js';
import type { ImportContext } from '../../imports/importer.js';
import { minorFromDecimal } from '../../values/money.js';
import { conditionOf, type UnitRow } from './unit-row.js';

type Token = string | number | boolean | null;

/** Columns of a statement as PostgreSQL writes arrays. Every value here is made of letters, digits, `-`, `:` and `.` only. */
class ArrayColumns {
  private readonly columns: Token[][];

  constructor(readonly width: number) {
    this.columns = Array.from({ length: width }, () => []);
  }

  add(...row: readonly Token[]): void {
    for (let at = 0; at < row.length; at++) this.columns[at]!.push(row[at]!);
  }

  /** One text for each column; joining is a tenth of the work of having each value quoted. */
  texts(): string[] {
    return this.columns.map((column) => `{${column.map((value) => value ?? 'NULL').join(',')}}`);
  }
}

/** A row that passed every check, with what was looked up for it. */
export interface Arrival {
  row: UnitRow;
  sku: KnownSku;
  locationId: string;
  /** The unit it is, when we have known it before. */
  unitId: string | null;
  encumbered: boolean;
  /** Identifiers that are not recorded yet. */
  unrecorded: readonly { kind: 'IMEI' | 'SERIAL'; value: string; position: number }[];
}

/** Puts units into the books, a batch in one statement: unit, identifiers, holding and ledger line of each. */
export async function takeIn(
  tx: EntityManager,
  arrivals: readonly Arrival[],
  { actor, jobId }: ImportContext,
): Promise<void> {
  if (!arrivals.length) return;
  const ids = timeOrderedIds(arrivals.length * 3);
  const units = new ArrayColumns(2);
  const identifiers = new ArrayColumns(4);
  const holdings = new ArrayColumns(20);
  arrivals.forEach((arrival, at) => {
    const unitId = arrival.unitId ?? ids[at]!;
    if (arrival.unitId === null) units.add(unitId, arrival.sku.variantId);
    for (const { kind, value, position } of arrival.unrecorded) identifiers.add(unitId, kind, value, position);
    addHolding(holdings, arrival, [unitId, ids[arrivals.length + at]!, ids[arrivals.length * 2 + at]!]);
  });
  await tx.query(TAKE_IN, [...units.texts(), ...identifiers.texts(), ...holdings.texts(), jobId, actor]);
}

function addHolding(
  holdings: ArrayColumns,
  { row, sku, locationId, encumbered }: Arrival,
  ids: readonly string[],
): void {
  const { functional, lockState, erasure, warrantyDays } = conditionOf(row, sku);
  holdings.add(
    ...ids,
    sku.id,
    locationId,
    row.disposition,
    row.provenance,
    row.received_at,
    row.cost === null ? null : minorFromDecimal(row.cost, row.currency),
    row.currency,
    row.cosmetic,
    functional,
    row.battery_pct,
    lockState,
    erasure,
    row.kit_complete,
    warrantyDays,
    encumbered,
    Math.floor(Math.random() * 2 ** 31),
    row.disposition === 'AVAILABLE' ? 1 : 0,
  );
}

const TAKE_IN = `
  with given as (
    select * from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::text[], $13::text[], $14::timestamptz[],
      $15::bigint[], $16::text[], $17::text[], $18::smallint[], $19::smallint[], $20::text[], $21::text[], $22::boolean[],
      $23::smallint[], $24::boolean[], $25::integer[], $26::integer[])
      as g (unit_id, holding_id, movement_id, sku_id, location_id, disposition, provenance, received_at, cost_minor, currency,
        cosmetic, functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key, free)
  ), units as (
    insert into stock_unit (id, variant_id) select * from unnest($1::uuid[], $2::uuid[])
  ), identifiers as (
    insert into unit_identifier (unit_id, kind, value, position)
    select * from unnest($3::uuid[], $4::text[], $5::text[], $6::smallint[])
  ), holdings as (
    insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, cost_minor, currency, cosmetic,
      functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key)
    select holding_id, unit_id, sku_id, location_id, disposition, provenance, coalesce(received_at, now()), cost_minor, currency,
      cosmetic, functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, encumbered, pick_key from given
  )
  insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition, document_id, actor,
    correlation_id)
  select movement_id, location_id, sku_id, unit_id, holding_id, 'RECEIVED', 1, free, disposition, $27::uuid, $28, $27::text from given`;

/**
 * Ids of version 7 for rows that are stored together. The usual way of making them one by one costs as much as all
 * the rest a row needs on this side.
 */
export function timeOrderedIds(count: number): string[] {
  const now = Date.now().toString(16).padStart(12, '0');
  const front = `${now.slice(0, 8)}-${now.slice(8)}-7`;
  const random = randomBytes(count * 10).toString('hex');
  return Array.from({ length: count }, (_, at) => {
    const from = at * 20;
    const variant = '89ab'[random.charCodeAt(from) & 3]!;
    return `${front}${random.slice(from + 1, from + 4)}-${variant}${random.slice(from + 4, from + 7)}-${random.slice(from + 7, from + 19)}`;
  });
}
