import type { EntityManager } from 'typeorm';
import type { LockState } from '../requests/unlock-request.lifecycle.js';

/** The lock of a handset as far as we know. */
export interface KnownLock {
  state: LockState;
  until: Date | null;
  attemptsLeft: number | null;
}

export async function readLock(db: Pick<EntityManager, 'query'>, deviceImei14: string): Promise<KnownLock> {
  const [row]: KnownLock[] = await db.query(
    `select state, until, attempts_left as "attemptsLeft" from device_lock where device_imei14 = $1`,
    [deviceImei14],
  );
  return row ?? { state: 'UNKNOWN', until: null, attemptsLeft: null };
}

/** Writes down what became of a lock, and who says so. What is not named stays as it was. */
export async function noteLock(
  tx: EntityManager,
  deviceImei14: string,
  { state, until = null, attemptsLeft = null }: Partial<KnownLock> & Pick<KnownLock, 'state'>,
  source: string,
): Promise<void> {
  await tx.query(
    `insert into device_lock as l (device_imei14, state, until, attempts_left, source) values ($1, $2, $3, $4, $5)
     on conflict (device_imei14) do update set state = $2, until = $3, attempts_left = coalesce($4, l.attempts_left),
       source = $5, changed_at = now(), version = l.version + 1`,
    [deviceImei14, state, until, attemptsLeft, source],
  );
}
