import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { BATCH_STATES, type BatchState, ITEM_OUTCOMES, type ItemOutcome } from './entitlement.lifecycle.js';

/** A list of handsets to be unlocked under an entitlement: handed in by one person, decided by another. */
@Entity('unlock_batch')
@Check('unlock_batch_status_ck', oneOf('status', BATCH_STATES))
@Check(
  'unlock_batch_decided_ck',
  `(status = 'PROPOSED') = (decided_by is null) and (decided_by is null) = (decided_at is null)`,
)
@Check('unlock_batch_second_person_ck', 'decided_by <> authored_by')
@Index('unlock_batch_entitlement_ix', ['entitlementId', 'id'])
export class UnlockBatch {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_batch_pk' })
  id: string;
  @ForeignKey('UnlockEntitlement', 'id', { name: 'unlock_batch_entitlement_fk' })
  @Column({ name: 'entitlement_id', type: 'uuid' })
  entitlementId: string;
  @Column({ name: 'status', type: 'text' })
  status: BatchState;
  @Column({ name: 'note', type: 'text' })
  note: string;
  @Column({ name: 'authored_by', type: 'text' })
  authoredBy: string;
  @Column({ name: 'authored_at', type: 'timestamptz', default: () => 'now()' })
  authoredAt: Date;
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

@Entity('unlock_batch_item')
@Check('unlock_batch_item_imei_ck', `imei14 ~ '^[0-9]{14}$'`)
@Check('unlock_batch_item_outcome_ck', oneOf('outcome', ITEM_OUTCOMES))
@Check('unlock_batch_item_requested_ck', `(coalesce(outcome, '') = 'REQUESTED') = (request_id is not null)`)
export class UnlockBatchItem {
  @ForeignKey('UnlockBatch', 'id', { name: 'unlock_batch_item_batch_fk' })
  @PrimaryColumn({ name: 'batch_id', type: 'uuid', primaryKeyConstraintName: 'unlock_batch_item_pk' })
  batchId: string;
  @PrimaryColumn({ name: 'n', type: 'integer', primaryKeyConstraintName: 'unlock_batch_item_pk' })
  n: number;
  @Column({ name: 'imei14', type: 'text' })
  imei14: string;
  @Column({ name: 'outcome', type: 'text', nullable: true })
  outcome: ItemOutcome | null;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_batch_item_request_fk' })
  @Column({ name: 'request_id', type: 'uuid', nullable: true })
  requestId: string | null;
}
