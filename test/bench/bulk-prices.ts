import type pg from 'pg';
import type { BulkKind } from './bulk.js';

const VERSION = 'BULK-1';
const STORAGES = [16, 32, 64, 128, 256];
const LOCKS = ['UNLOCKED', 'LOCKED'];
const GRADES = ['FLAWLESS', 'GOOD', 'AVERAGE', 'POOR', 'BROKEN'];
const FUNCTIONS = ['WORKING', 'FAULTY'];
const PER_MODEL = STORAGES.length * LOCKS.length * GRADES.length * FUNCTIONS.length;

function priceLine(n: number): string {
  let left = n;
  const of = <T>(list: readonly T[]): T => {
    const one = list[left % list.length]!;
    left = Math.floor(left / list.length);
    return one;
  };
  const [functional, grade, lock, storage] = [of(FUNCTIONS), of(GRADES), of(LOCKS), of(STORAGES)];
  return `${VERSION},Brand ${left % 50},Phone ${left},${storage},${lock},${grade},${functional},${50 + (n % 700)}.00\n`;
}

/** A catalogue with as many models as the lines name, and a version to be filled. */
async function seed(db: pg.Client, rows: number): Promise<void> {
  const models = Math.ceil(rows / PER_MODEL);
  await db.query(`
    insert into brand (id, name, key) select md5('brand' || n)::uuid, 'Brand ' || n, 'brand-' || n from generate_series(0, 49) n;
    insert into device_model (id, brand_id, name, key, lifecycle, search_text, search_compact)
      select gen_random_uuid(), md5('brand' || n % 50)::uuid, 'Phone ' || n, 'phone-' || n, 'ON_SALE', '', ''
      from generate_series(0, ${models - 1}) n;
    insert into price_book (id, code, country, channel, currency)
      values ('0190c000-0000-7000-8000-0000000000b1', 'BULK', 'US', 'ANY', 'USD');
    insert into price_book_version (id, book_id, code, status, authors, effective_from, floor_minor, stale_after_days)
      values (gen_random_uuid(), '0190c000-0000-7000-8000-0000000000b1', '${VERSION}', 'DRAFT', '{bench}', now(), 500, 90)`);
  await db.query('vacuum analyze');
}

/** What a carrier pays for handsets, as one file. */
export const PRICES: BulkKind = {
  kind: 'PRICE_LINES',
  tables: ['price_line'],
  ground: [],
  header: 'version,brand,model,storage_gb,carrier_lock,grade,functional,amount',
  line: priceLine,
  seed,
};
