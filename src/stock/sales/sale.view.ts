import { ApiProperty } from '@nestjs/swagger';
import { NextCursor } from '../../platform/http/page.js';
import {
  Cents,
  CurrencyCode,
  Id,
  ListOf,
  ListOfWholes,
  MOST_MINOR,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import {
  RETURN_REASONS,
  SALE_STATES,
  SALE_TERMS,
  type ReturnReason,
  type SaleState,
  type SaleTerms,
} from './sale.lifecycle.js';

export class SaleLineView {
  /** Number of the line in the sale. */
  @WholeNumber(1, 32_767)
  lineNo: number;
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** The unit sold; null for an accessory. */
  @Nullable()
  @Id()
  unitId: string | null;
  /** How many pieces. */
  @WholeNumber(1, 10_000)
  quantity: number;
  /** Price of one piece in minor units. */
  @Cents()
  amountMinor: number;
  /** How it is paid. */
  @OneOf(SALE_TERMS, 'SaleTerms')
  terms: SaleTerms;
  /** Paid at once, in minor units; with FULL terms the whole price. */
  @Cents()
  downPaymentMinor: number;
  /** The instalments of one piece in minor units, first to last; with the down payment they sum to the price. */
  @ListOfWholes(0, 60, 0, MOST_MINOR)
  instalmentsMinor: number[];
  /** When it came back; null while it is out. */
  @Moment({ nullable: true })
  returnedAt: string | null;
  /** Why it came back; null while it is out. */
  @Nullable()
  @OneOf(RETURN_REASONS, 'ReturnReason')
  returnReason: ReturnReason | null;
}

export class SaleView {
  /** Id of the sale. */
  @Id()
  id: string;
  /** The number on the receipt. */
  @Text(1, 32)
  number: string;
  /** Where it was sold. */
  @Id()
  locationId: string;
  /** Whether it is handed over, and whether anything came back. */
  @OneOf(SALE_STATES, 'SaleState')
  status: SaleState;
  /** The reservation the sale consumed, if any. */
  @Nullable()
  @Id()
  reservationId: string | null;
  /** The client's own reference of the customer or order, if it gave one. */
  @Nullable()
  @Text(1, 100)
  customerReference: string | null;
  /** The currency of the amounts. */
  @CurrencyCode()
  currency: string;
  /** Sum of all lines in minor units. */
  @Cents()
  totalMinor: number;
  /** What the customer pays today, in minor units. */
  @Cents()
  dueNowMinor: number;
  /** Who sold it, as their token names them. */
  @Text(1, 200)
  soldBy: string;
  /** When it was sold. */
  @Moment()
  soldAt: string;
  /** When the customer was given it; null until then. */
  @Moment({ nullable: true })
  handedOverAt: string | null;
  /** What was sold. */
  @ApiProperty({ type: () => [SaleLineView], maxItems: 20_000 })
  lines: SaleLineView[];
  /** Grows with every change; the ETag names it. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class SalePageView {
  /** What stands on this page. */
  @ListOf(() => SaleView, 0, 200)
  items: SaleView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
