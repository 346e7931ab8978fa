import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { StoredFile } from './files/stored-file.entity.js';
import { DataKey } from './secrets/data-key.entity.js';

@Entity('idempotency_key')
@Check('idempotency_key_length_ck', 'char_length(key) between 8 and 255')
@Index('idempotency_key_age_ix', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn({ name: 'principal', type: 'text', primaryKeyConstraintName: 'idempotency_key_pk' })
  principal: string;
  @PrimaryColumn({ name: 'key', type: 'text', primaryKeyConstraintName: 'idempotency_key_pk' })
  key: string;
  @Column({ name: 'operation', type: 'text' })
  operation: string;
  @Column({ name: 'request_hash', type: 'bytea' })
  requestHash: Buffer;
  @Column({ name: 'status', type: 'smallint', nullable: true })
  status: number | null;
  @Column({ name: 'body', type: 'text', nullable: true })
  body: string | null;
  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}

@Entity('history')
@Check('history_chain_ck', '(chain is null) = (hash is null) and (chain is null) = (chain_seq is null)')
@Unique('history_chain_key', ['chain', 'chainSeq'])
@Index('history_subject_ix', ['subjectId', 'occurredAt'])
@Index('history_time_ix', ['occurredAt', 'id'])
export class HistoryRow {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'history_pk' })
  id: string;
  @Column({ name: 'subject_kind', type: 'text' })
  subjectKind: string;
  @Column({ name: 'subject_id', type: 'uuid' })
  subjectId: string;
  @Column({ name: 'act', type: 'text' })
  act: string;
  @Column({ name: 'from_state', type: 'text', nullable: true })
  fromState: string | null;
  @Column({ name: 'to_state', type: 'text', nullable: true })
  toState: string | null;
  @Column({ name: 'reason', type: 'text', nullable: true })
  reason: string | null;
  @Column({ name: 'details', type: 'jsonb', default: () => "'{}'" })
  details: object;
  @Column({ name: 'actor', type: 'text' })
  actor: string;
  @Column({ name: 'actor_role', type: 'text' })
  actorRole: string;
  @Column({ name: 'location_id', type: 'uuid', nullable: true })
  locationId: string | null;
  @Column({ name: 'correlation_id', type: 'text' })
  correlationId: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'now()' })
  occurredAt: Date;
  @Column({ name: 'chain', type: 'text', nullable: true })
  chain: string | null;
  @Column({ name: 'chain_seq', type: 'bigint', nullable: true })
  chainSeq: string | null;
  @Column({ name: 'hash', type: 'bytea', nullable: true })
  hash: Buffer | null;
}

@Entity('audit_chain')
export class AuditChain {
  @PrimaryColumn({ name: 'chain', type: 'text', primaryKeyConstraintName: 'audit_chain_pk' })
  chain: string;
  @Column({ name: 'seq', type: 'bigint' })
  seq: string;
  @Column({ name: 'head', type: 'bytea' })
  head: Buffer;
}

@Entity('outbox_event')
@Index('outbox_event_due_ix', ['occurredAt', 'id'], { where: 'delivered_at is null' })
export class OutboxRow {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'outbox_event_pk' })
  id: string;
  @Column({ name: 'type', type: 'text' })
  type: string;
  @Column({ name: 'aggregate_kind', type: 'text' })
  aggregateKind: string;
  @Column({ name: 'aggregate_id', type: 'uuid' })
  aggregateId: string;
  @Column({ name: 'location_id', type: 'uuid', nullable: true })
  locationId: string | null;
  @Column({ name: 'payload', type: 'jsonb' })
  payload: object;
  @Column({ name: 'correlation_id', type: 'text' })
  correlationId: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'now()' })
  occurredAt: Date;
  @Column({ name: 'delivered_at', type: 'timestamptz', nullable: true })
  deliveredAt: Date | null;
}

export const GROUND_ENTITIES = [IdempotencyKey, HistoryRow, AuditChain, OutboxRow, DataKey, StoredFile];
