import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

export const LAW_REQUEST_STATES = ['OPEN', 'ANSWERED'] as const;
export type LawRequestState = (typeof LAW_REQUEST_STATES)[number];

/** What an authority asked, and what it was told. What was asked never changes, and no request goes. */
@Entity('law_enforcement_request')
@Check('law_enforcement_request_status_ck', oneOf('status', LAW_REQUEST_STATES))
@Check('law_enforcement_request_hash_ck', `octet_length(imei_hash) = 16`)
@Check(
  'law_enforcement_request_answered_ck',
  `(status = 'ANSWERED') = (answer is not null) and (answer is null) = (answered_by is null) and (answer is null) = (answered_at is null)`,
)
@Check(
  'law_enforcement_request_hold_ck',
  `(hold_placed_at is null or unit_id is not null) and (hold_lifted_at is null or hold_placed_at is not null) and (hold_lifted_at is null) = (hold_lifted_by is null)`,
)
@Unique('law_enforcement_request_reference_key', ['authority', 'reference'])
@Index('law_enforcement_request_page_ix', ['status', 'id'])
@Index('law_enforcement_request_imei_ix', ['imeiHash', 'id'])
@Index('law_enforcement_request_hold_ix', ['unitId'], {
  where: `hold_placed_at is not null and hold_lifted_at is null`,
})
export class LawEnforcementRequest {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'law_enforcement_request_pk' })
  id: string;
  @Column({ name: 'authority', type: 'text' })
  authority: string;
  @Column({ name: 'reference', type: 'text' })
  reference: string;
  @Column({ name: 'officer', type: 'text' })
  officer: string;
  @Column({ name: 'asked', type: 'text' })
  asked: string;
  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt: Date;
  @Column({ name: 'imei_hash', type: 'bytea' })
  imeiHash: Buffer;
  @Column({ name: 'imei_sealed', type: 'bytea' })
  imeiSealed: Buffer;
  @ForeignKey('TradeIn', 'id', { name: 'law_enforcement_request_trade_in_fk' })
  @Column({ name: 'trade_in_id', type: 'uuid', nullable: true })
  tradeInId: string | null;
  @ForeignKey('StockUnit', 'id', { name: 'law_enforcement_request_unit_fk' })
  @Column({ name: 'unit_id', type: 'uuid', nullable: true })
  unitId: string | null;
  @Column({ name: 'status', type: 'text', default: () => "'OPEN'" })
  status: LawRequestState;
  @Column({ name: 'logged_by', type: 'text' })
  loggedBy: string;
  @Column({ name: 'logged_at', type: 'timestamptz', default: () => 'now()' })
  loggedAt: Date;
  @Column({ name: 'answer', type: 'text', nullable: true })
  answer: string | null;
  @Column({ name: 'answered_by', type: 'text', nullable: true })
  answeredBy: string | null;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt: Date | null;
  @Column({ name: 'hold_placed_at', type: 'timestamptz', nullable: true })
  holdPlacedAt: Date | null;
  @Column({ name: 'hold_lifted_at', type: 'timestamptz', nullable: true })
  holdLiftedAt: Date | null;
  @Column({ name: 'hold_lifted_by', type: 'text', nullable: true })
  holdLiftedBy: string | null;
}
