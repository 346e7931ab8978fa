import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { type Asked, type CheckedRule, type Verdict, VERDICTS } from '../eligibility/evaluate.js';
import type { UnlockFacts } from '../eligibility/facts.js';
import type { Reason } from '../eligibility/reasons.js';

/** How a request was decided, with every rule looked at and the facts it was looked at with. Never changed. */
@Entity('unlock_decision')
@Check('unlock_decision_verdict_ck', oneOf('verdict', VERDICTS))
@Index('unlock_decision_request_ix', ['requestId', 'id'])
export class UnlockDecision {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_decision_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_decision_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @ForeignKey('UnlockPolicy', 'id', { name: 'unlock_decision_policy_fk' })
  @Column({ name: 'policy_id', type: 'uuid', nullable: true })
  policyId: string | null;
  @Column({ name: 'verdict', type: 'text' })
  verdict: Verdict;
  @Column({ name: 'reasons', type: 'text', array: true })
  reasons: Reason[];
  @Column({ name: 'next_eligible_at', type: 'timestamptz', nullable: true })
  nextEligibleAt: Date | null;
  @Column({ name: 'checks', type: 'jsonb' })
  checks: CheckedRule[];
  @Column({ name: 'facts', type: 'jsonb' })
  facts: UnlockFacts;
  @Column({ name: 'asked', type: 'jsonb' })
  asked: Asked;
  @Column({ name: 'decided_at', type: 'timestamptz', default: () => 'now()' })
  decidedAt: Date;
  @Column({ name: 'decided_by', type: 'text' })
  decidedBy: string;
}
