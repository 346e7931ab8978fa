import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  CODE_BATCH_STATES,
  CODE_STATES,
  type CodeBatchState,
  type CodeState,
  type Quarantine,
} from './unlock-code.lifecycle.js';

/** A maker's file of codes: staged by one person, approved by another. */
@Entity('unlock_code_batch')
@Check('unlock_code_batch_status_ck', oneOf('status', CODE_BATCH_STATES))
@Check(
  'unlock_code_batch_decided_ck',
  `(status = 'STAGED') = (decided_by is null) and (decided_by is null) = (decided_at is null)`,
)
@Check('unlock_code_batch_second_person_ck', `decided_by <> authored_by`)
@Index('unlock_code_batch_job_key', ['importJobId'], { unique: true })
export class UnlockCodeBatch {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_code_batch_pk' })
  id: string;
  @Column({ name: 'import_job_id', type: 'uuid' })
  importJobId: string;
  @Column({ name: 'status', type: 'text' })
  status: CodeBatchState;
  @Column({ name: 'authored_by', type: 'text' })
  authoredBy: string;
  @Column({ name: 'staged_at', type: 'timestamptz', default: () => 'now()' })
  stagedAt: Date;
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}

/** One code of one handset, sealed. Codes that contradict each other wait in quarantine. */
@Entity('unlock_code')
@Check('unlock_code_status_ck', oneOf('status', CODE_STATES))
@Check('unlock_code_quarantine_ck', `(status = 'QUARANTINED') <= (quarantine is not null)`)
@Check('unlock_code_imei_ck', `device_imei14 ~ '^[0-9]{14}$'`)
@Check('unlock_code_type_ck', `code_type ~ '^[A-Z][A-Z0-9_]{0,29}$'`)
@Check('unlock_code_hash_ck', `octet_length(code_hash) = 16`)
@Index('unlock_code_held_key', ['deviceImei14', 'codeType'], { unique: true, where: `status = 'HELD'` })
@Index('unlock_code_known_key', ['deviceImei14', 'codeType', 'codeHash'], {
  unique: true,
  where: `status <> 'DISCARDED'`,
})
@Index('unlock_code_batch_ix', ['batchId', 'status'])
@Index('unlock_code_quarantine_ix', ['id'], { where: `status = 'QUARANTINED'` })
@Index('unlock_code_key_ix', ['dataKeyId'])
export class UnlockCode {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_code_pk' })
  id: string;
  @Column({ name: 'device_imei14', type: 'text' })
  deviceImei14: string;
  @Column({ name: 'code_type', type: 'text' })
  codeType: string;
  @Column({ name: 'status', type: 'text' })
  status: CodeState;
  @Column({ name: 'sealed', type: 'bytea' })
  sealed: Buffer;
  @ForeignKey('DataKey', 'id', { name: 'unlock_code_key_fk' })
  @Column({ name: 'data_key_id', type: 'uuid' })
  dataKeyId: string;
  @Column({ name: 'code_hash', type: 'bytea' })
  codeHash: Buffer;
  @ForeignKey('UnlockCodeBatch', 'id', { name: 'unlock_code_batch_fk' })
  @Column({ name: 'batch_id', type: 'uuid' })
  batchId: string;
  @Column({ name: 'mep_id', type: 'text', nullable: true })
  mepId: string | null;
  @Column({ name: 'prd', type: 'text', nullable: true })
  prd: string | null;
  @Column({ name: 'lot', type: 'text', nullable: true })
  lot: string | null;
  @Column({ name: 'quarantine', type: 'text', nullable: true })
  quarantine: Quarantine | null;
  @Column({ name: 'received_at', type: 'timestamptz', default: () => 'now()' })
  receivedAt: Date;
  @Column({ name: 'failed_at', type: 'timestamptz', nullable: true })
  failedAt: Date | null;
}

/** A code that was shown: once a request. */
@Entity('unlock_code_reveal')
@Index('unlock_code_reveal_once_key', ['requestId', 'codeId'], { unique: true })
export class UnlockCodeReveal {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_code_reveal_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_code_reveal_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @ForeignKey('UnlockCode', 'id', { name: 'unlock_code_reveal_code_fk' })
  @Column({ name: 'code_id', type: 'uuid' })
  codeId: string;
  @Column({ name: 'revealed_to', type: 'text' })
  revealedTo: string;
  @Column({ name: 'purpose', type: 'text' })
  purpose: string;
  @Column({ name: 'revealed_at', type: 'timestamptz', default: () => 'now()' })
  revealedAt: Date;
}
