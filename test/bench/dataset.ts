import type pg from 'pg';

export const SCALES = { small: 80_000, medium: 1_000_000, large: 5_000_000 } as const;
export type Scale = keyof typeof SCALES;

const SKUS = 400;
const SKUS_A_STORE = 40;
const UNITS_A_SKU = 20;
const HOT_UNITS = 40_000;
/** Stores stand in towns of fifty, about 12 km apart: a larger carrier is in more towns, not more densely in one. */
const TOWN = { stores: 50, across: 7, gridDegrees: 0.11, apartDegrees: 2 };

/** Fills an empty, migrated database with a carrier of the asked size. */
export async function fill(db: pg.Client, holdings: number): Promise<void> {
  const stores = Math.max(1, Math.round((holdings - HOT_UNITS) / (SKUS_A_STORE * UNITS_A_SKU)));
  await db.query(
    "set synchronous_commit = off; set statement_timeout = 0; set work_mem = '256MB'; set maintenance_work_mem = '512MB'",
  );
  await catalogue(db);
  await locations(db, stores);
  await units(db, stores);
  await db.query('vacuum analyze');
}

const id = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid`;

async function catalogue(db: pg.Client): Promise<void> {
  await db.query(`
    insert into brand (id, name, key) select ${id('brand', 'n')}, 'Brand ' || n, 'brand-' || n from generate_series(0, 19) n;
    insert into device_model (id, brand_id, name, key, lifecycle, search_text, search_compact)
      select ${id('model', 'n')}, ${id('brand', '(n % 20)')}, 'Phone ' || lpad(n::text, 3, '0'), 'phone-' || n, 'ON_SALE',
        'brand ' || n % 20 || ' phone ' || lpad(n::text, 3, '0') || ' ab' || n || '-1', 'brand' || n % 20 || 'phone' || lpad(n::text, 3, '0') || ' ab' || n || '1'
      from generate_series(0, ${SKUS / 4 - 1}) n;
    insert into device_variant (id, model_id, maker_code, storage_gb, colour)
      select ${id('variant', 'n')}, ${id('model', '(n / 2)')}, 'AB' || n / 2 || '-1', 64 << (n % 2), 'Black' from generate_series(0, ${SKUS / 2 - 1}) n;
    insert into sku (id, code, kind, variant_id, condition, grade)
      select ${id('sku', 'n')}, 'SKU-' || lpad(n::text, 4, '0'), 'DEVICE', ${id('variant', '(n / 2)')},
        case n % 2 when 0 then 'NEW' else 'REFURBISHED' end, case n % 2 when 1 then 'GOOD' end from generate_series(0, ${SKUS - 1}) n;
    insert into price (id, sku_id, currency, amount_minor, down_payment_minor, months, remainder, effective_from, set_by)
      select gen_random_uuid(), ${id('sku', 'n')}, 'USD', 10000 + n * 100 - age * 50, 0, 24, 'FIRST', now() - age * interval '90 days', 'bench'
      from generate_series(0, ${SKUS - 1}) n, generate_series(1, 3) age;
    insert into sku_channel (id, sku_id, channels) select gen_random_uuid(), ${id('sku', 'n')}, '{IN_STORE,SHIP_TO_HOME}' from generate_series(0, ${SKUS - 1}) n;
    insert into tac_claim (tac, source, variant_id, confidence)
      select (35000000 + n)::text, 'BENCH', ${id('variant', 'n')}, 80 from generate_series(0, ${SKUS / 2 - 1}) n;
  `);
}

const inTown = (origin: number, town: string, cell: string) =>
  `${origin} + (${town}) * ${TOWN.apartDegrees} + (${cell}) * ${TOWN.gridDegrees}`;

async function locations(db: pg.Client, stores: number): Promise<void> {
  const side = Math.ceil(Math.sqrt(stores / TOWN.stores));
  await db.query(
    `insert into stock_location (id, code, kind, name, street, city, region, postcode, country, latitude, longitude, time_zone, opening_state, remorse_days)
     select ${id('store', 'n')}, 'ST-' || n, 'STORE', 'Store ' || n, 'Main Street', 'City', 'WA', '98101', 'US',
       ${inTown(30, `n / ${TOWN.stores} / ${side}`, `n % ${TOWN.stores} / ${TOWN.across}`)},
       ${inTown(-120, `n / ${TOWN.stores} % ${side}`, `n % ${TOWN.stores} % ${TOWN.across}`)}, 'America/Los_Angeles', 'OPEN', 14
     from generate_series(0, ${stores - 1}) n
     union all select ${id('store', "'hot'")}, 'HOT', 'WAREHOUSE', 'Warehouse', 'Main Street', 'City', 'KY', '40201', 'US', 60, 0, 'America/New_York', 'OPEN', 0`,
  );
}

async function units(db: pg.Client, stores: number): Promise<void> {
  const total = stores * SKUS_A_STORE * UNITS_A_SKU + HOT_UNITS;
  const regular = total - HOT_UNITS;
  const STEP = 250_000;
  for (let from = 0; from < total; from += STEP) {
    const to = Math.min(from + STEP, total) - 1;
    await db.query(`
      create temp table piece on commit drop as
      select n, ${id('unit', 'n')} as unit_id, ${id('holding', 'n')} as holding_id,
        case when n < ${regular} then (n / ${SKUS_A_STORE * UNITS_A_SKU} + (n / ${UNITS_A_SKU}) % ${SKUS_A_STORE} * 10) % ${SKUS} else 0 end as sku,
        case when n < ${regular} then ${id('store', `(n / ${SKUS_A_STORE * UNITS_A_SKU})`)} else ${id('store', "'hot'")} end as location_id
      from generate_series(${from}, ${to}) n;
      insert into stock_unit (id, variant_id) select unit_id, ${id('variant', '(sku / 2)')} from piece;
      insert into unit_identifier (unit_id, kind, value, position)
        select unit_id, 'IMEI', (35000000 + n % ${SKUS / 2})::text || lpad((n / ${SKUS / 2})::text, 6, '0'), 1 from piece;
      insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, cost_minor, currency, cosmetic,
          functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, pick_key)
        select holding_id, unit_id, ${id('sku', 'sku')}, location_id, 'AVAILABLE', 'NEW_PO', now() - interval '30 days', 20000, 'USD', 'A', 0, 100,
          'UNLOCKED', 'PASS', true, 365, (random() * 2147483646)::int from piece;
      insert into stock_movement (id, occurred_at, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition, actor, correlation_id)
        select gen_random_uuid(), now() - interval '30 days', location_id, ${id('sku', 'sku')}, unit_id, holding_id, 'RECEIVED', 1, 1, 'AVAILABLE', 'bench', 'bench' from piece;
    `);
    process.stderr.write(`\r  filled ${to + 1} of ${total} holdings`);
  }
  process.stderr.write('\n');
}

/** What the scenarios draw from. */
export interface Drawn {
  stores: string[];
  /** SKUs on the shelves of each store. */
  skusOf: ReadonlyMap<string, string[]>;
  models: string[];
  units: number;
  hot: { locationId: string; skuId: string };
}

export async function draw(db: pg.Client): Promise<Drawn> {
  const { rows: shelves } = await db.query<{ id: string; skus: string[] }>(
    `select l.id, array(select distinct h.sku_id from stock_holding h where h.location_id = l.id and h.closed_at is null) as skus
     from (select id from stock_location where kind = 'STORE' order by md5(id::text) limit 400) l`,
  );
  const { rows: models } = await db.query<{ id: string }>('select id from device_model');
  const { rows: known } = await db.query<{ units: number; location: string; sku: string }>(
    `select (select count(*)::int from stock_unit) as units, id as location, ${id('sku', "'0'")} as sku from stock_location where code = 'HOT'`,
  );
  const { units, location, sku } = known[0]!;
  return {
    stores: shelves.map((shelf) => shelf.id),
    skusOf: new Map(shelves.map((shelf) => [shelf.id, shelf.skus])),
    models: models.map((model) => model.id),
    units,
    hot: { locationId: location, skuId: sku },
  };
}

/** The fourteen digits of the IMEI of unit `n`. */
export const imeiOfUnit = (n: number): string =>
  `${35_000_000 + (n % (SKUS / 2))}${String(Math.floor(n / (SKUS / 2))).padStart(6, '0')}`;

/** Puts every unit back on the shelf, so that each measurement begins alike. */
export async function restock(db: pg.Client): Promise<void> {
  await db.query(`
    set synchronous_commit = off; set statement_timeout = 0; set session_replication_role = replica;
    update stock_holding set disposition = 'AVAILABLE', reserved_until = null where disposition = 'RESERVED';
    delete from reservation_line; delete from reservation; delete from outbox_event; delete from idempotency_key; delete from history;
    delete from stock_movement where kind = 'RESERVED';
    set session_replication_role = origin;`);
  for (const table of [
    'stock_holding',
    'reservation',
    'reservation_line',
    'outbox_event',
    'idempotency_key',
    'history',
    'stock_movement',
  ]) {
    await db.query(`vacuum analyze ${table}`);
  }
  await db.query('checkpoint');
}
