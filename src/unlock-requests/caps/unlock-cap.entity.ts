import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import {
  ALERT_KINDS,
  type AlertKind,
  CAP_ACTIONS,
  CAP_SCOPES,
  CAP_SPANS,
  type CapAction,
  type CapScope,
  type CapSpan,
} from './cap-words.js';

/** How often something may be done. */
@Entity('unlock_cap')
@Check('unlock_cap_scope_ck', oneOf('scope', CAP_SCOPES))
@Check('unlock_cap_action_ck', oneOf('action', CAP_ACTIONS))
@Check('unlock_cap_span_ck', oneOf('span', CAP_SPANS))
@Check('unlock_cap_order_ck', 'hard >= 1 and soft between 1 and hard')
export class UnlockCap {
  @PrimaryColumn({ name: 'scope', type: 'text', primaryKeyConstraintName: 'unlock_cap_pk' })
  scope: CapScope;
  @PrimaryColumn({ name: 'action', type: 'text', primaryKeyConstraintName: 'unlock_cap_pk' })
  action: CapAction;
  @PrimaryColumn({ name: 'span', type: 'text', primaryKeyConstraintName: 'unlock_cap_pk' })
  span: CapSpan;
  @Column({ name: 'soft', type: 'integer', nullable: true })
  soft: number | null;
  @Column({ name: 'hard', type: 'integer' })
  hard: number;
}

/** How often it was done, by a keyed hash of whoever did: an address or an IMEI is not to be had from it. */
@Entity('unlock_cap_use')
@Check('unlock_cap_use_hash_ck', 'octet_length(key_hash) = 16')
@Index('unlock_cap_use_age_ix', ['windowStart'])
export class UnlockCapUse {
  @PrimaryColumn({ name: 'key_hash', type: 'bytea', primaryKeyConstraintName: 'unlock_cap_use_pk' })
  keyHash: Buffer;
  @PrimaryColumn({ name: 'action', type: 'text', primaryKeyConstraintName: 'unlock_cap_use_pk' })
  action: string;
  @PrimaryColumn({ name: 'span', type: 'text', primaryKeyConstraintName: 'unlock_cap_use_pk' })
  span: CapSpan;
  @PrimaryColumn({ name: 'window_start', type: 'timestamptz', primaryKeyConstraintName: 'unlock_cap_use_pk' })
  windowStart: Date;
  @PrimaryColumn({ name: 'scope', type: 'text', primaryKeyConstraintName: 'unlock_cap_use_pk' })
  scope: CapScope;
  @Column({ name: 'used', type: 'integer' })
  used: number;
}

/** Something for a person to look at; told once a span. */
@Entity('unlock_alert')
@Check('unlock_alert_kind_ck', oneOf('kind', ALERT_KINDS))
@Unique('unlock_alert_once_key', ['once'])
export class UnlockAlert {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_alert_pk' })
  id: string;
  @Column({ name: 'kind', type: 'text' })
  kind: AlertKind;
  @Column({ name: 'scope', type: 'text' })
  scope: CapScope;
  @Column({ name: 'key_hash', type: 'bytea' })
  keyHash: Buffer;
  @Column({ name: 'once', type: 'text' })
  once: string;
  @Column({ name: 'details', type: 'jsonb', default: () => "'{}'" })
  details: object;
  @Column({ name: 'at', type: 'timestamptz', default: () => 'now()' })
  at: Date;
}
