import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { COMPONENTS, type Component } from './money.words.js';

@Entity('money_entry')
@Check('money_entry_accounts_ck', `debit_account <> credit_account`)
@Check('money_entry_amount_ck', `amount_minor between 1 and 100000000000`)
@Check('money_entry_component_ck', oneOf('component', COMPONENTS))
@Unique('money_entry_mirror_key', ['id', 'tradeInId', 'amountMinor', 'currency', 'debitAccount', 'creditAccount'])
@Unique('money_entry_reverses_key', ['reversesId'])
@Index('money_entry_trade_in_ix', ['tradeInId', 'id'])
@ForeignKey(
  'MoneyEntry',
  ['reversesId', 'tradeInId', 'amountMinor', 'currency', 'creditAccount', 'debitAccount'],
  ['id', 'tradeInId', 'amountMinor', 'currency', 'debitAccount', 'creditAccount'],
  { name: 'money_entry_reverses_fk' },
)
export class MoneyEntry {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'money_entry_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'money_entry_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'event', type: 'text' })
  event: string;
  @Column({ name: 'debit_account', type: 'text' })
  debitAccount: string;
  @Column({ name: 'credit_account', type: 'text' })
  creditAccount: string;
  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor: string;
  @Column({ name: 'currency', type: 'text' })
  currency: string;
  @Column({ name: 'component', type: 'text' })
  component: Component;
  @Column({ name: 'credit_id', type: 'uuid', nullable: true })
  creditId: string | null;
  @Column({ name: 'location_id', type: 'uuid' })
  locationId: string;
  @Column({ name: 'reverses_id', type: 'uuid', nullable: true })
  reversesId: string | null;
  @Column({ name: 'actor', type: 'text' })
  actor: string;
  @Column({ name: 'correlation_id', type: 'text' })
  correlationId: string;
  @Column({ name: 'posted_at', type: 'timestamptz', default: () => 'now()' })
  postedAt: Date;
}
