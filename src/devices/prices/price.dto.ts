import { PageQuery } from '../../platform/http/page.dto.js';
import { Cents, CurrencyCode, Instant, Maybe, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import type { Remainder } from '../../values/money.js';
import { REMAINDERS } from './price.lifecycle.js';

export class ListPricesQuery extends PageQuery {
  /** Only prices in this currency. */
  @Maybe()
  @CurrencyCode()
  currency?: string;
}

export class SetPriceDto {
  /** Currency of the amounts. */
  @CurrencyCode()
  currency: string;
  /**
   * The whole price, in minor units.
   * @example 38400
   */
  @Cents()
  amountMinor: number;
  /** What is paid at once when paying by instalments, in minor units; nothing unless told otherwise. */
  @Maybe()
  @Cents()
  downPaymentMinor?: number = 0;
  /** Months of the instalment plan; null or left out when there is none. */
  @Maybe()
  @Nullable()
  @WholeNumber(1, 60)
  months?: number | null;
  /** Where the odd cents go: one each on the first instalments, or all on the last. */
  @Maybe()
  @OneOf(REMAINDERS, 'Remainder')
  remainder?: Remainder = 'LAST';
  /** From when it applies, at once when left out; never in the past. */
  @Maybe()
  @Instant()
  effectiveFrom?: string;
  /** Why, for the history. */
  @Maybe()
  @Text(1, 500)
  reason?: string;
}
