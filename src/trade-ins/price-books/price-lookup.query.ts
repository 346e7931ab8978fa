import type { EntityManager } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { FRUITLESS_STATES } from '../trades/trade-in.lifecycle.js';
import type { Buckets } from '../questions/questionnaire.js';
import type { PriceFound } from '../quotes/valuation.js';
import type { TradeInChannel } from '../rules/terms.words.js';

/** What a price is looked up by. */
export interface PriceQuestion {
  modelId: string;
  storageGb: number;
  buckets: Buckets;
  problems: readonly string[];
}

/** A price, and how the book stands that it comes from. */
export interface PriceLooked extends PriceFound {
  currency: string;
  frozen: boolean;
  /** The line by what it was looked up by, for counting how many were bought at it; null when there is none. */
  lineKey: string | null;
  /** How many are wanted at this price; null for any number. */
  wanted: number | null;
  /** How many of them were taken. */
  taken: number;
}

interface Row extends Omit<PriceLooked, 'lineMinor' | 'floorMinor' | 'deductions' | 'lineKey'> {
  lineMinor: string | null;
  floorMinor: string;
  deductions: { problem: string; amountMinor: number }[] | null;
}

/** $1 model, $2 storage, $3 lock, $4 grade, $5 function, $6 faults, $7 line key, $8 country or version, $9 channel */
const PRICE = `
  select v.id as "versionId", v.code as "versionCode", b.currency, v.frozen_at is not null as frozen,
         v.floor_minor as "floorMinor", l.amount_minor as "lineMinor", l.wanted,
         case when l.wanted is null then 0 else (
           select count(*)::int from trade_in t
           where t.price_version_id = v.id and t.line_key = $7 and not (${oneOf('t.status', FRUITLESS_STATES)})) end as taken,
         (select json_agg(json_build_object('problem', d.problem, 'amountMinor', d.amount_minor) order by d.problem)
          from price_deduction d where d.version_id = v.id and d.problem = any ($6::text[])) as deductions
  from price_book b
  join price_book_version v on v.book_id = b.id
  left join price_line l on l.version_id = v.id and l.model_id = $1 and l.storage_gb = $2 and l.carrier_lock = $3
                        and l.grade = $4 and l.functional = $5`;

const PRICE_NOW = `${PRICE}
  where b.country = $8 and b.channel in ($9, 'ANY') and v.status = 'ACTIVE' and v.effective_from <= now()
    and coalesce(v.effective_to > now(), true)
  order by (b.channel = 'ANY') limit 1`;

const PRICE_THEN = `${PRICE} where v.id = $8`;

type Db = Pick<EntityManager, 'query'>;

/** The price of a handset by the book in force; null where there is no book. One statement. */
export const priceNow = (db: Db, country: string, channel: TradeInChannel, asked: PriceQuestion) =>
  price(db, PRICE_NOW, [country, channel], asked);

/** The price of a handset by a version that a quote has frozen, whatever is in force now. One statement. */
export const priceThen = (db: Db, versionId: string, asked: PriceQuestion) => price(db, PRICE_THEN, [versionId], asked);

async function price(db: Db, sql: string, which: readonly string[], asked: PriceQuestion): Promise<PriceLooked | null> {
  const { modelId, storageGb, buckets, problems } = asked;
  const key = lineKeyOf(asked);
  const [row]: Row[] = await db.query(sql, [
    ...[modelId, storageGb, buckets.CARRIER_LOCK, buckets.GRADE, buckets.FUNCTION],
    ...[problems, key, ...which],
  ]);
  if (!row) return null;
  const lineMinor = row.lineMinor === null ? null : Number(row.lineMinor);
  return {
    ...row,
    lineMinor,
    floorMinor: Number(row.floorMinor),
    deductions: row.deductions ?? [],
    lineKey: lineMinor === null ? null : key,
  };
}

const lineKeyOf = ({ modelId, storageGb, buckets }: PriceQuestion): string =>
  [modelId, storageGb, buckets.CARRIER_LOCK, buckets.GRADE, buckets.FUNCTION].join(' ');
