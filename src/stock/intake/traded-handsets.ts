import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SkuMaking } from '../../devices/skus/sku-making.js';
import { publish } from '../../events/outbox.js';
import type { Doer } from '../../platform/caller.js';
import { recordAct, recordAudited } from '../../platform/history.js';
import { WrongState } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { disencumber, encumber, extendHold, lockBarred } from '../holds/encumbering.js';
import { needNoHold } from '../holds/on-hold.js';
import { needLocation } from '../receipts/receipt-facts.js';
import { moveHoldings } from '../units/holding-moves.js';
import { HOLDING_ACTS, type HoldingAct, possibleHoldingActs } from '../units/stock-holding.lifecycle.js';
import type { EncumbranceKind } from '../units/unit-encumbrance.lifecycle.js';
import { lockedHolding } from '../units/open-holding.js';
import { identityOf } from './identity.js';
import { OPEN_INTAKE } from './open-intake.sql.js';

/** A handset as it is handed in. */
export interface HandedIn {
  /** One IMEI or two, of fourteen digits each. */
  imei14s: readonly string[];
  variantId: string;
  locationId: string;
  currency: string;
  /** The trade-in it is handed in for. */
  documentId: string;
  /** Number of the bag it was sealed into. */
  sealedBag: string | null;
}

/** How a handset leaves that we do not keep. */
const WAYS_BACK = {
  RETURNED_TO_SELLER: 'returnToSeller',
  SURRENDERED: 'surrender',
  RECYCLED: 'recycle',
} as const satisfies Record<string, HoldingAct>;

/**
 * What other rooms do with handsets that were handed in: steps of their own acts. All but `takeIn` write into the audit
 * chain of the location, whose lock is held from then on: call them after whatever else the act locks.
 */
@Injectable()
export class TradedHandsets {
  constructor(private readonly skus: SkuMaking) {}

  /**
   * Takes a handset in that somebody hands to us: the unit we know it as or a new one, in a holding of its own.
   * @throws NotFound, AlreadyInStock, IdentityConflict
   */
  async takeIn(tx: EntityManager, by: Doer, handset: HandedIn): Promise<{ unitId: string; holdingId: string }> {
    await needLocation(tx, handset.locationId);
    const { unit, unrecorded } = await identityOf(tx, handset.imei14s);
    const variantId = unit?.variant_id ?? handset.variantId;
    const skuId = await this.skus.ensure(tx, by, { variantId, condition: 'USED', grade: null });
    const [unitId, holdingId] = [unit?.unit_id ?? newId(), newId()];
    const { locationId, documentId } = handset;
    await tx.query(OPEN_INTAKE, [
      ...[unitId, unit === null, variantId, JSON.stringify(unrecorded), holdingId, skuId, locationId],
      ...[handset.currency, handset.sealedBag, Math.floor(Math.random() * 2 ** 31), newId(), documentId],
      ...[by.actor, by.correlationId],
    ]);
    const told = { subjectKind: 'stock-unit', subjectId: unitId, locationId };
    await recordAct(tx, by, { ...told, act: 'takeIn', to: 'TRADE_IN_INTAKE', details: { holdingId, documentId } });
    await publish(tx, by, {
      ...{ type: 'stock-unit.taken-in', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
      payload: { holdingId, skuId, documentId },
    });
    return { unitId, holdingId };
  }

  /**
   * Makes the handset ours at this cost, in minor units of the holding's currency; it waits for its erasure.
   * @throws NotFound, WrongState when it is ours already or on its way elsewhere
   */
  async acquire(
    tx: EntityManager,
    by: Doer,
    { unitId, costMinor, documentId }: { unitId: string; costMinor: number; documentId: string },
  ): Promise<void> {
    const held = await lockedHolding(tx, unitId);
    if (held.provenance !== 'TRADE_IN' || held.cost_minor !== null) {
      throw new WrongState('The handset is ours already.', { state: held.disposition });
    }
    await this.moved(tx, by, {
      unitId,
      act: 'acquire',
      reason: 'AWAITING_ERASURE',
      documentId,
      details: { costMinor },
    });
    await tx.query('update stock_holding set cost_minor = $2 where id = $1', [held.id, costMinor]);
  }

  /**
   * Sets what we gave for the handset anew, in minor units, where it turned out to be worth something else; what was
   * spent on it since stays on its cost.
   * @throws NotFound
   */
  async revalue(
    tx: EntityManager,
    by: Doer,
    { unitId, costMinor, documentId }: { unitId: string; costMinor: number; documentId: string },
  ): Promise<void> {
    const { id, location_id: locationId, cost_minor: was } = await lockedHolding(tx, unitId);
    const [[{ cost }]]: [[{ cost: string }], number] = await tx.query(
      `update stock_holding set version = version + 1,
         cost_minor = $2::bigint + (select coalesce(sum(amount_minor), 0) from refurb_cost where holding_id = $1)
       where id = $1 returning cost_minor as cost`,
      [id, costMinor],
    );
    await recordAudited(tx, by, {
      ...{ subjectKind: 'stock-unit', subjectId: unitId, act: 'revalue', locationId },
      details: { documentId, costMinor: Number(cost), wasMinor: was === null ? null : Number(was) },
    });
  }

  /**
   * Lets a handset go that we do not keep, and closes its holding. One under a legal hold goes to the police only.
   * @throws NotFound, WrongState, UnitOnHold
   */
  async giveBack(
    tx: EntityManager,
    by: Doer,
    handset: { unitId: string; documentId: string; how: keyof typeof WAYS_BACK; reason: string },
  ): Promise<void> {
    const { unitId, documentId, how, reason } = handset;
    const { disposition: state } = await lockedHolding(tx, unitId);
    if (!(WAITING as readonly string[]).includes(state)) {
      throw new WrongState(`Not possible: the unit is ${state}.`, { state, possible: possibleHoldingActs(state) });
    }
    if (how !== 'SURRENDERED') await needNoHold(tx, unitId);
    await this.moved(tx, by, { unitId, act: WAYS_BACK[how], reason, documentId });
  }

  /**
   * Holds the handset for the law until an instant, or until lifted when that is null; of two holds the later end counts.
   * @throws NotFound
   */
  async hold(
    tx: EntityManager,
    by: Doer,
    hold: { unitId: string; reason: string; until: Date | null; documentId: string },
  ): Promise<void> {
    await lockBarred(tx, by, hold.unitId);
    if (!(await encumber(tx, by, { ...hold, kind: 'LEGAL_HOLD' }))) await extendHold(tx, by, hold);
  }

  /** Lifts the legal hold before its end; that the sweep came first is no refusal. @throws NotFound */
  async liftHold(tx: EntityManager, by: Doer, { unitId, reason }: { unitId: string; reason: string }): Promise<void> {
    await lockBarred(tx, by, unitId);
    await disencumber(tx, by, { unitId, kind: 'LEGAL_HOLD', reason });
  }

  /** Bars the handset from being sold, unless it is barred for this already. @throws NotFound */
  async bar(
    tx: EntityManager,
    by: Doer,
    { unitId, kind, reason }: { unitId: string; kind: EncumbranceKind; reason: string },
  ): Promise<void> {
    await lockBarred(tx, by, unitId);
    await encumber(tx, by, { unitId, kind, reason });
  }

  private async moved(
    tx: EntityManager,
    by: Doer,
    move: { unitId: string; act: HoldingAct; reason: string; documentId: string; details?: object },
  ): Promise<void> {
    const { unitId, act, reason, documentId, details } = move;
    const [found] = await moveHoldings(tx, by, { act, unitIds: [unitId], locationId: null, reason, documentId });
    const { disposition: from, location_id: locationId } = found!;
    if (!found!.moved) {
      throw new WrongState(`Not possible: the unit is ${from}.`, { state: from, possible: possibleHoldingActs(from) });
    }
    const { to } = HOLDING_ACTS[act];
    await publish(tx, by, {
      ...{ type: 'stock-unit.moved', aggregateKind: 'stock-unit', aggregateId: unitId, locationId },
      payload: { from, to, reason },
    });
    await recordAudited(tx, by, {
      ...{ subjectKind: 'stock-unit', subjectId: unitId, act, from, to, reason, locationId },
      details: { documentId, ...details },
    });
  }
}

/** A handset in these has not gone its way through the house yet. */
const WAITING = ['TRADE_IN_INTAKE', 'QUARANTINE'] as const;
