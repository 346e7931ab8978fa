import { nameKey, plainText, searchPatterns } from '../../devices/models/search-words.js';
import { Conditions, type Statement } from '../../platform/statement.js';
import type { CatalogueFilters } from './availability.dto.js';
import type { Origin } from './places.js';
import { CHANNELS, NEAR, OFFER_JSON, OFFERED, PLACES, PRICE, SHELF, SHOWN, TOTALS } from './shelf.sql.js';

/** Where in the list a page begins, and how many rows it has at most. */
export interface Place {
  rows: number;
  after: readonly (string | number)[] | undefined;
}

type Asked = CatalogueFilters;

/**
 * A page of the catalogue: ranked and cut first, priced and counted after, so that the work depends on the page and
 * not on the catalogue.
 */
export function offersPage(asked: Asked, origin: Origin, place: Place): Statement {
  const conditions = begun(asked, origin);
  const found = modelsFound(asked, conditions);
  filter(asked, conditions);
  begin(asked, conditions, place);
  const order = asked.q === undefined ? ['model', 'code'] : ['score desc', 'model', 'code'];
  const sql = `with ${NEAR}, ${found}, ${PLACES}, ranked as materialized (
      ${offers(asked, conditions)} order by ${order.join()} limit ${conditions.add(place.rows)}
    ), page as materialized (
      ${SHOWN} from ranked s join brand b on b.id = s.brand_id ${PRICE} ${CHANNELS}
    ), ${SHELF}, ${TOTALS}
    select o.score, o.model, o.code, ${OFFER_JSON} as view from page o left join totals t on t.sku_id = o.sku_id order by ${order.join()}`;
  return { sql, parameters: conditions.parameters };
}

/** How many SKUs of a search have which property. */
export function offersFacets(asked: Asked, origin: Origin): Statement {
  const conditions = begun(asked, origin);
  const found = modelsFound(asked, conditions);
  filter(asked, conditions);
  const sql = `with ${NEAR}, ${PLACES}, ${found}, offered as materialized (
      ${offers(asked, conditions)}
    ), shown as materialized (${SHOWN} from offered s join brand b on b.id = s.brand_id ${PRICE} ${CHANNELS})
    select f.facet, f.value, count(*)::int as count
    from shown o cross join lateral (values ('BRAND', o.brand), ('CONDITION', o.condition), ('GRADE', o.grade),
      ('STORAGE_GB', o.storage_gb::text), ('LIFECYCLE', o.lifecycle)) as f (facet, value)
    where f.value is not null group by f.facet, f.value
    union all
    select 'CHANNEL', c.channel, count(*)::int from shown o cross join lateral unnest(o.channels) as c (channel)
    group by c.channel
    order by 1, 3 desc, 2 limit 10000`;
  return { sql, parameters: conditions.parameters };
}

/**
 * The models a text finds. Found as a whole is worth more than word by word, and that more than similar: a till types
 * fast and badly.
 */
export function matching(q: string, add: (value: unknown) => string): { score: string; condition: string } {
  const { whole, words } = searchPatterns(q);
  // A text without a letter or digit would match everything.
  const [text, all] = [add(plainText(q)), add(whole === '%%' ? '%\u0001%' : whole)];
  const byWords = words.length ? `m.search_compact like all(${add(words)}::text[])` : 'false';
  return {
    score: `case when m.search_compact like ${all} then 2000 when ${byWords} then 1500
      else (1000 * word_similarity(${text}, m.search_text))::int end`,
    condition: `(m.search_compact like ${all} or ${byWords} or ${text} <% m.search_text)`,
  };
}

const begun = ({ currency = 'USD' }: Asked, { near, locationId }: Origin) =>
  new Conditions([...near, locationId, currency]);

function modelsFound({ q }: Asked, conditions: Conditions): string {
  if (q === undefined) return 'found as not materialized (select m.*, 0 as score from device_model m)';
  const { score, condition } = matching(q, (value) => conditions.add(value));
  return `found as materialized (select m.*, ${score} as score from device_model m where ${condition})`;
}

function offers(asked: Asked, conditions: Conditions): string {
  const priced = asked.priceFromMinor !== undefined || asked.priceToMinor !== undefined;
  return `select s.* from (
        select ${OFFERED}, m.score from found m join device_variant v on v.model_id = m.id join sku k on k.variant_id = v.id and k.condition <> 'USED'
      ) s ${asked.brand === undefined ? '' : 'join brand b on b.id = s.brand_id'}
      ${priced ? PRICE : ''} ${asked.channel === undefined ? '' : CHANNELS}
      where ${conditions.toString()}`;
}

function filter(asked: Asked, conditions: Conditions): void {
  conditions
    .only(asked.brand && nameKey(asked.brand), (place) => `b.key = ${place}`)
    .only(asked.condition, (place) => `s.condition = ${place}`)
    .only(asked.grade, (place) => `s.grade = ${place}`)
    .only(asked.storageGb, (place) => `s.storage_gb = ${place}`)
    .only(asked.lifecycle, (place) => `s.lifecycle = ${place}`)
    .only(asked.priceFromMinor, (place) => `p.amount_minor >= ${place}`)
    .only(asked.priceToMinor, (place) => `p.amount_minor <= ${place}`)
    .only(asked.channel, (place) => `${place} = any(coalesce(here.channels, everywhere.channels))`);
  if (asked.availableNear) {
    conditions.always(`exists (select from stock_holding h where h.sku_id = s.sku_id
      and (h.disposition = 'AVAILABLE' or (h.disposition = 'RESERVED' and h.reserved_until <= now() and not h.encumbered))
      and h.location_id = any(array(select id from near)))`);
  }
}

function begin({ q }: Asked, conditions: Conditions, { after }: Place): void {
  if (!after) return;
  const [name, code] = after.slice(-2).map((part) => conditions.add(part));
  const behind = `(s.model, s.code) > (${name}, ${code})`;
  if (q === undefined) {
    conditions.always(behind);
    return;
  }
  // A cursor is the client's to bend: a number beyond the column's range finds nothing rather than failing.
  const score = conditions.add(Math.max(-1, Math.min(Number(after[0]), 1_000_000)));
  conditions.always(`(s.score < ${score} or (s.score = ${score} and ${behind}))`);
}
