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
  @WholeNumber(1, 32_767)
  lineNo: number;
  @Id()
  skuId: string;
  /** The unit sold; null for an accessory. */
  @Nullable()
  @Id()
  unitId: string | null;
  @WholeNumber(1, 10_000)
  quantity: number;
  /** Price of one piece in minor units. */
  @Cents()
  amountMinor: number;
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
  @Nullable()
  @OneOf(RETURN_REASONS, 'ReturnReason')
  returnReason: ReturnReason | null;
}

export class SaleView {
  @Id()
  id: string;
  /** The number on the receipt. */
  @Text(1, 32)
  number: string;
  @Id()
  locationId: string;
  @OneOf(SALE_STATES, 'SaleState')
  status: SaleState;
  /** The reservation the sale consumed, if any. */
  @Nullable()
  @Id()
  reservationId: string | null;
  @Nullable()
  @Text(1, 100)
  customerReference: string | null;
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
  @Moment()
  soldAt: string;
  @Moment({ nullable: true })
  handedOverAt: string | null;
  @ApiProperty({ type: () => [SaleLineView], maxItems: 20_000 })
  lines: SaleLineView[];
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class SalePageView {
  @ListOf(() => SaleView, 0, 200)
  items: SaleView[];
  @NextCursor()
  nextCursor: string | null;
}
