import type pg from 'pg';
import { checkDigit } from '../../src/values/check-digits.js';
import type { BulkKind } from './bulk.js';

/** The serials of a TAC in no order. */
const figuresOf = (n: number): string =>
  `${35_676_005 + Math.floor(n / 1_000_000)}${String((n * 7_919) % 1_000_000).padStart(6, '0')}`;

function codeLine(n: number): string {
  const imei = figuresOf(n);
  const code = String((n * 48_271 + 11) % 100_000_000).padStart(8, '0');
  return `${imei}${checkDigit(imei)},MEP2,${code}${code},MEP-12345-001,PRD-12345-001,LOT-${Math.floor(n / 50_000)}\n`;
}

/** Billing knows the handsets, and the TAC tells their maker. */
async function seed(db: pg.Client, rows: number): Promise<void> {
  await db.query(`
    with maker as (insert into brand (id, name, key) values (gen_random_uuid(), 'BlackBerry', 'blackberry') returning id),
    model as (
      insert into device_model (id, brand_id, name, key, lifecycle, search_text, search_compact)
      select gen_random_uuid(), id, 'Q10', 'q10', 'ON_SALE', '', '' from maker returning id
    ), variant as (
      insert into device_variant (id, model_id, maker_code, storage_gb, colour)
      select gen_random_uuid(), id, 'SQN100-1', 16, 'Black' from model returning id
    )
    insert into tac_claim (tac, source, variant_id, confidence)
    select (35676005 + n)::text, 'BENCH', id, 90 from variant, generate_series(0, 9) n`);
  await db.query(
    `insert into device_record (id, imei14, sold_by_us, fraud_flag)
     select gen_random_uuid(), (35676005 + n / 1000000)::text || lpad((n % 1000000)::text, 6, '0'), true, false
     from generate_series(0, $1::int - 1) n`,
    [Math.ceil(rows / 1_000_000) * 1_000_000],
  );
  await db.query('vacuum analyze');
}

/** A maker's file of unlock codes. */
export const CODES: BulkKind = {
  kind: 'UNLOCK_CODES',
  tables: ['unlock_code_batch', 'unlock_code'],
  ground: ['data_key'],
  header: 'imei,code_type,code,mep_id,prd,lot',
  line: codeLine,
  seed,
};
