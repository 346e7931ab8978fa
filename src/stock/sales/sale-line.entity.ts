import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { Remainder } from '../../values/money.js';
import { SALE_TERMS, type SaleTerms } from './sale.lifecycle.js';

@Entity('sale_line')
@Check('sale_line_terms_ck', oneOf('terms', SALE_TERMS))
@Check('sale_line_months_ck', `(terms = 'INSTALMENTS') = (months is not null)`)
@Check('sale_line_quantity_ck', 'quantity between 1 and 10000')
@Index('sale_line_unit_ix', ['unitId'], { where: 'unit_id is not null' })
export class SaleLine {
  @ForeignKey('Sale', 'id', { name: 'sale_line_sale_fk' })
  @PrimaryColumn({ name: 'sale_id', type: 'uuid', primaryKeyConstraintName: 'sale_line_pk' })
  saleId: string;
  @PrimaryColumn({ name: 'line_no', type: 'smallint', primaryKeyConstraintName: 'sale_line_pk' })
  lineNo: number;
  @ForeignKey('Sku', 'id', { name: 'sale_line_sku_fk' })
  @Column({ name: 'sku_id', type: 'uuid' })
  skuId: string;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true })
  unitId: string | null;
  @ForeignKey('StockHolding', 'id', { name: 'sale_line_holding_fk' })
  @Column({ name: 'holding_id', type: 'uuid', nullable: true })
  holdingId: string | null;
  @Column({ name: 'quantity', type: 'integer' })
  quantity: number;
  @ForeignKey('Price', 'id', { name: 'sale_line_price_fk' })
  @Column({ name: 'price_id', type: 'uuid' })
  priceId: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'terms', type: 'text' })
  terms: SaleTerms;
  @Column({ name: 'down_payment_minor', type: 'bigint' })
  downPaymentMinor: string;
  @Column({ name: 'months', type: 'smallint', nullable: true })
  months: number | null;
  @Column({ name: 'remainder', type: 'text' })
  remainder: Remainder;
  @Column({ name: 'returned_at', type: 'timestamptz', nullable: true })
  returnedAt: Date | null;
  @Column({ name: 'return_reason', type: 'text', nullable: true })
  returnReason: string | null;
}
