import { Conditions, type Statement } from '../../platform/statement.js';
import { matching } from './offers.query.js';
import type { AvailabilityQuery } from './availability.dto.js';
import type { Origin } from './places.js';
import { CHANNELS, NEAR, OFFER_JSON, OFFERED, PLACES, PRICE, SHELF, SHOWN, TOTALS } from './shelf.sql.js';

/** Stores near that have any SKU of `page`, each with what it has. */
const STORES = `select json_build_object('locationId', n.id, 'code', n.code, 'name', n.name, 'city', n.city,
      'openingState', n.opening_state, 'distanceKm', n.distance, 'stock', json_agg(json_build_object('skuId', o.sku_id,
        'code', o.code, 'condition', o.condition, 'grade', o.grade, 'available', h.pieces) order by o.code)) as view
    from near n join shelf h on h.location_id = n.id join page o on o.sku_id = h.sku_id`;

const NEAREST_FIRST = `group by n.id, n.code, n.name, n.city, n.opening_state, n.distance
    order by n.distance, n.code limit 200`;

/** $1 to $6 what is near, $7 location reckoned from, $8 currency, $9 model: one row with offers and stores. */
export const MODEL_WITH_STOCK = `
  with ${NEAR}, ${PLACES}, ranked as materialized (
    select ${OFFERED} from device_model m join device_variant v on v.model_id = m.id join sku k on k.variant_id = v.id
    where m.id = $9 and k.condition <> 'USED'
  ), page as materialized (
    ${SHOWN} from ranked s join brand b on b.id = s.brand_id ${PRICE} ${CHANNELS}
  ), ${SHELF}, ${TOTALS}, stores as (${STORES} ${NEAREST_FIRST})
  select m.id as "modelId", b.name as brand, m.name as model, m.lifecycle,
    (select coalesce(json_agg(${OFFER_JSON} order by o.code), '[]') from page o
     left join totals t on t.sku_id = o.sku_id) as offers,
    (select coalesce(json_agg(view), '[]') from stores) as stores
  from device_model m join brand b on b.id = m.brand_id where m.id = $9`;

/** The stores near that have what is asked for, the nearest first. */
export function storesWith(asked: AvailabilityQuery, { near }: Origin): Statement {
  const conditions = new Conditions([...near])
    .only(asked.skuId, (place) => `k.id = ${place}`)
    .only(asked.modelId, (place) => `m.id = ${place}`)
    .only(asked.condition, (place) => `k.condition = ${place}`)
    .only(asked.grade, (place) => `k.grade = ${place}`);
  if (asked.q !== undefined) conditions.always(matching(asked.q, (value) => conditions.add(value)).condition);
  const boughtThisWay = new Conditions(conditions.parameters).only(
    asked.channel,
    (place) => `${place} = any(coalesce(here.channels, everywhere.channels))`,
  );
  const sql = `with ${NEAR}, places as materialized (select id from near), page as materialized (
      select k.id as sku_id, k.code, k.condition, k.grade from sku k
      left join device_variant v on v.id = k.variant_id left join device_model m on m.id = v.model_id
      where ${conditions.toString()}
    ), ${SHELF}
    ${STORES}
    left join sku_channel everywhere on everywhere.sku_id = o.sku_id and everywhere.location_id is null
    left join sku_channel here on here.sku_id = o.sku_id and here.location_id = n.id
    where ${boughtThisWay.toString()} ${NEAREST_FIRST}`;
  return { sql, parameters: conditions.parameters };
}
