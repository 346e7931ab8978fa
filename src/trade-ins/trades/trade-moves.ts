import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import type { Call, Caller, Doer } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { perform, possibleActs, stale } from '../../platform/lifecycle.js';
import { NotFound, WrongState } from '../../platform/problems.js';
import { TradeIn } from './trade-in.entity.js';
import { TRADE_IN_ACTS, type TradeInAct } from './trade-in.lifecycle.js';

/** Particulars of one move of a trade-in. */
export interface TradeMove {
  /** Further columns to be set. */
  also?: Readonly<Record<string, unknown>>;
  reason?: string;
  details?: Readonly<Record<string, unknown>>;
  /** Into the hash-chained audit rather than the plain history: takes the chain's lock, so such a move comes last. */
  audited?: true;
}

/** Reasons that people write in their own words stay in the history: they may name somebody. */
const CODE = /^[A-Z0-9_]{1,40}$/;

/** Locks a trade-in for an act on it, so that of two one comes after the other. @throws NotFound, Stale */
export async function lockTrade(tx: EntityManager, id: string, caller?: Caller, ifMatch?: number): Promise<TradeIn> {
  const found = await tx.findOne(TradeIn, { where: { id }, lock: { mode: 'for_no_key_update' } });
  const trade = needOwn(found, caller);
  if (ifMatch !== undefined && ifMatch !== trade.version) throw stale(trade.version);
  return trade;
}

/**
 * Locks a trade-in for one of these acts, and refuses before anything is done when the state allows none of them.
 * @throws NotFound, Stale, WrongState
 */
export async function lockTradeFor(
  tx: EntityManager,
  { caller, ifMatch }: Call,
  id: string,
  ...acts: readonly TradeInAct[]
): Promise<TradeIn> {
  const trade = await lockTrade(tx, id, caller, ifMatch);
  const { status: state } = trade;
  const possible = possibleActs(TRADE_IN_ACTS, state);
  if (acts.some((act) => possible.includes(act))) return trade;
  throw new WrongState(`Cannot ${acts.join(' or ')}: it is ${state}.`, { state, possible });
}

/** Something about the trade-in has changed that leaves it in its state. */
export const raiseVersion = (tx: EntityManager, id: string): Promise<unknown> =>
  tx.query('update trade_in set version = version + 1 where id = $1', [id]);

/** A till's own are those of its store, a customer's those they made; without a caller the program itself asks. */
function needOwn(trade: TradeIn | null, caller: Caller | undefined): TradeIn {
  const own =
    (caller?.storeId === undefined || trade?.locationId === caller.storeId) &&
    (caller?.role !== 'CUSTOMER' || trade?.subject === caller.subject);
  if (!trade || !own) throw new NotFound('No such trade-in, or not yours.');
  return trade;
}

/**
 * Moves a trade-in along its life: the guarded update, its history and what is told to the outside.
 * @throws NotFound, WrongState
 */
export async function moveTrade(
  tx: EntityManager,
  by: Doer,
  { id, status }: Pick<TradeIn, 'id' | 'status'>,
  act: TradeInAct,
  { also = {}, reason, details, audited }: TradeMove = {},
): Promise<TradeIn> {
  const { to } = TRADE_IN_ACTS[act];
  const waiting = { waitsUntil: null, suspendedFor: null };
  const moved = await perform(tx, TradeIn, { acts: TRADE_IN_ACTS, act, id, also: { ...waiting, ...also } });
  const { locationId, number, unitId } = moved;
  await publish(tx, by, {
    type: `trade-in.${to.toLowerCase().replaceAll('_', '-')}`,
    ...{ aggregateKind: 'trade-in', aggregateId: id, locationId },
    payload: { number, unitId, act, reason: reason !== undefined && CODE.test(reason) ? reason : null },
  });
  await (audited ? recordAudited : recordAct)(tx, by, {
    ...{ subjectKind: 'trade-in', subjectId: id, act, from: status, to, locationId },
    ...(reason === undefined ? {} : { reason }),
    ...(details ? { details } : {}),
  });
  return moved;
}
