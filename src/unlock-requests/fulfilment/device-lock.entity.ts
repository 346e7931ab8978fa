import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';
import { LOCK_STATES, type LockState } from '../requests/unlock-request.lifecycle.js';

/** The lock of a handset as far as we know, apart from any request. */
@Entity('device_lock')
@Check('device_lock_state_ck', oneOf('state', LOCK_STATES))
@Check('device_lock_until_ck', `(state = 'TEMP_UNLOCKED') = (until is not null)`)
@Check('device_lock_attempts_ck', `attempts_left between 0 and 99`)
@Index('device_lock_until_ix', ['until'], { where: `until is not null` })
export class DeviceLock {
  @PrimaryColumn({ name: 'device_imei14', type: 'text', primaryKeyConstraintName: 'device_lock_pk' })
  deviceImei14: string;
  @Column({ name: 'state', type: 'text' })
  state: LockState;
  @Column({ name: 'until', type: 'timestamptz', nullable: true })
  until: Date | null;
  @Column({ name: 'attempts_left', type: 'smallint', nullable: true })
  attemptsLeft: number | null;
  @Column({ name: 'source', type: 'text' })
  source: string;
  @Column({ name: 'changed_at', type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
