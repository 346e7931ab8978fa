import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/caller.js';
import { NotFound } from '../../platform/problems.js';
import { UnlockRequest } from './unlock-request.entity.js';

/** A request that is the caller's to see. @throws NotFound */
export async function findRequest(tx: EntityManager, id: string, caller?: Caller): Promise<UnlockRequest> {
  return needOwn(await tx.findOneBy(UnlockRequest, { id }), caller);
}

/** Locks a request, so that of two who act on it one comes after the other. @throws NotFound */
export async function lockRequest(tx: EntityManager, id: string, caller?: Caller): Promise<UnlockRequest> {
  return needOwn(await tx.findOne(UnlockRequest, { where: { id }, lock: { mode: 'for_no_key_update' } }), caller);
}

/** A till's own are those of its store, a customer's those they made; without a caller the program itself asks. */
function needOwn(request: UnlockRequest | null, caller: Caller | undefined): UnlockRequest {
  const own =
    (caller?.storeId === undefined || request?.locationId === caller.storeId) &&
    (caller?.role !== 'CUSTOMER' || request?.subject === caller.subject);
  if (!request || !own) throw new NotFound('No such unlock request, or not yours.');
  return request;
}
