import type { DataSource } from 'typeorm';

/** A model as the sample prices it: by what it cost when it was last sold new. */
interface PricedModel {
  brand: string;
  model: string;
  storageGb: number;
  newMinor: number;
}

const VERSION = 'SYNTHETIC-US-1';

/** What used handsets of several years' age were worth of their new price, at the median of a public data set. */
const USED_TO_NEW = 0.36;
const GRADES = { FLAWLESS: 1, GOOD: 0.85, AVERAGE: 0.65, BROKEN: 0.3 } as const;
const FUNCTIONS = { WORKING: 1, FAULTY: 0.35 } as const;
const LOCKS = { UNLOCKED: 1, LOCKED: 0.8 } as const;
/** Less than this is no price but recycling, in minor units. */
const LEAST_MINOR = 500;
const WHOLE_DOLLAR = 100;

const MODELS = `
  select b.name as brand, m.name as model, v.storage_gb as "storageGb", max(p.amount_minor)::float8 as "newMinor"
  from device_model m join brand b on b.id = m.brand_id join device_variant v on v.model_id = m.id
  join sku s on s.variant_id = v.id and s.condition = 'NEW'
  join price p on p.sku_id = s.id and p.currency = 'USD'
  group by b.name, m.name, v.storage_gb order by b.name, m.name, v.storage_gb`;

/** A price book made by rule from the sample's own prices: to try the program with, and clearly not anybody's prices. */
export async function syntheticPriceLines(db: DataSource): Promise<string> {
  const models: PricedModel[] = await db.query(MODELS);
  const header = 'version,brand,model,storage_gb,carrier_lock,grade,functional,amount';
  return [header, ...models.flatMap(linesOf)].join('\n');
}

function linesOf({ brand, model, storageGb, newMinor }: PricedModel): string[] {
  const lines: string[] = [];
  for (const [lock, ofLock] of Object.entries(LOCKS)) {
    for (const [grade, ofGrade] of Object.entries(GRADES)) {
      for (const [functional, ofFunction] of Object.entries(FUNCTIONS)) {
        const exact = newMinor * USED_TO_NEW * ofLock * ofGrade * ofFunction;
        const minor = Math.round(exact / WHOLE_DOLLAR) * WHOLE_DOLLAR;
        if (minor < LEAST_MINOR) continue;
        lines.push([VERSION, brand, model, storageGb, lock, grade, functional, (minor / 100).toFixed(2)].join());
      }
    }
  }
  return lines;
}

export const SYNTHETIC_VERSION = {
  ...{ code: VERSION, floorMinor: LEAST_MINOR, staleAfterDays: 90, freezeAfterDays: 365, freezeDropPercent: 40 },
  deductions: [
    { problem: 'KEYBOARD_FAULT', amountMinor: 2000 },
    { problem: 'NON_GENUINE_PARTS', amountMinor: 1500 },
  ],
  source: 'Made by rule from the prices of the sample carrier: synthetic',
};
