import { DISTANCE_KM, IS_NEARBY } from '../locations/nearby.js';

/** Parameters 1 to 6 say what is near (see nearby.ts); 7 is the location reckoned from, or null. */
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
      where disposition = 'AVAILABLE' and location_id = any(array(select id from places)) and sku_id = any(array(select sku_id from page))
      group by sku_id, location_id
      union all
      select sku_id, location_id, count(*) from stock_holding
      where disposition = 'RESERVED' and reserved_until <= now() and not encumbered
        and location_id = any(array(select id from places)) and sku_id = any(array(select sku_id from page))
      group by sku_id, location_id
    ) counted group by sku_id, location_id
  )`;

const EVERY_MODEL = `matched as (select m.*, 0 as score from device_model m)`;

/**
 * Models a text finds, $18 as plain text, $19 and $20 as patterns of its compact form. Found as a whole is worth more
 * than word by word, and that more than similar: a till types fast and badly.
 */
const MODELS_FOUND = `matched as materialized (
    select m.*, case when m.search_compact like $19 then 2000
      when cardinality($20::text[]) > 0 and m.search_compact like all($20::text[]) then 1500
      else (1000 * word_similarity($18, m.search_text))::int end as score
    from device_model m
    where m.search_compact like $19 or (cardinality($20::text[]) > 0 and m.search_compact like all($20::text[]))
      or $18 <% m.search_text
  )`;

/** $7 location reckoned from, $8 currency, $9 to $17 the filters. */
const OFFERS = `
    from matched m
    join brand b on b.id = m.brand_id
    join device_variant v on v.model_id = m.id
    join sku s on s.variant_id = v.id
    left join lateral (select * from price where sku_id = s.id and currency = $8 and effective_from <= now()
                       order by effective_from desc limit 1) p on true
    left join sku_channel everywhere on everywhere.sku_id = s.id and everywhere.location_id is null
    left join sku_channel here on here.sku_id = s.id and here.location_id = $7::uuid
    where ($9::text is null or b.key = $9) and ($10::text is null or s.condition = $10) and ($11::text is null or s.grade = $11)
      and ($12::int is null or v.storage_gb = $12) and ($13::bigint is null or p.amount_minor >= $13)
      and ($14::bigint is null or p.amount_minor <= $14)
      and ($15::text is null or $15 = any(coalesce(here.channels, everywhere.channels)))
      and ($16::text is null or m.lifecycle = $16)
      and (not $17::boolean or exists (
        select from stock_holding h where h.disposition = 'AVAILABLE' and h.sku_id = s.id
          and h.location_id = any(array(select id from near))))`;

const OFFER_COLUMNS = `s.id as sku_id, s.code, s.condition, s.grade, m.id as model_id, m.name as model, m.lifecycle, m.score,
    v.id as variant_id, v.maker_code, v.storage_gb, v.colour, b.name as brand,
    coalesce(here.channels, everywhere.channels, '{}') as channels, p.id as price_id, p.amount_minor, p.down_payment_minor, p.months`;

const OFFER_JSON = `json_build_object('skuId', o.sku_id, 'code', o.code, 'modelId', o.model_id, 'variantId', o.variant_id,
    'brand', o.brand, 'model', o.model, 'makerCode', o.maker_code, 'storageGb', o.storage_gb, 'colour', o.colour,
    'condition', o.condition, 'grade', o.grade, 'lifecycle', o.lifecycle, 'channels', o.channels,
    'price', case when o.price_id is not null then json_build_object('currency', $8, 'amountMinor', o.amount_minor,
       'downPaymentMinor', o.down_payment_minor, 'months', o.months) end,
    'available', json_build_object(
       'here', case when $7::uuid is not null then coalesce((select pieces from shelf where sku_id = o.sku_id and location_id = $7), 0) end,
       'nearby', near_by.pieces, 'nearbyStores', near_by.stores))`;

const OFFERS_WITH_STOCK = `
  select o.score, o.model, o.code, ${OFFER_JSON} as view
  from page o
  cross join lateral (select coalesce(sum(pieces), 0)::int as pieces, count(*)::int as stores
                      from shelf join near on near.id = shelf.location_id where shelf.sku_id = o.sku_id) near_by`;

const PLACES = `places as materialized (select id from near union select $7::uuid where $7 is not null)`;

const page = (matched: string, after: string, order: string, limit: string) => `
  with ${NEAR}, ${matched}, ${PLACES}, page as materialized (
    select ${OFFER_COLUMNS} ${OFFERS} ${after} order by ${order} limit ${limit}
  ), ${SHELF} ${OFFERS_WITH_STOCK} order by ${order.replaceAll(/\b[ms]\./g, 'o.').replace('o.name', 'o.model')}`;

/** The catalogue by name: $18 rows, $19 name and $20 code last seen or null. */
export const BROWSE = page(
  EVERY_MODEL,
  'and ($19::text is null or (m.name, s.code) > ($19, $20::text))',
  'm.name, s.code',
  '$18',
);

/** What a text finds, the best first: $21 rows, $22 score, $23 name and $24 code last seen or null. */
export const SEARCH = page(
  MODELS_FOUND,
  'and ($22::int is null or m.score < $22 or (m.score = $22 and (m.name, s.code) > ($23::text, $24::text)))',
  'm.score desc, m.name, s.code',
  '$21',
);

const facets = (matched: string) => `
  with ${NEAR}, ${matched}, offers as materialized (select ${OFFER_COLUMNS} ${OFFERS})
  select f.facet, f.value, count(*)::int as count
  from offers o cross join lateral (values ('BRAND', o.brand), ('CONDITION', o.condition), ('GRADE', o.grade),
    ('STORAGE_GB', o.storage_gb::text), ('LIFECYCLE', o.lifecycle)) as f (facet, value)
  where f.value is not null group by f.facet, f.value
  union all
  select 'CHANNEL', c.channel, count(*)::int from offers o cross join lateral unnest(o.channels) as c (channel) group by c.channel
  order by 1, 3 desc, 2 limit 10000`;

export const BROWSE_FACETS = facets(EVERY_MODEL);
export const SEARCH_FACETS = facets(MODELS_FOUND);

/** Stores near that have any SKU of `page`, each with what it has, the nearest first. */
const STORES = `
  select json_build_object('locationId', n.id, 'code', n.code, 'name', n.name, 'city', n.city, 'openingState', n.opening_state,
    'distanceKm', n.distance, 'stock', json_agg(json_build_object('skuId', o.sku_id, 'code', o.code, 'condition', o.condition,
      'grade', o.grade, 'available', h.pieces) order by o.code)) as view
  from near n join shelf h on h.location_id = n.id join page o on o.sku_id = h.sku_id`;

const STORES_END = `group by n.id, n.code, n.name, n.city, n.opening_state, n.distance order by n.distance, n.code limit 200`;

const NEAR_PLACES = `places as materialized (select id from near)`;

/** $7 currency, $8 model, $9 location reckoned from: the model, its offers and the stores near, in one row. */
export const MODEL_WITH_STOCK = `
  with ${NEAR}, places as materialized (select id from near union select $9::uuid where $9 is not null),
  page as materialized (
    select s.id as sku_id, s.code, s.condition, s.grade, m.id as model_id, m.name as model, m.lifecycle, v.id as variant_id, v.maker_code,
      v.storage_gb, v.colour, b.name as brand, coalesce(here.channels, everywhere.channels, '{}') as channels,
      p.id as price_id, p.amount_minor, p.down_payment_minor, p.months
    from device_model m join brand b on b.id = m.brand_id join device_variant v on v.model_id = m.id join sku s on s.variant_id = v.id
    left join lateral (select * from price where sku_id = s.id and currency = $7 and effective_from <= now()
                       order by effective_from desc limit 1) p on true
    left join sku_channel everywhere on everywhere.sku_id = s.id and everywhere.location_id is null
    left join sku_channel here on here.sku_id = s.id and here.location_id = $9::uuid
    where m.id = $8
  ), ${SHELF}, stores as (${STORES} ${STORES_END})
  select m.id as "modelId", b.name as brand, m.name as model, m.lifecycle,
    (select coalesce(json_agg(${OFFER_JSON.replaceAll('$7', '$9').replaceAll('$8', '$7')} order by o.code), '[]') from page o
     cross join lateral (select coalesce(sum(pieces), 0)::int as pieces, count(*)::int as stores
                         from shelf join near on near.id = shelf.location_id where shelf.sku_id = o.sku_id) near_by) as offers,
    (select coalesce(json_agg(view), '[]') from stores) as stores
  from device_model m join brand b on b.id = m.brand_id where m.id = $8`;

/** $7 SKU, $8 model, $9 condition, $10 grade, $11 channel, each or null; with a text also $12 to $14 as in a search. */
const availability = (found: string) => `
  with ${NEAR}, ${NEAR_PLACES}, page as materialized (
    select s.id as sku_id, s.code, s.condition, s.grade, everywhere.channels
    from sku s
    left join device_variant v on v.id = s.variant_id left join device_model m on m.id = v.model_id
    left join sku_channel everywhere on everywhere.sku_id = s.id and everywhere.location_id is null
    where ($7::uuid is null or s.id = $7) and ($8::uuid is null or m.id = $8) and ($9::text is null or s.condition = $9)
      and ($10::text is null or s.grade = $10) ${found}
  ), ${SHELF}
  ${STORES} left join sku_channel here on here.sku_id = o.sku_id and here.location_id = n.id
  where $11::text is null or $11 = any(coalesce(here.channels, o.channels)) ${STORES_END}`;

export const AVAILABILITY = availability('');
export const AVAILABILITY_FOUND = availability(`and (m.search_compact like $13
  or (cardinality($14::text[]) > 0 and m.search_compact like all($14::text[])) or $12 <% m.search_text)`);
