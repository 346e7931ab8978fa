import { DISTANCE_KM, IS_NEARBY } from '../locations/nearby.js';

/** Open stores within the radius; parameters 1 to 6 say from where and how far (see nearby.ts). */
export const NEAR = `near as materialized (
    select l.id, l.code, l.name, l.city, l.opening_state, round(${DISTANCE_KM}::numeric, 1) as distance
    from stock_location l where l.kind = 'STORE' and l.opening_state = 'OPEN' and ${IS_NEARBY}
  )`;

/**
 * Free pieces on the shelves of `places` of the SKUs of `page`: counted by index from the units themselves, never
 * from a number kept beside them. A reservation that has run out holds nothing, swept or not.
 */
export const SHELF = `shelf as materialized (
    select sku_id, location_id, sum(pieces)::int as pieces from (
      select sku_id, location_id, count(*) as pieces from stock_holding
      where disposition = 'AVAILABLE' and location_id = any(array(select id from places))
        and sku_id = any(array(select sku_id from page))
      group by sku_id, location_id
      union all
      select sku_id, location_id, count(*) from stock_holding
      where disposition = 'RESERVED' and reserved_until <= now() and not encumbered
        and location_id = any(array(select id from places)) and sku_id = any(array(select sku_id from page))
      group by sku_id, location_id
      union all
      select sku_id, location_id, on_hand - reserved from bulk_stock
      where on_hand > reserved and location_id = any(array(select id from places))
        and sku_id = any(array(select sku_id from page))
    ) counted group by sku_id, location_id
  )`;

/** Price in force, and channels at the location $7, of a SKU `s`; $8 is the currency. */
export const PRICE = `left join lateral (
      select id, amount_minor, down_payment_minor, months from price
      where sku_id = s.sku_id and currency = $8 and effective_from <= now()
      order by effective_from desc limit 1) p on true`;
export const CHANNELS = `left join sku_channel everywhere on everywhere.sku_id = s.sku_id and everywhere.location_id is null
    left join sku_channel here on here.sku_id = s.sku_id and here.location_id = $7::uuid`;

/** Adds to SKUs `s` of the page what a till shows with them. */
export const SHOWN = `select s.*, b.name as brand, coalesce(here.channels, everywhere.channels, '{}') as channels,
      p.id as price_id, p.amount_minor, p.down_payment_minor, p.months`;

/** What the shelves hold of each SKU: at the location $7, and at all stores near. */
export const TOTALS = `totals as materialized (
    select h.sku_id, sum(h.pieces) filter (where n.id is not null)::int as nearby, count(n.id)::int as stores,
      sum(h.pieces) filter (where h.location_id = $7)::int as here
    from shelf h left join near n on n.id = h.location_id group by h.sku_id
  )`;

/** An offer `o` with its totals `t` as the API shows it. */
export const OFFER_JSON = `json_build_object('skuId', o.sku_id, 'code', o.code, 'modelId', o.model_id, 'variantId', o.variant_id,
    'brand', o.brand, 'model', o.model, 'makerCode', o.maker_code, 'storageGb', o.storage_gb, 'colour', o.colour,
    'condition', o.condition, 'grade', o.grade, 'lifecycle', o.lifecycle, 'channels', o.channels,
    'price', case when o.price_id is not null then json_build_object('currency', $8, 'amountMinor', o.amount_minor,
       'downPaymentMinor', o.down_payment_minor, 'months', o.months) end,
    'available', json_build_object('here', case when $7::uuid is not null then coalesce(t.here, 0) end,
       'nearby', coalesce(t.nearby, 0), 'nearbyStores', coalesce(t.stores, 0)))`;

/** The columns of a SKU that an offer shows, from model `m`, variant `v` and SKU `k`. */
export const OFFERED = `k.id as sku_id, k.code, k.condition, k.grade, m.id as model_id, m.brand_id, m.name as model, m.lifecycle,
      v.id as variant_id, v.maker_code, v.storage_gb, v.colour`;

/** The stores near and the location $7. */
export const PLACES = `places as materialized (select id from near union select $7::uuid where $7 is not null)`;
