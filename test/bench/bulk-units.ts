import type pg from 'pg';
import { v7 } from 'uuid';
import { checkDigit } from '../../src/values/check-digits.js';
import type { BulkKind } from './bulk.js';

const SKUS = 20;
const LOCATIONS = 200;

async function seed(db: pg.Client): Promise<void> {
  const [brand, model] = [v7(), v7()];
  await db.query(`insert into brand (id, name, key) values ($1, 'Bench', 'bench')`, [brand]);
  await db.query(
    `insert into device_model (id, brand_id, name, key, lifecycle, search_text, search_compact) values ($1, $2, 'B', 'b', 'ON_SALE', '', '')`,
    [model, brand],
  );
  const variants = Array.from({ length: SKUS }, () => v7());
  await db.query(
    `insert into device_variant (id, model_id, maker_code, storage_gb, colour)
     select id, $2, 'B', n, 'Black' from unnest($1::uuid[]) with ordinality as v (id, n)`,
    [variants, model],
  );
  await db.query(
    `insert into sku (id, code, kind, variant_id, condition)
     select gen_random_uuid(), 'BENCH-' || n, 'DEVICE', id, 'NEW' from unnest($1::uuid[]) with ordinality as v (id, n)`,
    [variants],
  );
  await db.query(
    `insert into stock_location (id, code, kind, name, street, city, region, postcode, country, latitude, longitude, time_zone,
       opening_state, remorse_days)
     select gen_random_uuid(), 'BE-' || n, 'STORE', 'Store', '', '', '', '', 'US', 47, -122, 'America/New_York', 'OPEN', 14
     from generate_series(1, $1::int) n`,
    [LOCATIONS],
  );
}

/** In no order, as goods lie on a lorry. */
function unitLine(n: number): string {
  const serial = String((n * 7_919) % 1_000_000).padStart(6, '0');
  const imei = `${35_611_205 + Math.floor(n / 1_000_000)}${serial}`;
  const mark = (n + 36 ** 7).toString(36).toUpperCase();
  return `${imei}${checkDigit(imei)},,${mark},BENCH-${(n % SKUS) + 1},BE-${((n * 31) % LOCATIONS) + 1},${100 + (n % 400)}.50,NEW_PO,A,0,100,UNLOCKED,NOT_NEEDED,AVAILABLE,2026-10-14T17:20:00Z\n`;
}

/** A lorry of new handsets. */
export const UNITS: BulkKind = {
  kind: 'UNITS',
  tables: ['stock_unit', 'unit_identifier', 'stock_holding', 'stock_movement'],
  ground: [],
  header:
    'imei,imei2,serial,sku,location,cost,provenance,cosmetic,functional,battery_pct,lock_state,erasure,disposition,received_at',
  line: unitLine,
  seed,
};
