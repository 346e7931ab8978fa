import {
  Cents,
  CurrencyCode,
  Id,
  Instant,
  ListOf,
  ListOfWholes,
  MOST_MINOR,
  Nullable,
  OneOf,
  Text,
  WholeNumber,
} from '../../values/fields.js';
import { NextCursor } from '../../platform/http/page.js';
import type { Remainder } from '../../values/money.js';
import { PRICE_STATES, type PriceState, REMAINDERS } from './price.lifecycle.js';

/** A price, and the instalment plan that comes with it. */
export class PriceView {
  /** Id of the price. */
  @Id()
  id: string;
  /** Id of the SKU. */
  @Id()
  skuId: string;
  /** Currency of every amount here. */
  @CurrencyCode()
  currency: string;
  /** How many of the last digits of the amounts stand behind the decimal point. */
  @WholeNumber(0, 3)
  exponent: number;
  /** The whole price, in minor units. */
  @Cents()
  amountMinor: number;
  /** What is paid at once when paying by instalments, in minor units. */
  @Cents()
  downPaymentMinor: number;
  /** Months of the instalment plan; null when there is none. */
  @Nullable()
  @WholeNumber(1, 60)
  months: number | null;
  /** Where the odd cents go: one each on the first instalments, or all on the last. */
  @OneOf(REMAINDERS, 'Remainder')
  remainder: Remainder;
  /** The monthly instalments in minor units; with the down payment they are exactly the price. */
  @ListOfWholes(0, 60, 0, MOST_MINOR)
  instalments: number[];
  /** From when it applies. */
  @Instant()
  effectiveFrom: string;
  /** When the next price takes its place; null when none is planned. */
  @Nullable()
  @Instant()
  effectiveUntil: string | null;
  /** Whether it applied, applies or will apply. */
  @OneOf(PRICE_STATES, 'PriceState')
  state: PriceState;
  /** Who set it; null for callers who are not staff. */
  @Nullable()
  @Text(0, 200)
  setBy: string | null;
}

export class PricePageView {
  /** Prices of the SKU, the one that begins last first. */
  @ListOf(() => PriceView, 0, 200)
  items: PriceView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}

/** What a SKU costs at present in one currency. */
export class PresentPriceView {
  /** Id of the price. */
  @Id()
  id: string;
  /** Currency of every amount here. */
  @CurrencyCode()
  currency: string;
  /** The whole price, in minor units. */
  @Cents()
  amountMinor: number;
  /** What is paid at once when paying by instalments, in minor units. */
  @Cents()
  downPaymentMinor: number;
  /** Months of the instalment plan; null when there is none. */
  @Nullable()
  @WholeNumber(1, 60)
  months: number | null;
}
