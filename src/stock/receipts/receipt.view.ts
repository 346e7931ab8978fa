import { NextCursor } from '../../platform/http/page.js';
import { Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { Moment } from '../../values/views.js';
import { HOLDING_DISPOSITIONS, type HoldingDisposition } from '../units/stock-holding.lifecycle.js';

/** A delivery that was taken into stock. */
export class ReceiptView {
  /** Id of the receipt. */
  @Id()
  id: string;
  /** Where it was received. */
  @Id()
  locationId: string;
  /** The supplier's delivery note, or what else the papers are found by. */
  @Text(1, 100)
  reference: string;
  /** Who sent it. */
  @Text(1, 200)
  supplier: string;
  /** Who received it, as their token names them. */
  @Text(1, 200)
  receivedBy: string;
  /** When it was received. */
  @Moment()
  receivedAt: string;
  /** How many handsets. */
  @WholeNumber(0, 2_147_483_647)
  units: number;
  /** How many pieces of accessories. */
  @WholeNumber(0, 2_147_483_647)
  pieces: number;
}

/** What came in: one unit, or all pieces of one accessory. */
export class ReceiptLineView {
  /** What it is. */
  @Id()
  skuId: string;
  /** The unit; null for accessories. */
  @Nullable()
  @Id()
  unitId: string | null;
  /** How many pieces; 1 for a unit. */
  @WholeNumber(1, 5_000_000)
  quantity: number;
  /** How the unit stood when it had been received; null for accessories. */
  @Nullable()
  @OneOf(HOLDING_DISPOSITIONS, 'HoldingDisposition')
  disposition: HoldingDisposition | null;
}

export class ReceiptDetailView extends ReceiptView {
  /** What came in: units in the order they were sent, then accessories. */
  @ListOf(() => ReceiptLineView, 0, 250)
  lines: ReceiptLineView[];
}

/** Something that looks odd and was taken in all the same. */
export class ReceiptWarningView {
  /** JSON pointer of the field, such as `/units/3/identifier`. */
  @Text(1, 100)
  pointer: string;
  /** What is odd. */
  @OneOf(['TAC_OF_ANOTHER_MODEL'], 'ReceiptWarning')
  code: 'TAC_OF_ANOTHER_MODEL';
  /** The same in a sentence. */
  @Text(1, 500)
  detail: string;
}

export class StockReceivedView extends ReceiptDetailView {
  /** What looks odd: compare the box with the line. */
  @ListOf(() => ReceiptWarningView, 0, 400)
  warnings: ReceiptWarningView[];
}

export class ReceiptPageView {
  /** Receipts, newest first. */
  @ListOf(() => ReceiptView, 0, 200)
  items: ReceiptView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
