import { Code, Id, IdentifierText, Maybe, Nested, Text } from '../../values/fields.js';
import { RULE_WORD, RULE_WORD_LONGEST } from '../rules/words.dto.js';
import { SellerDto } from '../sellers/seller.dto.js';

const HASH = /^[0-9a-f]{64}$/;
const SHIPMENT = /^[A-Z0-9][A-Z0-9-]*$/;

export class AcceptTradeInDto {
  /** The way to be paid, of those the quote offers. */
  @Code(RULE_WORD, RULE_WORD_LONGEST, 'BILL_CREDIT')
  planCode: string;
  /** The hash of the terms that the seller has read, as the quote names it. */
  @Code(HASH, 64)
  termsHash: string;
  /** Who sells. */
  @Nested(() => SellerDto)
  seller: SellerDto;
  /** The billing account that credits go to, when the quote names none. */
  @Maybe()
  @Id()
  accountId?: string;
}

export class HandOverTradeInDto {
  /** What was scanned: the IMEI of the handset on the counter. */
  @IdentifierText()
  identifier: string;
  /** Number of the sealed bag it goes into. */
  @Code(SHIPMENT, 60, 'BAG-000123')
  sealedBag: string;
}

export class IssueLabelDto {
  /** Number of the shipment that the label is for. */
  @Code(SHIPMENT, 60, '1Z999AA10123456784')
  tracking: string;
}

export class DockTradeInDto {
  /** What was scanned: the IMEI of the handset in the parcel, whichever it is. */
  @IdentifierText()
  identifier: string;
  /** Which hardware it is, where the IMEI does not tell. */
  @Maybe()
  @Id()
  variantId?: string;
  /** Number of the sealed bag it goes into. */
  @Code(SHIPMENT, 60, 'BAG-000123')
  sealedBag: string;
  /** What was seen on the parcel. */
  @Maybe()
  @Text(1, 500)
  parcel?: string;
}
