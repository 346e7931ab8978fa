import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { possibleActs } from '../../platform/lifecycle.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { PRESENT_PRICES } from '../prices/present-prices.js';
import type { ListBrandsQuery, ListDeviceModelsQuery } from './device-model.dto.js';
import { MODEL_ACTS, type ModelAct } from './device-model.lifecycle.js';
import type { BrandView, DeviceModelDetailView, DeviceModelView, DeviceVariantView } from './device-model.view.js';
import { searchPatterns } from './search-words.js';

const MODELS = { tag: 'device-models', shape: ['string', 'uuid'] } as const;
const BRANDS = { tag: 'brands', shape: ['string'] } as const;

type ModelRow = Omit<DeviceModelView, 'updatedAt'> & { updatedAt: Date };

const MODEL_COLUMNS = `m.id, m.brand_id as "brandId", b.name as brand, m.name, m.aliases, m.lifecycle,
  m.announced_on::text as "announcedOn", m.licence_ends_on::text as "licenceEndsOn", m.licence_rule as "licenceRule",
  m.version, m.updated_at as "updatedAt"`;

const VARIANTS = `coalesce((
  select jsonb_agg(jsonb_build_object(
      'id', v.id, 'makerCode', v.maker_code, 'storageGb', v.storage_gb, 'colour', v.colour, 'bands', to_jsonb(v.bands),
      'skus', coalesce((
        select jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'condition', s.condition, 'grade', s.grade,
                                            'prices', ${PRESENT_PRICES}) order by s.code)
        from sku s where s.variant_id = v.id), '[]'))
    order by v.maker_code, v.storage_gb, v.colour)
  from device_variant v where v.model_id = m.id), '[]')`;

/** Reads of brands and device models. */
@Injectable()
export class DeviceModelsQuery {
  constructor(private readonly db: DataSource) {}

  async brands(query: ListBrandsQuery): Promise<Page<BrandView>> {
    const [after] = placeAfter(BRANDS, query) ?? [null];
    const rows: (BrandView & { key: string })[] = await this.db.query(
      'select id, name, key from brand where $1::text is null or key > $1 order by key limit $2',
      [after, rowsToFetch(query)],
    );
    return pageOf(rows, query, { ...BRANDS, keys: ({ key }) => [key], view: ({ id, name }) => ({ id, name }) });
  }

  async models(query: ListDeviceModelsQuery): Promise<Page<DeviceModelView>> {
    const [name, id] = placeAfter(MODELS, query) ?? [null, null];
    const search = query.search === undefined ? undefined : searchPatterns(query.search);
    const rows: ModelRow[] = await this.db.query(
      `select ${MODEL_COLUMNS} from device_model m join brand b on b.id = m.brand_id
       where ($1::text is null or (m.name, m.id) > ($1, $2::uuid))
         and ($3::uuid is null or m.brand_id = $3)
         and ($4::text is null or m.lifecycle = $4)
         and ($5::text is null or m.search_compact like $5 or (cardinality($6::text[]) > 0 and m.search_compact like all ($6)))
       order by m.name, m.id limit $7`,
      [
        name,
        id,
        query.brandId ?? null,
        query.lifecycle ?? null,
        search?.whole ?? null,
        search?.words ?? [],
        rowsToFetch(query),
      ],
    );
    return pageOf(rows, query, { ...MODELS, keys: (row) => [row.name, row.id], view: viewOf });
  }

  model(id: string): Promise<DeviceModelDetailView> {
    return readModel(this.db, id);
  }
}

/** A model as clients see it. @throws NotFound */
export async function readModel(db: Pick<EntityManager, 'query'>, id: string): Promise<DeviceModelDetailView> {
  const [row]: (ModelRow & { variants: DeviceVariantView[] })[] = await db.query(
    `select ${MODEL_COLUMNS}, ${VARIANTS} as variants
     from device_model m join brand b on b.id = m.brand_id where m.id = $1`,
    [id],
  );
  if (!row) throw new NotFound('No such device model.');
  return { ...viewOf(row), acts: possibleActs(MODEL_ACTS, row.lifecycle) as ModelAct[], variants: row.variants };
}

const viewOf = <Row extends ModelRow>(row: Row) => ({ ...row, updatedAt: row.updatedAt.toISOString() });
