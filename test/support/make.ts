import type pg from 'pg';
import { checkDigit } from '../../src/values/check-digits.js';
import { newId } from '../../src/values/id.js';

export interface MadeSku {
  modelId: string;
  variantId: string;
  skuId: string;
  code: string;
  priceId: string;
}

export interface MadeUnit {
  unitId: string;
  holdingId: string;
  /** Fifteen digits. */
  imei: string;
}

/** Arranges what a story needs straight in the database; only what the test is about is spelled. */
export class Maker {
  private serial = 0;

  constructor(private readonly db: pg.Pool) {}

  async location(over: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = newId();
    const n = ++this.serial;
    return this.insert('stock_location', {
      id,
      code: `ST-${String(n).padStart(4, '0')}`,
      kind: 'STORE',
      name: `Store ${n}`,
      street: '1 Main Street',
      city: 'Seattle',
      region: 'WA',
      postcode: '98101',
      country: 'US',
      latitude: 47.61,
      longitude: -122.33,
      time_zone: 'America/Los_Angeles',
      opening_state: 'OPEN',
      remorse_days: 14,
      ...over,
    });
  }

  /** A refurbished Q10 of grade GOOD at $384.00, on sale, unless told otherwise. */
  async sku(
    over: { model?: object; variant?: object; sku?: object; price?: object; channels?: string[] } = {},
  ): Promise<MadeSku> {
    const n = ++this.serial;
    const brandId = await this.brand('BlackBerry');
    const modelId = await this.insert('device_model', {
      id: newId(),
      brand_id: brandId,
      name: `Q10 ${n}`,
      key: `q10-${n}`,
      lifecycle: 'ON_SALE',
      search_text: `blackberry q10 ${n} sqn100-1`,
      search_compact: `blackberry q10${n} sqn1001`,
      ...over.model,
    });
    const variantId = await this.insert('device_variant', {
      id: newId(),
      model_id: modelId,
      maker_code: 'SQN100-1',
      storage_gb: 16,
      colour: 'Black',
      ...over.variant,
    });
    const code = `BB-Q10-${n}-REF-GOOD`;
    const skuId = await this.insert('sku', {
      id: newId(),
      code,
      kind: 'DEVICE',
      variant_id: variantId,
      condition: 'REFURBISHED',
      grade: 'GOOD',
      ...over.sku,
    });
    const priceId = await this.price(skuId, over.price);
    await this.insert('sku_channel', {
      id: newId(),
      sku_id: skuId,
      channels: over.channels ?? ['IN_STORE', 'SHIP_TO_HOME'],
    });
    return { modelId, variantId, skuId, code, priceId };
  }

  async accessory(
    over: Readonly<Record<string, unknown>> = {},
  ): Promise<{ skuId: string; priceId: string; code: string }> {
    const n = ++this.serial;
    const code = `SIM-KIT-${n}`;
    const skuId = await this.insert('sku', {
      id: newId(),
      code,
      kind: 'ACCESSORY',
      name: `SIM kit ${n}`,
      condition: 'NEW',
      ...over,
    });
    const priceId = await this.price(skuId, { amount_minor: 1000, months: null });
    await this.insert('sku_channel', { id: newId(), sku_id: skuId, channels: ['IN_STORE'] });
    return { skuId, priceId, code };
  }

  price(skuId: string, over: object = {}): Promise<string> {
    return this.insert('price', {
      id: newId(),
      sku_id: skuId,
      currency: 'USD',
      amount_minor: 38400,
      down_payment_minor: 0,
      months: 24,
      remainder: 'FIRST',
      effective_from: '2014-02-01T00:00:00Z',
      set_by: 'test',
      ...over,
    });
  }

  /** A unit from the maker that stands AVAILABLE at the location, its receipt in the ledger, unless told otherwise. */
  async unit(
    sku: { skuId: string; variantId: string },
    locationId: string,
    over: Readonly<Record<string, unknown>> = {},
  ): Promise<MadeUnit> {
    const unitId = newId();
    const holdingId = newId();
    const imei14 = `35676005${String(++this.serial).padStart(6, '0')}`;
    await this.insert('stock_unit', { id: unitId, variant_id: sku.variantId });
    await this.db.query(`insert into unit_identifier (unit_id, kind, value, position) values ($1, 'IMEI', $2, 1)`, [
      unitId,
      imei14,
    ]);
    const holding = {
      id: holdingId,
      unit_id: unitId,
      sku_id: sku.skuId,
      location_id: locationId,
      disposition: 'AVAILABLE',
      provenance: 'NEW_PO',
      received_at: '2026-01-05T09:00:00Z',
      cost_minor: 2000,
      currency: 'USD',
      cosmetic: 'B',
      functional: 0,
      battery_pct: 90,
      lock_state: 'UNLOCKED',
      erasure: 'PASS',
      kit_complete: true,
      warranty_days: 90,
      pick_key: Math.floor(Math.random() * 2 ** 31),
      ...over,
    };
    await this.insert('stock_holding', holding);
    await this.insert('stock_movement', {
      id: newId(),
      location_id: locationId,
      sku_id: sku.skuId,
      unit_id: unitId,
      holding_id: holdingId,
      kind: 'RECEIVED',
      on_hand: 1,
      free: holding.disposition === 'AVAILABLE' ? 1 : 0,
      to_disposition: holding.disposition,
      actor: 'test',
      correlation_id: 'test',
      occurred_at: holding.received_at,
    });
    return { unitId, holdingId, imei: imei14 + checkDigit(imei14) };
  }

  async units(sku: { skuId: string; variantId: string }, locationId: string, count: number): Promise<MadeUnit[]> {
    const made: MadeUnit[] = [];
    for (let n = 0; n < count; n++) made.push(await this.unit(sku, locationId));
    return made;
  }

  /** Units for thousands of customers, in one statement: nobody can scan them, they have no identifiers. */
  async shelf({ skuId, variantId }: { skuId: string; variantId: string }, locationId: string, count: number) {
    await this.db.query(
      `with made as (
         insert into stock_unit (id, variant_id) select gen_random_uuid(), $1 from generate_series(1, $4) returning id
       ), held as (
         insert into stock_holding (id, unit_id, sku_id, location_id, disposition, provenance, received_at, cost_minor, currency,
           cosmetic, functional, battery_pct, lock_state, erasure, kit_complete, warranty_days, pick_key)
         select gen_random_uuid(), id, $2, $3, 'AVAILABLE', 'NEW_PO', now(), 2000, 'USD', 'B', 0, 90, 'UNLOCKED', 'PASS', true,
           90, (random() * 2147483646)::int from made returning id, unit_id
       )
       insert into stock_movement (id, location_id, sku_id, unit_id, holding_id, kind, on_hand, free, to_disposition, actor, correlation_id)
       select gen_random_uuid(), $3, $2, unit_id, id, 'RECEIVED', 1, 1, 'AVAILABLE', 'test', 'test' from held`,
      [variantId, skuId, locationId, count],
    );
  }

  async bulk(skuId: string, locationId: string, onHand: number): Promise<void> {
    await this.db.query('insert into bulk_stock (location_id, sku_id, on_hand) values ($1, $2, $3)', [
      locationId,
      skuId,
      onHand,
    ]);
    await this.insert('stock_movement', {
      id: newId(),
      location_id: locationId,
      sku_id: skuId,
      kind: 'RECEIVED',
      on_hand: onHand,
      free: onHand,
      actor: 'test',
      correlation_id: 'test',
    });
  }

  async insert(table: string, row: Readonly<Record<string, unknown>>): Promise<string> {
    const columns = Object.keys(row);
    const places = columns.map((_, at) => `$${at + 1}`);
    await this.db.query(`insert into ${table} (${columns.join()}) values (${places.join()})`, Object.values(row));
    return row['id'] as string;
  }

  private async brand(name: string): Promise<string> {
    const key = name.toLowerCase();
    await this.db.query('insert into brand (id, name, key) values ($1, $2, $3) on conflict do nothing', [
      newId(),
      name,
      key,
    ]);
    const { rows } = await this.db.query<{ id: string }>('select id from brand where key = $1', [key]);
    return rows[0]!.id;
  }
}
