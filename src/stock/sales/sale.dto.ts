import { PageQuery } from '../../platform/http/page.dto.js';
import {
  Cents,
  CurrencyCode,
  Id,
  IdentifierText,
  ListOf,
  ListOfTexts,
  Maybe,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { MOST_PIECES } from '../reservations/reservation.dto.js';
import { RETURN_REASONS, SALE_TERMS, type ReturnReason, type SaleTerms } from './sale.lifecycle.js';

/** What is sold without a reservation: the unit with this identifier, or so many pieces of an accessory. */
export class SellLineDto {
  /** IMEI, MEID, EID or serial number of the unit in hand. */
  @Maybe()
  @IdentifierText()
  identifier?: string;
  /** An accessory without serial numbers. */
  @Maybe()
  @Id()
  skuId?: string;
  /** How many pieces of the accessory; 1 when left out. */
  @Maybe()
  @WholeNumber(1, 1000)
  quantity?: number = 1;
}

export class SellStockDto {
  /** The reservation that the sale consumes, as a whole. Either this or `lines`. */
  @Maybe()
  @Id()
  reservationId?: string;
  /** What is sold straight from the shelf. Either this or `reservationId`. */
  @Maybe()
  @ListOf(() => SellLineDto, 1, 20)
  lines?: SellLineDto[];
  /** How devices are paid. Accessories are always paid in full. */
  @OneOf(SALE_TERMS, 'SaleTerms')
  terms: SaleTerms;
  /** The currency of the prices. */
  @CurrencyCode()
  currency: string;
  /** The total the customer was told, in minor units; when it is no longer the price the sale is refused. */
  @Maybe()
  @Cents()
  expectedTotalMinor?: number;
  /** The location that sells; left out, the caller's own store. */
  @Maybe()
  @Id()
  locationId?: string;
  /** The client's own reference of the customer or order. Never a name, number or address. */
  @Maybe()
  @Text(1, 100)
  customerReference?: string;
}

export class HandOverSaleDto {
  /** What was scanned at the counter: one identifier of each unit sold, no more and no fewer. */
  @ListOfTexts(0, MOST_PIECES, 64)
  identifiers: string[];
}

export class ReturnSaleLineDto {
  /** Number of the line that comes back. */
  @WholeNumber(1, 32_767)
  lineNo: number;
  /** What was scanned: an identifier of the unit. Left out for an accessory. */
  @Maybe()
  @IdentifierText()
  identifier?: string;
  /** Why it comes back. */
  @OneOf(RETURN_REASONS, 'ReturnReason')
  reason: ReturnReason;
}

export class SaleParams {
  /** Id of the sale. */
  @Id()
  id: string;
}

export class SalesQuery extends PageQuery {
  /** Only sales at this location. */
  @Maybe()
  @Id()
  locationId?: string;
}
