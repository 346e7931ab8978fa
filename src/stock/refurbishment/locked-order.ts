import type { EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { perform } from '../../platform/lifecycle.js';
import { needNoHold } from '../holds/on-hold.js';
import { lockedHolding, type OpenHolding } from '../units/open-holding.js';
import { beyondEconomicRepair } from './economics.js';
import { ORDER_ACTS, type OrderAct, type OrderState } from './refurb-order.lifecycle.js';
import { RefurbOrder } from './refurb-order.entity.js';
import { BeyondEconomicRepair } from './refurbishment.errors.js';
import { moneyOf } from './refurb-orders.query.js';

/** An order that an act has moved, and how it stood before. */
export interface Moved {
  order: RefurbOrder;
  from: OrderState;
  held: OpenHolding;
}

interface Move {
  act: OrderAct;
  also?: Readonly<Record<string, unknown>>;
  /** The state it leads to where the act alone does not say. */
  to?: OrderState;
  /** Whether the act may be done to a handset under a legal hold: looking, waiting and giving up may. */
  evenOnHold?: boolean;
}

/**
 * Moves an order along its lifecycle and locks the handset it is about: the order before the holding, as all acts do.
 * @throws NotFound, Stale, WrongState, UnitOnHold
 */
export async function moveOrder(tx: EntityManager, call: Call, id: string, move: Move): Promise<Moved> {
  const { act, also = {}, to, evenOnHold = false } = move;
  const store = boundTo(call.caller);
  const [before]: { status: OrderState }[] = await tx.query(
    'select status from refurb_order where id = $1 for update',
    [id],
  );
  const acts = to === undefined ? ORDER_ACTS : { ...ORDER_ACTS, [act]: { ...ORDER_ACTS[act], to } };
  const order = await perform(tx, RefurbOrder, {
    ...{ acts, act, id, also, within: store === null ? {} : { locationId: store } },
    ...(call.ifMatch === undefined ? {} : { ifMatch: call.ifMatch }),
  });
  const held = await lockedHolding(tx, order.unitId);
  if (!evenOnHold) await needNoHold(tx, order.unitId);
  return { order, from: before!.status, held };
}

/** @throws BeyondEconomicRepair when nobody else has let it go on */
export function needWorthwhile({ berProposed, approvedBy, ...order }: RefurbOrder): void {
  if (!berProposed || approvedBy !== null) return;
  throw new BeyondEconomicRepair('Give it up, or let somebody else than its author approve that it goes on.', {
    acquisitionMinor: Number(order.acquisitionMinor),
    estimatedMinor: Number(order.estimatedMinor),
    expectedSaleMinor: Number(order.expectedSaleMinor),
  });
}

/** Looks anew whether the order is worth its money, after money was spent or committed. */
export async function weigh(tx: EntityManager, order: RefurbOrder): Promise<void> {
  const { spentMinor, reservedMinor } = await moneyOf(tx, order.id);
  const proposed = beyondEconomicRepair({
    acquisitionMinor: Number(order.acquisitionMinor),
    estimatedMinor: Number(order.estimatedMinor),
    expectedSaleMinor: Number(order.expectedSaleMinor),
    committedMinor: spentMinor + reservedMinor,
  });
  if (proposed === order.berProposed) return;
  await tx.query('update refurb_order set ber_proposed = $2 where id = $1', [order.id, proposed]);
}

/** Tells of an act on an order: event and audit. Call it last: it takes the lock of the audit chain. */
export async function tellOfOrder(
  tx: EntityManager,
  call: Call,
  { order, from }: Pick<Moved, 'order' | 'from'>,
  { act, reason, details = {} }: { act: string; reason?: string; details?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { id, locationId, status: to, unitId } = order;
  await publish(tx, call, {
    ...{ type: 'refurb-order.moved', aggregateKind: 'refurb-order', aggregateId: id, locationId },
    payload: { act, from, to, unitId, ...details },
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'refurb-order', subjectId: id, act, from, to, locationId, details },
    ...(reason === undefined ? {} : { reason }),
  });
}
