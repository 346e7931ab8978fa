import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Rule {
  kind: string;
  code: string;
  models?: string[];
  receivesAt?: string;
  questionSet?: { modelIds?: string[] };
  terms?: { receivesAtLocationId?: string };
  [field: string]: unknown;
}

const sample = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../src/local/sample/trade-in-rules.json'), 'utf8'),
) as Rule[];

/** A rule of the sample carrier by its code, with ids in place of names. */
export function sampleRule(code: string, ids: { modelIds?: string[]; receivesAt?: string } = {}): Rule {
  const { models: _, receivesAt: _at, ...rule } = structuredClone(sample.find((one) => one.code === code)!);
  if (rule.questionSet) rule.questionSet.modelIds = ids.modelIds ?? [];
  if (rule.terms && ids.receivesAt) rule.terms.receivesAtLocationId = ids.receivesAt;
  return rule;
}

/** What the owner of a Q10 says that is like new. */
export const LIKE_NEW = {
  OWNER: 'YES',
  BATTERY: 'SAFE',
  POWER: 'YES',
  ACCOUNT_LOCK: 'YES',
  CARRIER_LOCK: 'UNLOCKED',
  SCREEN: 'FLAWLESS',
  BODY: 'FLAWLESS',
  LIQUID: 'NO',
  KEYBOARD: 'YES',
  FUNCTIONS: 'ALL',
  PARTS: 'YES',
};

/** Answers as the API takes them; a question that is not asked is left out by null. */
export const answers = (over: Readonly<Record<string, string | null>> = {}) =>
  Object.entries({ ...LIKE_NEW, ...over }).flatMap(([question, answer]) =>
    answer === null ? [] : [{ question, answer }],
  );

/** What the book of the tests pays for a Q10 of 16 GB, in cents. */
export const PRICES: readonly [lock: string, grade: string, functional: string, amountMinor: number][] = [
  ['UNLOCKED', 'FLAWLESS', 'WORKING', 12_000],
  ['UNLOCKED', 'GOOD', 'WORKING', 10_000],
  ['UNLOCKED', 'AVERAGE', 'WORKING', 7_000],
  ['UNLOCKED', 'BROKEN', 'FAULTY', 2_000],
  ['UNLOCKED', 'FLAWLESS', 'FAULTY', 4_000],
  ['UNLOCKED', 'GOOD', 'FAULTY', 3_000],
  ['LOCKED', 'GOOD', 'WORKING', 8_000],
];

export const priceFile = (version: string, brand: string, model: string): string =>
  [
    'version,brand,model,storage_gb,carrier_lock,grade,functional,amount',
    ...PRICES.map(([lock, grade, functional, minor]) =>
      [version, brand, model, 16, lock, grade, functional, (minor / 100).toFixed(2)].join(),
    ),
  ].join('\n');
