import type { INestApplicationContext } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { ImportWorker } from '../imports/running/import-worker.js';
import { Uploads } from '../imports/uploads.service.js';
import type { Call } from '../platform/caller.js';
import { PriceBooks } from '../trade-ins/price-books/price-books.service.js';
import { PriceVersions } from '../trade-ins/price-books/price-versions.service.js';
import type { TradeInRuleDto } from '../trade-ins/rules/trade-in-rule.dto.js';
import { TradeInRules } from '../trade-ins/rules/trade-in-rules.service.js';
import { SYNTHETIC_VERSION, syntheticPriceLines } from './sample-price-book.js';

const RULES = new URL('./sample/trade-in-rules.json', import.meta.url);

/** A rule as the file has it: models and locations by what people call them. */
interface SampleRule extends TradeInRuleDto {
  /** Models of a question set; none for all that no other names. */
  models?: string[];
  /** Kind of the location where handsets sent by mail are received. */
  receivesAt?: string;
}

/** Who does what of the sample, and who confirms it. */
export type CallFor = (what: string, second?: boolean) => Call;

/** Questions, terms, law and a synthetic price book for trade-ins, each put into force by a second person. */
export async function loadTradeIns(app: INestApplicationContext, callFor: CallFor): Promise<void> {
  await publishRules(app, callFor);
  await approvePrices(app, callFor);
}

async function publishRules(app: INestApplicationContext, callFor: CallFor): Promise<void> {
  const db = app.get(DataSource);
  const rules = app.get(TradeInRules);
  const known: { code: string }[] = await db.query(`select code from trade_in_rule where status = 'PUBLISHED'`);
  const codes = new Set(known.map(({ code }) => code));
  const sample = JSON.parse(await readFile(RULES, 'utf8')) as SampleRule[];
  for (const rule of sample.filter(({ code }) => !codes.has(code))) {
    const form = await namedToIds(db, rule);
    const { id } = await rules.draft(callFor(form.code), form);
    await rules.publish(callFor(form.code, true), id);
  }
}

async function namedToIds(db: DataSource, { models, receivesAt, ...form }: SampleRule): Promise<TradeInRuleDto> {
  if (form.questionSet) {
    const found: { id: string }[] = await db.query(
      `select m.id from device_model m join brand b on b.id = m.brand_id where b.name || ' ' || m.name = any ($1)`,
      [models ?? []],
    );
    return { ...form, questionSet: { ...form.questionSet, modelIds: found.map(({ id }) => id) } };
  }
  if (form.terms && receivesAt !== undefined) {
    const [place]: { id: string }[] = await db.query(
      'select id from stock_location where kind = $1 order by code limit 1',
      [receivesAt],
    );
    return { ...form, terms: { ...form.terms, receivesAtLocationId: place!.id } };
  }
  return form;
}

async function approvePrices(app: INestApplicationContext, callFor: CallFor): Promise<void> {
  const db = app.get(DataSource);
  const versions = app.get(PriceVersions);
  const standing = async () => {
    const [row]: { id: string; status: string }[] = await db.query(
      'select id, status from price_book_version where code = $1',
      [SYNTHETIC_VERSION.code],
    );
    return row;
  };
  const version = (await standing()) ?? (await draftPrices(app, callFor));
  if (version.status !== 'DRAFT') return;
  const order = { kind: 'PRICE_LINES', format: 'CSV', dryRun: false, allOrNothing: true } as const;
  const body = Readable.from([Buffer.from(await syntheticPriceLines(db))]);
  const { id: jobId } = await app.get(Uploads).receive(callFor('PRICE_LINES'), order, body);
  await app.get(ImportWorker).finish(jobId);
  await versions.approve(callFor('PRICE_LINES', true), version.id);
}

async function draftPrices(app: INestApplicationContext, callFor: CallFor) {
  const book = { code: 'US-TRADE-IN', country: 'US', channel: 'ANY', currency: 'USD' } as const;
  const { id } = await app.get(PriceBooks).create(callFor('price book'), book);
  return app.get(PriceVersions).draft(callFor('price version'), id, SYNTHETIC_VERSION);
}
