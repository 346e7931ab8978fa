import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('price_deduction')
@Check('price_deduction_amount_ck', `amount_minor between 1 and 100000000000`)
export class PriceDeduction {
  @ForeignKey('PriceBookVersion', 'id', { name: 'price_deduction_version_fk' })
  @PrimaryColumn({ name: 'version_id', type: 'uuid', primaryKeyConstraintName: 'price_deduction_pk' })
  versionId: string;
  @PrimaryColumn({ name: 'problem', type: 'text', primaryKeyConstraintName: 'price_deduction_pk' })
  problem: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
}
