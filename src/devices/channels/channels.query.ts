import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { needSku } from '../skus/skus.query.js';
import type { ListSkuChannelsQuery } from './channels.dto.js';
import type { Channel } from './channels.js';
import type { SkuChannelsView } from './channels.view.js';

const CHANNELS_OF_SKU = { tag: 'sku-channels', shape: ['uuid'] } as const;

type OwnRow = SkuChannelsView & { locationId: string };

/** Reads of where and how a SKU may be bought. */
@Injectable()
export class ChannelsQuery {
  constructor(private readonly db: DataSource) {}

  /** @throws NotFound */
  async channels(
    skuId: string,
    query: ListSkuChannelsQuery,
  ): Promise<Page<SkuChannelsView> & { everywhere: Channel[] }> {
    const [after] = placeAfter(CHANNELS_OF_SKU, query) ?? [null];
    const rows: SkuChannelsView[] = await this.db.query(
      `(select location_id as "locationId", channels from sku_channel where sku_id = $1 and location_id is null)
       union all
       (select location_id, channels from sku_channel
        where sku_id = $1 and location_id is not null and ($2::uuid is null or location_id > $2)
        order by location_id limit $3)
       order by 1 nulls first`,
      [skuId, after, rowsToFetch(query)],
    );
    if (!rows.length) await needSku(this.db, skuId);
    const own = rows.filter((row): row is OwnRow => row.locationId !== null);
    const page = pageOf(own, query, { ...CHANNELS_OF_SKU, keys: ({ locationId }) => [locationId], view: (row) => row });
    return { everywhere: rows.find(({ locationId }) => locationId === null)?.channels ?? [], ...page };
  }
}
