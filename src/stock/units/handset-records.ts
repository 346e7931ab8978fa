import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { tacOf } from '../../values/check-digits.js';
import type { HoldingDisposition } from './stock-holding.lifecycle.js';

/** What our own books and the TAC lists say of a handset. */
export interface HandsetRecord {
  imei14: string;
  /** The first IMEI of the handset: its name among requests, whichever of its IMEIs is asked about. */
  deviceImei14: string;
  /** Its other IMEIs. */
  otherImei14s: string[];
  unitId: string | null;
  /** Whether we ever sold it; null when it never stood in our books. */
  sold: boolean | null;
  /** The day of its last sale by our books, in the store's zone. */
  soldOn: string | null;
  /** How it stands with us; null when we do not have it. */
  held: HoldingDisposition | null;
  variantId: string | null;
  brand: string | null;
  model: string | null;
  makerCode: string | null;
}

/** $1 IMEIs of fourteen digits, $2 their TACs */
const RECORDS = `
  select asked.imei14, coalesce(own.first, asked.imei14) as "deviceImei14",
         coalesce(own.others, '{}') as "otherImei14s", own.unit_id as "unitId", own.sold,
         own.sold_on::text as "soldOn", own.held, v.id as "variantId",
         b.name as brand, m.name as model, v.maker_code as "makerCode"
  from unnest($1::text[], $2::text[]) with ordinality as asked (imei14, tac, n)
  left join lateral (
    select u.id as unit_id, u.variant_id,
           (array_agg(o.value order by o.position, o.value))[1] as first,
           array_agg(o.value order by o.position, o.value) filter (where o.value <> asked.imei14) as others,
           exists (select from stock_holding h where h.unit_id = u.id and h.disposition = 'SOLD') as sold,
           (select (h.closed_at at time zone l.time_zone)::date from stock_holding h
            join stock_location l on l.id = h.location_id
            where h.unit_id = u.id and h.disposition = 'SOLD' order by h.closed_at desc limit 1) as sold_on,
           (select h.disposition from stock_holding h where h.unit_id = u.id and h.closed_at is null) as held
    from unit_identifier i
    join stock_unit u on u.id = i.unit_id
    join unit_identifier o on o.unit_id = u.id and o.kind = 'IMEI' and o.revoked_at is null
    where i.kind = 'IMEI' and i.value = asked.imei14 and i.revoked_at is null
    group by u.id, u.variant_id
  ) own on true
  left join lateral (
    select variant_id from tac_claim where tac = asked.tac and own.unit_id is null
    order by confidence desc, source, variant_id limit 1
  ) claimed on true
  left join device_variant v on v.id = coalesce(own.variant_id, claimed.variant_id)
  left join device_model m on m.id = v.model_id
  left join brand b on b.id = m.brand_id
  order by asked.n`;

/** Which handset an IMEI belongs to and whether we sold it, for rooms that deal with handsets out in the world. */
@Injectable()
export class HandsetRecords {
  constructor(private readonly db: DataSource) {}

  /** One record an IMEI, in their order; one statement for all of them. */
  async recordsOf(imei14s: readonly string[]): Promise<HandsetRecord[]> {
    return this.db.query(RECORDS, [imei14s, imei14s.map(tacOf)]);
  }
}
