import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { REMAINDERS } from './price.lifecycle.js';
import type { Remainder } from '../../values/money.js';

@Entity('price')
@Unique('price_start_key', ['skuId', 'currency', 'effectiveFrom'])
@Check('price_currency_ck', `currency ~ '^[A-Z]{3}$'`)
@Check('price_amount_ck', 'amount_minor between 0 and 100000000000')
@Check('price_down_payment_ck', 'down_payment_minor between 0 and amount_minor')
@Check('price_months_ck', 'months between 1 and 60')
@Check('price_remainder_ck', oneOf('remainder', REMAINDERS))
export class Price {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'price_pk' })
  id: string;
  @ForeignKey('Sku', 'id', { name: 'price_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'down_payment_minor', type: 'bigint' })
  downPaymentMinor: string;
  @Column({ name: 'months', type: 'smallint', nullable: true })
  months: number | null;
  @Column({ name: 'remainder', type: 'text' })
  remainder: Remainder;
  @Column({ name: 'effective_from', type: 'timestamptz' })
  effectiveFrom: Date;
  @Column({ name: 'set_by', type: 'text' })
  setBy: string;
}
