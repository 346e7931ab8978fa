import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { perform } from '../../platform/lifecycle.js';
import { noteNotice } from './notices.js';
import { UnlockRequest } from './unlock-request.entity.js';
import { UNLOCK_ACTS, type UnlockAct, type UnlockState } from './unlock-request.lifecycle.js';

/** Particulars of one move of a request. */
export interface Move {
  /** Further columns to be set. */
  also?: Readonly<Record<string, unknown>>;
  /** Whose request it must be; another's is not found. */
  within?: Readonly<Record<string, unknown>>;
  ifMatch?: number;
  reason?: string;
  details?: Readonly<Record<string, unknown>>;
  /** Into the hash-chained audit rather than the plain history: takes the chain's lock, so such a move comes last. */
  audited?: true;
}

const CLOSING: readonly UnlockState[] = [
  'COMPLETED',
  'COMPLETED_UNVERIFIED',
  'DENIED',
  'EXPIRED',
  'CANCELLED',
  'CLOSED_NO_RESPONSE',
  'REVOKED',
];

/** States in which nothing was unlocked: what was granted counts under no cap any more. */
const TAKING_BACK: readonly UnlockState[] = ['DENIED', 'CANCELLED', 'REVOKED'];

/**
 * Moves a request along its life: the guarded update, its history and what is told to the outside.
 * @throws NotFound, Stale, WrongState
 */
export async function moveRequest(
  tx: EntityManager,
  by: Doer,
  { id, status }: Pick<UnlockRequest, 'id' | 'status'>,
  act: UnlockAct,
  { also, within, ifMatch, reason, details, audited }: Move = {},
): Promise<UnlockRequest> {
  const { to } = UNLOCK_ACTS[act];
  const closed = { closedAt: CLOSING.includes(to) ? () => 'now()' : null };
  const moved = await perform(tx, UnlockRequest, {
    ...{ acts: UNLOCK_ACTS, act, id, also: { ...closed, ...also } },
    ...(within ? { within } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  });
  if (TAKING_BACK.includes(to)) await takeGrantBack(tx, id);
  await publish(tx, by, {
    type: `unlock-request.${to.toLowerCase().replaceAll('_', '-')}`,
    ...{ aggregateKind: 'unlock-request', aggregateId: id, locationId: moved.locationId },
    payload: { number: moved.number, reasons: moved.reasons },
  });
  const entry = { subjectKind: 'unlock-request', subjectId: id, act, from: status, to, locationId: moved.locationId };
  await (audited ? recordAudited : recordAct)(tx, by, {
    ...entry,
    ...(reason === undefined ? {} : { reason }),
    ...(details ? { details } : {}),
  });
  await noteNotice(tx, moved, to);
  return moved;
}

/** What stops the clock of the answer: the first answer of substance counts, later ones change nothing. */
export const responded = (response: string) => ({
  respondedAt: () => 'coalesce(responded_at, now())',
  response: () => `coalesce(response, '${response}')`,
});

const takeGrantBack = (tx: EntityManager, requestId: string): Promise<unknown> =>
  tx.query('update unlock_grant set revoked_at = now() where request_id = $1 and revoked_at is null', [requestId]);
