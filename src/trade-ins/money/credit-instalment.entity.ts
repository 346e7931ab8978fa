import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { INSTALMENT_STATES, type InstalmentState } from './money.words.js';

@Entity('credit_instalment')
@Check('credit_instalment_status_ck', oneOf('status', INSTALMENT_STATES))
@Check('credit_instalment_applied_ck', `(status = 'APPLIED') = (applied_at is not null)`)
@Check('credit_instalment_amount_ck', `amount_minor between 0 and 100000000000`)
@Index('credit_instalment_due_ix', ['dueOn', 'creditId', 'no'], { where: `status = 'DUE'` })
export class CreditInstalment {
  @ForeignKey('TradeInCredit', 'id', { name: 'credit_instalment_credit_fk' })
  @PrimaryColumn({ name: 'credit_id', type: 'uuid', primaryKeyConstraintName: 'credit_instalment_pk' })
  creditId: string;
  @PrimaryColumn({ name: 'no', type: 'smallint', primaryKeyConstraintName: 'credit_instalment_pk' })
  no: number;
  @Column({ name: 'due_on', type: 'date' })
  dueOn: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'status', type: 'text' })
  status: InstalmentState;
  @Column({ name: 'applied_at', type: 'timestamptz', nullable: true })
  appliedAt: Date | null;
}
