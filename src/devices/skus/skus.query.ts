import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { PRESENT_PRICES } from '../prices/present-prices.js';
import type { ListSkusQuery } from './sku.dto.js';
import type { SkuView } from './sku.view.js';

const SKUS = { tag: 'skus', shape: ['string'] } as const;

const SELECT = `
  select s.id, s.code, s.kind, s.condition, s.grade, m.id as "modelId", m.lifecycle, v.id as "variantId",
         v.maker_code as "makerCode", v.storage_gb as "storageGb", v.colour,
         coalesce(s.name, concat_ws(' ', b.name, m.name, nullif(v.storage_gb, 0) || ' GB', v.colour)) as name,
         ${PRESENT_PRICES} as prices
  from sku s
  left join device_variant v on v.id = s.variant_id
  left join device_model m on m.id = v.model_id
  left join brand b on b.id = m.brand_id`;

/** Reads of SKUs. */
@Injectable()
export class SkusQuery {
  constructor(private readonly db: DataSource) {}

  async skus(query: ListSkusQuery): Promise<Page<SkuView>> {
    const [after] = placeAfter(SKUS, query) ?? [null];
    const { modelId = null, kind = null, condition = null, grade = null } = query;
    const rows: SkuView[] = await this.db.query(
      `${SELECT}
       where ($1::text is null or s.code > $1)
         and ($2::uuid is null or v.model_id = $2)
         and ($3::text is null or s.kind = $3)
         and ($4::text is null or s.condition = $4)
         and ($5::text is null or s.grade = $5)
       order by s.code limit $6`,
      [after, modelId, kind, condition, grade, rowsToFetch(query)],
    );
    return pageOf(rows, query, { ...SKUS, keys: ({ code }) => [code], view: (row) => row });
  }

  sku(id: string): Promise<SkuView> {
    return readSku(this.db, id);
  }
}

/** A SKU as clients see it. @throws NotFound */
export async function readSku(db: Pick<EntityManager, 'query'>, id: string): Promise<SkuView> {
  const [row]: SkuView[] = await db.query(`${SELECT} where s.id = $1`, [id]);
  if (!row) throw noSuchSku();
  return row;
}

/** @throws NotFound */
export async function needSku(db: Pick<EntityManager, 'query'>, id: string): Promise<void> {
  const found: unknown[] = await db.query('select 1 from sku where id = $1', [id]);
  if (!found.length) throw noSuchSku();
}

/** Locks a SKU against another change of its prices or channels; stock may go on. @throws NotFound */
export async function lockSku(tx: EntityManager, id: string): Promise<void> {
  const found: unknown[] = await tx.query('select 1 from sku where id = $1 for no key update', [id]);
  if (!found.length) throw noSuchSku();
}

const noSuchSku = () => new NotFound('No such SKU.');
