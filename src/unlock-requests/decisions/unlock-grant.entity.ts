import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An unlock that was granted: what caps count. */
@Entity('unlock_grant')
@Index('unlock_grant_request_key', ['requestId'], { unique: true })
@Index('unlock_grant_device_ix', ['deviceImei14', 'grantedAt'])
@Index('unlock_grant_line_ix', ['lineId', 'grantedAt'], { where: `line_id is not null` })
@Index('unlock_grant_account_ix', ['accountId', 'grantedAt'], { where: `account_id is not null` })
@Index('unlock_grant_ending_ix', ['endsAt'], { where: `ends_at is not null and ended_at is null` })
export class UnlockGrant {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'unlock_grant_pk' })
  id: string;
  @ForeignKey('UnlockRequest', 'id', { name: 'unlock_grant_request_fk' })
  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;
  @Column({ name: 'device_imei14', type: 'text' })
  deviceImei14: string;
  @Column({ name: 'kind', type: 'text' })
  kind: string;
  @Column({ name: 'line_id', type: 'uuid', nullable: true })
  lineId: string | null;
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;
  @Column({ name: 'granted_at', type: 'timestamptz', default: () => 'now()' })
  grantedAt: Date;
  @Column({ name: 'ends_at', type: 'timestamptz', nullable: true })
  endsAt: Date | null;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
  @Column({ name: 'look_again_at', type: 'timestamptz', nullable: true })
  lookAgainAt: Date | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

/** One row a line, account or device: locked while its unlocks are counted, so that two decisions see each other. */
@Entity('unlock_cap_lock')
export class UnlockCapLock {
  @PrimaryColumn({ name: 'scope_key', type: 'text', primaryKeyConstraintName: 'unlock_cap_lock_pk' })
  scopeKey: string;
}
