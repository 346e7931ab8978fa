import type { EntityManager } from 'typeorm';
import { wakeAfterCommit } from '../../events/mail/mail-queue.js';
import { newId } from '../../values/id.js';
import type { UnlockRequest } from './unlock-request.entity.js';
import type { UnlockState } from './unlock-request.lifecycle.js';

/** Where a request comes to that its customer is told of by mail. */
const TOLD = ['DENIED', 'ACTION_REQUIRED', 'COMPLETED', 'AWAITING_DOCUMENTS', 'REVOKED'] as const;
export type ToldState = (typeof TOLD)[number];

/** Notes that the customer is to be told, in the transaction of the move; a worker puts it into words. */
export async function noteNotice(tx: EntityManager, request: UnlockRequest, to: UnlockState): Promise<void> {
  if (!request.contactSealed || !(TOLD as readonly UnlockState[]).includes(to)) return;
  await tx.query('insert into unlock_notice (id, request_id, status) values ($1, $2, $3)', [newId(), request.id, to]);
  wakeAfterCommit(tx);
}
