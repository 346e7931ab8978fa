import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  CHECK_NAMES,
  CHECK_OUTCOMES,
  CHECK_PHASES,
  type CheckName,
  type CheckOutcome,
  type CheckPhase,
} from './check.words.js';

@Entity('trade_in_check')
@Check('trade_in_check_phase_ck', oneOf('phase', CHECK_PHASES))
@Check('trade_in_check_name_ck', oneOf('name', CHECK_NAMES))
@Check('trade_in_check_outcome_ck', oneOf('outcome', CHECK_OUTCOMES))
@Index('trade_in_check_trade_in_ix', ['tradeInId', 'id'])
export class TradeInCheck {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'trade_in_check_pk' })
  id: string;
  @ForeignKey('TradeIn', 'id', { name: 'trade_in_check_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid' })
  tradeInId: string;
  @Column({ name: 'phase', type: 'text' })
  phase: CheckPhase;
  @Column({ name: 'name', type: 'text' })
  name: CheckName;
  @Column({ name: 'outcome', type: 'text' })
  outcome: CheckOutcome;
  @Column({ name: 'source', type: 'text' })
  source: string;
  @Column({ name: 'reference', type: 'text', nullable: true })
  reference: string | null;
  @Column({ name: 'checked_at', type: 'timestamptz' })
  checkedAt: Date;
}
