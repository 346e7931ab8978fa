import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { INSTRUMENTS, type Instrument, TAX_TREATMENTS, type TaxTreatment } from '../rules/terms.words.js';
import { COMPONENTS, CREDIT_STATES, type Component, type CreditState } from './money.words.js';

@Entity('trade_in_credit')
@Check('trade_in_credit_component_ck', oneOf('component', COMPONENTS))
@Check('trade_in_credit_instrument_ck', oneOf('instrument', INSTRUMENTS))
@Check('trade_in_credit_status_ck', oneOf('status', CREDIT_STATES))
@Check('trade_in_credit_tax_ck', oneOf('tax_treatment', TAX_TREATMENTS))
@Check('trade_in_credit_amount_ck', `amount_minor between 1 and 100000000000`)
@Index('trade_in_credit_trade_in_ix', ['tradeInId', 'id'])
@Index('trade_in_credit_running_ix', ['id'], { where: `status = 'CREDITING'` })
@Index('trade_in_credit_waiting_ix', ['id'], { where: `status = 'REQUESTED'` })
export class TradeInCredit {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_credit_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'trade_in_credit_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'component', type: 'text' })
  component: Component;
  @Column({ name: 'instrument', type: 'text' })
  instrument: Instrument;
  @Column({ name: 'status', type: 'text' })
  status: CreditState;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'tax_treatment', type: 'text', nullable: true })
  taxTreatment: TaxTreatment | null;
  @Column({ name: 'reference', type: 'text', nullable: true })
  reference: string | null;
  @Column({ name: 'failure', type: 'text', nullable: true })
  failure: string | null;
  @Column({ name: 'stop_reason', type: 'text', nullable: true })
  stopReason: string | null;
  @Column({ name: 'requested_at', type: 'timestamptz', default: () => 'now()' })
  requestedAt: Date;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
