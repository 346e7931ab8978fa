import type { EntityManager } from 'typeorm';
import type { UnitRow } from './unit-row.js';

/** A handset we know, and where we have it when we do. */
export interface KnownUnit {
  unitId: string;
  variantId: string;
  encumbered: boolean;
  skuId: string | null;
  locationId: string | null;
}

interface Found extends KnownUnit {
  kind: 'IMEI' | 'SERIAL';
  value: string;
}

/** Which of the identifiers are known, their units locked in id order; the key is the kind and the value. */
export async function findKnownUnits(
  tx: EntityManager,
  rows: readonly UnitRow[],
): Promise<ReadonlyMap<string, KnownUnit>> {
  const imeis = rows.flatMap(({ imei, imei2 }) => [imei, imei2]).filter((imei) => imei !== null);
  const serials = rows.map(({ serial }) => serial).filter((serial) => serial !== null);
  const identifiers = [`{${imeis.join(',')}}`, `{${serials.join(',')}}`];
  const seen: Found[] = await tx.query(KNOWN, identifiers);
  if (!seen.length) return new Map();
  // Somebody may be placing a hold on one of them: it is looked at once that is done, and stays so until we are.
  const ids = [...new Set(seen.map(({ unitId }) => unitId))];
  await tx.query('select from stock_unit where id = any($1::uuid[]) order by id for no key update', [ids]);
  const found: Found[] = await tx.query(KNOWN, identifiers);
  return new Map(found.map((unit) => [`${unit.kind} ${unit.value}`, unit]));
}

const KNOWN = `
  with asked as materialized (
    select kind, value, unit_id from unit_identifier where kind = 'IMEI' and value = any($1::text[]) and revoked_at is null
    union all
    select kind, value, unit_id from unit_identifier where kind = 'SERIAL' and value = any($2::text[]) and revoked_at is null
  )
  select i.kind, i.value, i.unit_id as "unitId", u.variant_id as "variantId", h.sku_id as "skuId", h.location_id as "locationId",
    exists (select from unit_encumbrance e where e.unit_id = u.id and e.lifted_at is null) as encumbered
  from asked i
  join stock_unit u on u.id = i.unit_id
  left join stock_holding h on h.unit_id = u.id and h.closed_at is null`;

/** The keys of a row's identifiers, as {@link findKnownUnits} has them. */
export function identityKeys({ imei, imei2, serial }: UnitRow): string[] {
  const keys: string[] = [];
  if (imei !== null) keys.push(`IMEI ${imei}`);
  if (imei2 !== null) keys.push(`IMEI ${imei2}`);
  if (serial !== null) keys.push(`SERIAL ${serial}`);
  return keys;
}
