import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { FLOOR_STATES, type FloorState } from './unlock-floor.lifecycle.js';

/** What the law of a place asks of every policy there. */
@Entity('unlock_floor')
@Check('unlock_floor_status_ck', oneOf('status', FLOOR_STATES))
export class UnlockFloor {
  @PrimaryColumn({ name: 'code', type: 'text', primaryKeyConstraintName: 'unlock_floor_pk' })
  code: string;
  @Column({ name: 'jurisdiction', type: 'text' })
  jurisdiction: string;
  @Column({ name: 'status', type: 'text' })
  status: FloorState;
  @Column({ name: 'source', type: 'text' })
  source: string;
  @Column({ name: 'prepaid_most_days', type: 'integer', nullable: true })
  prepaidMostDays: number | null;
  @Column({ name: 'most_days_after_activation', type: 'integer', nullable: true })
  mostDaysAfterActivation: number | null;
  @Column({ name: 'response_most_business_days', type: 'integer', nullable: true })
  responseMostBusinessDays: number | null;
  @Column({ name: 'customer_most_fee_minor', type: 'bigint', nullable: true })
  customerMostFeeMinor: string | null;
  @Column({ name: 'free_for_all_after_months', type: 'integer', nullable: true })
  freeForAllAfterMonths: number | null;
  @Column({ name: 'payment_may_be_asked', type: 'boolean', default: () => 'true' })
  paymentMayBeAsked: boolean;
  @Column({ name: 'notice_needed', type: 'boolean', default: () => 'false' })
  noticeNeeded: boolean;
  @Column({ name: 'military_path_needed', type: 'boolean', default: () => 'false' })
  militaryPathNeeded: boolean;
  @Column({ name: 'no_locks_sold_from', type: 'date', nullable: true })
  noLocksSoldFrom: string | null;
  /** The first day of a policy it applies to; null for all. */
  @Column({ name: 'in_force_from', type: 'date', nullable: true })
  inForceFrom: string | null;
  /** Those who wrote it down; none of them puts it into force. */
  @Column({ name: 'authors', type: 'text', array: true, default: () => "'{}'" })
  authors: string[];
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
