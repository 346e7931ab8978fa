import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { actingAt } from '../../access/own-store.js';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { constraintMeans } from '../../platform/http/constraint-refusals.js';
import { stockActs } from '../../platform/metrics.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { AlreadyInStock } from '../stock.errors.js';
import { type Arrival, decide, sameUnits } from './arrivals.js';
import { knownUnits, needLocation, type ReceivedSku, skusOf } from './receipt-facts.js';
import { readLines } from './receipt-lines.js';
import type { ReceivePiecesDto, ReceiveStockDto } from './receipt.dto.js';
import type { StockReceivedView } from './receipt.view.js';
import { readReceipt } from './receipts.query.js';
import { tacWarnings } from './tac-warnings.js';
import { type NewReceipt, type TakenIn, takeIn } from './taking-in.js';

// Two tills with the same handset at once: the second to commit is told what it would have been told a moment later.
for (const constraint of ['unit_identifier_live_key', 'stock_holding_open_key']) {
  constraintMeans(constraint, () => new AlreadyInStock('Somebody has just received one of these units.'));
}

/** What is taken in, once everything has been checked. */
interface Accepted {
  arrivals: Arrival[];
  pieces: ReadonlyMap<string, number>;
}

/** The act of taking deliveries in. */
@Injectable()
export class Receipts {
  constructor(private readonly acts: Acts) {}

  /**
   * Takes a delivery into stock: all of it or nothing.
   * @throws NotFound, InvalidInput with every faulty line, AlreadyInStock with every line that is
   */
  async receive(call: Call, form: ReceiveStockDto): Promise<StockReceivedView> {
    const locationId = actingAt(call.caller, form.locationId);
    const receipt = { id: newId(), locationId, reference: form.reference, supplier: form.supplier };
    const view = await this.acts.once(call, async (tx) => {
      await needLocation(tx, locationId);
      const accepted = await accept(tx, form);
      const warnings = await tacWarnings(tx, accepted.arrivals);
      const units = await takeIn(tx, call, receipt, accepted);
      await tell(tx, call, receipt, units, accepted.pieces);
      const skuIds = [...accepted.arrivals.map(({ sku }) => sku.id), ...accepted.pieces.keys()];
      return { ...(await readReceipt(tx, call.caller, receipt.id, [...new Set(skuIds)])), warnings };
    });
    stockActs.inc({ act: 'receive', outcome: 'done' });
    return view;
  }
}

async function accept(tx: EntityManager, { units = [], pieces = [] }: ReceiveStockDto): Promise<Accepted> {
  const { lines, faults } = readLines(units);
  if (!units.length && !pieces.length) faults.push(EMPTY);
  const skus = await skusOf(tx, [...new Set([...units, ...pieces].map(({ skuId }) => skuId))]);
  const known = await knownUnits(
    tx,
    lines.flatMap(({ identifiers }) => identifiers),
  );
  const decisions = lines.map((line) => decide(line, skus, known));
  const arrivals = decisions.flatMap((one) => ('arrival' in one ? [one.arrival] : []));
  faults.push(...decisions.flatMap((one) => ('faults' in one ? one.faults : [])));
  faults.push(...sameUnits(arrivals), ...piecesFaults(pieces, skus));
  const held = decisions.flatMap((one) => ('held' in one ? [one.held] : []));
  if (faults.length) {
    throw new InvalidInput('See errors: each names the line and what is wrong with it.', {}, [...faults, ...held]);
  }
  if (held.length) {
    const pointers = held.map(({ pointer }) => pointer);
    throw new AlreadyInStock('Nothing was received: see the lines in errors.', { lines: pointers }, held);
  }
  return { arrivals, pieces: addedUp(pieces) };
}

const EMPTY: Fault = { in: 'body', pointer: '', code: 'EMPTY', detail: 'Give at least one unit or piece.' };

function piecesFaults(pieces: readonly ReceivePiecesDto[], skus: ReadonlyMap<string, ReceivedSku>): Fault[] {
  return pieces.flatMap(({ skuId }, at): Fault[] => {
    const sku = skus.get(skuId);
    const field = { in: 'body', pointer: `/pieces/${at}/skuId` } as const;
    if (!sku) return [{ ...field, code: 'UNKNOWN_SKU', detail: 'There is no such SKU.' }];
    if (sku.kind === 'ACCESSORY') return [];
    return [{ ...field, code: 'COUNTED_BY_UNIT', detail: 'Handsets are received one by one, as units.' }];
  });
}

function addedUp(pieces: readonly ReceivePiecesDto[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { skuId, quantity } of pieces) sums.set(skuId, (sums.get(skuId) ?? 0) + quantity);
  return sums;
}

async function tell(
  tx: EntityManager,
  call: Call,
  { id, locationId, reference }: NewReceipt,
  units: readonly TakenIn[],
  pieces: ReadonlyMap<string, number>,
): Promise<void> {
  const heaps = [...pieces].map(([skuId, quantity]) => ({ skuId, quantity }));
  const costs = units.map(({ unit_id: unitId, cost_minor: costMinor, currency }) => ({ unitId, costMinor, currency }));
  await publish(tx, call, {
    ...{ type: 'stock.received', aggregateKind: 'receipt', aggregateId: id, locationId },
    payload: { units: units.map(({ unit_id }) => unit_id), pieces: heaps },
  });
  await recordAudited(tx, call, {
    ...{ subjectKind: 'receipt', subjectId: id, act: 'receive', locationId },
    details: { reference, units: costs, pieces: heaps },
  });
}
