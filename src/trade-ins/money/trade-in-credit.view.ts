import { Cents, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { type Instrument, INSTRUMENTS, TAX_TREATMENTS, type TaxTreatment } from '../rules/terms.words.js';
import {
  COMPONENTS,
  type Component,
  CREDIT_STATES,
  type CreditState,
  INSTALMENT_STATES,
  type InstalmentState,
} from './money.words.js';

export class CreditInstalmentView {
  /** The how manieth it is. */
  @WholeNumber(1, 60)
  no: number;
  /** The day it is due. */
  @Text(10, 10)
  dueOn: string;
  /** How much, in minor units. */
  @Cents()
  amountMinor: number;
  /** How it stands. */
  @OneOf(INSTALMENT_STATES, 'CreditInstalmentState')
  status: InstalmentState;
}

/** What the customer is given, in one way. */
export class TradeInCreditView {
  /** Its id. */
  @Id()
  id: string;
  /** Whether it is market value or on top of it. */
  @OneOf(COMPONENTS, 'TradeInComponent')
  component: Component;
  /** How it is paid. */
  @OneOf(INSTRUMENTS, 'TradeInInstrument')
  instrument: Instrument;
  /** How it stands. */
  @OneOf(CREDIT_STATES, 'TradeInCreditState')
  status: CreditState;
  /** How much, in minor units. */
  @Cents(1)
  amountMinor: number;
  /** How tax sees it, as the terms say; null where they do not. */
  @Nullable()
  @OneOf(TAX_TREATMENTS, 'TaxTreatment')
  taxTreatment: TaxTreatment | null;
  /** What the system that paid it calls it. */
  @Nullable()
  @Text(1, 100)
  reference: string | null;
  /** Why it could not be paid. */
  @Nullable()
  @Text(1, 500)
  failure: string | null;
  /** Its months; none for what is paid at once. */
  @ListOf(() => CreditInstalmentView, 0, 60)
  instalments: CreditInstalmentView[];
}
