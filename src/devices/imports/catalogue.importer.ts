import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Importer, Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { newId } from '../../values/id.js';
import { refreshSearch } from '../models/refresh-search.js';
import { CataloguePlan } from './catalogue-plan.js';
import { readPresent } from './catalogue-present.js';
import { CATALOGUE_COLUMNS, catalogueFaults, type CatalogueRow } from './catalogue-row.js';

/** Brands, models, hardware and SKUs: a line a SKU. */
@Injectable()
export class CatalogueImporter implements Importer<CatalogueRow>, OnModuleInit {
  readonly kind = 'CATALOGUE';
  readonly columns = CATALOGUE_COLUMNS;
  readonly check = catalogueFaults;

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  begin() {
    return async (tx: EntityManager, rows: readonly CatalogueRow[]): Promise<Outcome[]> => {
      const plan = new CataloguePlan(await readPresent(tx, rows));
      const outcomes = rows.map((row) => plan.decide(row));
      await writeModels(tx, plan);
      await writeVariants(tx, plan);
      await writeSkus(tx, plan);
      const touched = [...plan.newModels, ...plan.changedModels].map(({ id }) => id);
      const hardware = plan.newVariants.map(({ model_id }) => model_id);
      const found = [...new Set([...touched, ...hardware])];
      if (found.length) await refreshSearch(tx, found);
      return outcomes;
    };
  }
}

const MODEL = `id uuid, brand text, brand_key text, name text, key text, aliases text[], lifecycle text, announced_on date,
  licence_ends_on date, licence_rule text`;

async function writeModels(tx: EntityManager, { newModels, changedModels }: CataloguePlan): Promise<void> {
  if (newModels.length) {
    const brands = new Map(newModels.map(({ brand, brand_key }) => [brand_key, brand]));
    await tx.query(
      `insert into brand (id, name, key) select * from unnest($1::uuid[], $2::text[], $3::text[]) as b (id, name, key)
       order by key on conflict (key) do nothing`,
      [[...brands].map(() => newId()), [...brands.values()], [...brands.keys()]],
    );
    await tx.query(
      `insert into device_model (id, brand_id, name, key, aliases, lifecycle, announced_on, licence_ends_on, licence_rule,
         search_text, search_compact)
       select m.id, b.id, m.name, m.key, m.aliases, m.lifecycle, m.announced_on, m.licence_ends_on, m.licence_rule, '', ''
       from json_to_recordset($1) as m (${MODEL}) join brand b on b.key = m.brand_key order by b.key, m.key`,
      [JSON.stringify(newModels)],
    );
  }
  if (changedModels.length) {
    await tx.query(
      `update device_model set aliases = m.aliases, lifecycle = m.lifecycle, announced_on = m.announced_on,
         licence_ends_on = m.licence_ends_on, licence_rule = m.licence_rule, version = version + 1, updated_at = now()
       from json_to_recordset($1) as m (${MODEL}) where device_model.id = m.id`,
      [JSON.stringify(changedModels)],
    );
  }
}

const VARIANT = 'id uuid, model_id uuid, maker_code text, storage_gb integer, colour text, bands text[]';

async function writeVariants(tx: EntityManager, { newVariants, changedVariants }: CataloguePlan): Promise<void> {
  if (newVariants.length) {
    await tx.query(
      `insert into device_variant (id, model_id, maker_code, storage_gb, colour, bands)
       select * from json_to_recordset($1) as v (${VARIANT})`,
      [JSON.stringify(newVariants)],
    );
  }
  if (changedVariants.length) {
    await tx.query(
      `update device_variant set bands = v.bands from json_to_recordset($1) as v (${VARIANT}) where device_variant.id = v.id`,
      [JSON.stringify(changedVariants)],
    );
  }
}

const SKU = 'id uuid, code text, kind text, variant_id uuid, name text, condition text, grade text';

async function writeSkus(tx: EntityManager, { newSkus, renamedSkus }: CataloguePlan): Promise<void> {
  if (newSkus.length) {
    await tx.query(
      `insert into sku (id, code, kind, variant_id, name, condition, grade)
       select * from json_to_recordset($1) as s (${SKU}) order by code`,
      [JSON.stringify(newSkus)],
    );
  }
  if (renamedSkus.length) {
    await tx.query(
      'update sku set name = s.name from json_to_recordset($1) as s (code text, name text) where sku.code = s.code',
      [JSON.stringify(renamedSkus)],
    );
  }
}
