import { PageQuery } from '../../platform/http/page.dto.js';
import { Id, Maybe, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { BULK_ADJUSTMENT_REASONS, type BulkAdjustmentReason } from './bulk-adjustment.js';

export class ListBulkStockQuery extends PageQuery {
  /** Only stock at this location. */
  @Maybe()
  @Id()
  locationId?: string;
  /** Only this SKU. */
  @Maybe()
  @Id()
  skuId?: string;
}

export class AdjustBulkStockDto {
  /** The location whose count is wrong; left out, the caller's own store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** The accessory; handsets are adjusted one by one, by their identifier. */
  @Id()
  skuId: string;
  /** How many pieces there are more, or fewer when negative; never 0. */
  @WholeNumber(-10_000, 10_000)
  change: number;
  /** Why the count was wrong; it must agree with the sign of the change. */
  @OneOf(BULK_ADJUSTMENT_REASONS, 'BulkAdjustmentReason')
  reason: BulkAdjustmentReason;
  /** Anything else, for the history. */
  @Maybe()
  @Text(1, 500)
  note?: string;
}
