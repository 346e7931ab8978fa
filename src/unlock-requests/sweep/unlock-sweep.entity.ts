import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

export const SWEEP_STATES = ['RUNNING', 'DONE'] as const;
export type SweepState = (typeof SWEEP_STATES)[number];

/** One walk over all devices on lines. */
@Entity('unlock_sweep')
@Check('unlock_sweep_state_ck', oneOf('state', SWEEP_STATES))
@Check('unlock_sweep_finished_ck', `(state = 'DONE') = (finished_at is not null)`)
@Index('unlock_sweep_running_key', ['state'], { unique: true, where: `state = 'RUNNING'` })
@Index('unlock_sweep_day_key', ['day'], { unique: true, where: `day is not null` })
export class UnlockSweep {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_sweep_pk' })
  id: string;
  @Column({ name: 'state', type: 'text' })
  state: SweepState;
  @Column({ name: 'day', type: 'date', nullable: true })
  day: string | null;
  @Column({ name: 'asked_by', type: 'text' })
  askedBy: string;
  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'now()' })
  startedAt: Date;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;
  @Column({ name: 'last_imei14', type: 'text', default: () => "''" })
  lastImei14: string;
  @Column({ name: 'seen', type: 'bigint', default: () => '0' })
  seen: string;
  @Column({ name: 'eligible', type: 'bigint', default: () => '0' })
  eligible: string;
  @Column({ name: 'requested', type: 'bigint', default: () => '0' })
  requested: string;
  @Column({ name: 'noticed', type: 'bigint', default: () => '0' })
  noticed: string;
}

/** A customer was told once that their handset may be unlocked. */
@Entity('unlock_eligibility_notice')
export class UnlockEligibilityNotice {
  @PrimaryColumn({ name: 'device_imei14', type: 'text', primaryKeyConstraintName: 'unlock_eligibility_notice_pk' })
  deviceImei14: string;
  @ForeignKey('UnlockPolicy', 'id', { name: 'unlock_eligibility_notice_policy_fk' })
  @PrimaryColumn({ name: 'policy_id', type: 'uuid', primaryKeyConstraintName: 'unlock_eligibility_notice_pk' })
  policyId: string;
  @Column({ name: 'noticed_at', type: 'timestamptz', default: () => 'now()' })
  noticedAt: Date;
}
