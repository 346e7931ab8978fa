import type { Caller } from '../../platform/caller.js';
import type { UnlockChannel } from '../eligibility/facts.js';

/** The channel a request comes through: staff may say it, a customer's is always the web. */
export function channelOf({ role, storeId }: Caller, named: UnlockChannel | undefined): UnlockChannel {
  if (role === 'CUSTOMER') return 'WEB';
  return named ?? (storeId === undefined ? 'CARE' : 'STORE');
}
