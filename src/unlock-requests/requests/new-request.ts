import { actingAt } from '../../access/own-store.js';
import type { Call } from '../../platform/caller.js';
import { channelOf } from './channel.js';
import type { NewRequest } from './receiving.js';
import type { RequestUnlockDto } from './unlock-request.dto.js';

/** A request as whoever is known asks for it: a till for its store, a customer for themselves. */
export function newRequest(call: Call, form: Omit<RequestUnlockDto, 'identifier'>): Omit<NewRequest, 'disclosure'> {
  const { caller } = call;
  return {
    ...{ kind: 'OUTBOUND', scope: form.scope ?? 'PERMANENT', channel: channelOf(caller, form.channel) },
    ...{ language: form.language ?? 'en', subject: caller.role === 'CUSTOMER' ? caller.subject : null },
    locationId: caller.storeId === undefined ? null : actingAt(caller, undefined),
    ...{ alternative: form.alternative ?? null, exemption: form.exemption ?? null },
  };
}
