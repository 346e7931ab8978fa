import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import type { Reason } from '../eligibility/reasons.js';

export const OVERRIDE_DECISIONS = ['APPROVED', 'REFUSED'] as const;
export type OverrideDecision = (typeof OVERRIDE_DECISIONS)[number];

/** Somebody wants to unlock against the rules: one person says why, another decides. */
@Entity('unlock_override')
@Check('unlock_override_decision_ck', oneOf('decision', OVERRIDE_DECISIONS))
@Check(
  'unlock_override_decided_ck',
  `(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)`,
)
@Check('unlock_override_second_person_ck', `decided_by <> proposed_by`)
@Index('unlock_override_open_key', ['requestId'], { unique: true, where: `decision is null` })
@Index('unlock_override_request_ix', ['requestId', 'id'])
export class UnlockOverride {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_override_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_override_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @Column({ name: 'failing', type: 'text', array: true })
  failing: Reason[];
  @Column({ name: 'reason', type: 'text' })
  reason: string;
  @Column({ name: 'proposed_by', type: 'text' })
  proposedBy: string;
  @Column({ name: 'proposed_at', type: 'timestamptz', default: () => 'now()' })
  proposedAt: Date;
  @Column({ name: 'decision', type: 'text', nullable: true })
  decision: OverrideDecision | null;
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
  @Column({ name: 'decision_reason', type: 'text', nullable: true })
  decisionReason: string | null;
}
