import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Remainder } from '../values/money.js';
import type { SaleFacts } from './sellable.js';
import type { SkuKind } from './skus/sku.lifecycle.js';

/** A price as a sale takes it over, in minor units. */
export interface SalePrice {
  id: string;
  amountMinor: number;
  downPaymentMinor: number;
  months: number | null;
  remainder: Remainder;
}

/** What a sale or reservation needs to know of a SKU. */
export interface SkuForSale extends SaleFacts {
  id: string;
  code: string;
  kind: SkuKind;
  variantId: string | null;
  modelId: string | null;
  /** The price in the currency asked for; null when there is none. */
  price: SalePrice | null;
}

/** The catalogue, for other rooms. */
@Injectable()
export class Catalogue {
  /** SKUs with the price that applies at an instant, by id; ids that are no SKU are not in it. One statement. */
  async skusForSale(
    tx: Pick<EntityManager, 'query'>,
    skuIds: readonly string[],
    currency: string,
    at?: Date,
  ): Promise<ReadonlyMap<string, SkuForSale>> {
    const rows: SkuForSale[] = await tx.query(
      `select s.id, s.code, s.kind, s.variant_id as "variantId", m.id as "modelId", m.lifecycle,
              m.licence_ends_on::text as "licenceEndsOn", m.licence_rule as "licenceRule",
              case when p.id is not null then jsonb_build_object('id', p.id, 'amountMinor', p.amount_minor,
                'downPaymentMinor', p.down_payment_minor, 'months', p.months, 'remainder', p.remainder) end as price
       from sku s
       left join device_variant v on v.id = s.variant_id
       left join device_model m on m.id = v.model_id
       left join lateral (select * from price
                          where sku_id = s.id and currency = $2
                            and effective_from <= coalesce($3::timestamptz, statement_timestamp())
                          order by effective_from desc limit 1) p on true
       where s.id = any($1::uuid[])`,
      [skuIds, currency, at ?? null],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
