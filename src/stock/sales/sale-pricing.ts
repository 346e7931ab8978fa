import type { EntityManager } from 'typeorm';
import type { Catalogue, SkuForSale } from '../../devices/catalogue.service.js';
import { saleBars } from '../../devices/sellable.js';
import { NotFound } from '../../platform/problems.js';
import { NoPrice, NotSoldHere, PriceChanged } from '../stock.errors.js';
import type { SellStockDto } from './sale.dto.js';

/** Something sold: a unit, or pieces of an accessory. */
export interface SoldItem {
  skuId: string;
  unitId: string | null;
  holdingId: string | null;
  quantity: number;
}

export interface PricedLine extends SoldItem {
  priceId: string;
  amountMinor: number;
  terms: 'FULL' | 'INSTALMENTS';
  downPaymentMinor: number;
  months: number | null;
  remainder: string;
}

/**
 * Prices what is sold at the prices in force now, and checks that it may be sold at this location at all.
 * @throws NoPrice, NotSoldHere, PriceChanged
 */
export async function priceSale(
  tx: EntityManager,
  catalogue: Catalogue,
  { items, form, locationId }: { items: readonly SoldItem[]; form: SellStockDto; locationId: string },
): Promise<{ lines: PricedLine[]; totalMinor: number }> {
  const skuIds = [...new Set(items.map(({ skuId }) => skuId))];
  const forSale = await catalogue.skusForSale(tx, skuIds, form.currency);
  const today = await refuseOtherChannels(tx, skuIds, locationId);
  const lines = items.map((item) => pricedLine(item, forSale.get(item.skuId), form, today));
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor * line.quantity, 0);
  if (form.expectedTotalMinor !== undefined && form.expectedTotalMinor !== totalMinor) {
    throw new PriceChanged('Tell the customer the new price and ask again.', {
      totalMinor,
      expectedTotalMinor: form.expectedTotalMinor,
    });
  }
  return { lines, totalMinor };
}

function pricedLine(item: SoldItem, sku: SkuForSale | undefined, form: SellStockDto, today: string): PricedLine {
  if (!sku?.price) {
    throw new NoPrice('Set a price first, or sell in another currency.', {
      skuId: item.skuId,
      currency: form.currency,
    });
  }
  const bars = saleBars(sku, today);
  if (bars.length) throw new NotSoldHere('The model is not on sale.', { skuId: item.skuId, bars });
  const { price } = sku;
  const financed = form.terms === 'INSTALMENTS' && sku.kind === 'DEVICE';
  if (financed && price.months === null) {
    throw new NotSoldHere('It is sold at the full price only.', { skuId: item.skuId, bars: ['NO_INSTALMENTS'] });
  }
  return {
    ...item,
    priceId: price.id,
    amountMinor: price.amountMinor,
    terms: financed ? 'INSTALMENTS' : 'FULL',
    downPaymentMinor: financed ? price.downPaymentMinor : price.amountMinor,
    months: financed ? price.months : null,
    remainder: price.remainder,
  };
}

/**
 * A SKU is sold over the counter only where its channel says so: elsewhere it is for display, or is shipped.
 * @returns the day at the location.
 */
async function refuseOtherChannels(tx: EntityManager, skuIds: readonly string[], locationId: string): Promise<string> {
  const [here]: { today: string; elsewhere: string[] }[] = await tx.query(
    `select (now() at time zone l.time_zone)::date::text as today, array(
       select s.id from sku s
       left join sku_channel everywhere on everywhere.sku_id = s.id and everywhere.location_id is null
       left join sku_channel here on here.sku_id = s.id and here.location_id = l.id
       where s.id = any($1::uuid[]) and not coalesce('IN_STORE' = any(coalesce(here.channels, everywhere.channels)), false)
     ) as elsewhere
     from stock_location l where l.id = $2`,
    [skuIds, locationId],
  );
  if (!here) throw new NotFound('No such location.');
  if (here.elsewhere.length) {
    throw new NotSoldHere('It is not sold over the counter at this location.', { skuIds: here.elsewhere });
  }
  return here.today;
}
