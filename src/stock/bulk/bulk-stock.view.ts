import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Text, WholeNumber } from '../../values/fields.js';

const MOST = 2_147_483_647;

/** Pieces of an accessory at a location. */
export class BulkStockView {
  /** Where they are. */
  @Id()
  locationId: string;
  /** What they are. */
  @Id()
  skuId: string;
  /** The code of the SKU. */
  @Text(1, 64)
  skuCode: string;
  /** What it is called. */
  @Text(1, 120)
  name: string;
  /** Pieces in the house. */
  @WholeNumber(0, MOST)
  onHand: number;
  /** Pieces of them held for customers. */
  @WholeNumber(0, MOST)
  reserved: number;
  /** Pieces that anybody may have. */
  @WholeNumber(0, MOST)
  free: number;
}

export class BulkStockPageView {
  /** Accessories in stock, by location and SKU. */
  @ListOf(() => BulkStockView, 0, 200)
  items: BulkStockView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
