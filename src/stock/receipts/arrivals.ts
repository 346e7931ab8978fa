import type { Fault } from '../../platform/problem.js';
import { gateReasons } from '../units/gate.js';
import type { EncumbranceKind } from '../units/unit-encumbrance.lifecycle.js';
import type { KnownUnit, ReceivedSku } from './receipt-facts.js';
import { keyOf, type LineIdentifier, type ReceiptLine, unitFault } from './receipt-lines.js';

const WARRANTY_OF_NEW_DAYS = 365;

/** A handset that may come in: which unit it is, and what is recorded of it. */
export interface Arrival {
  line: ReceiptLine;
  sku: ReceivedSku;
  /** Null for a handset that we never had. */
  unit: KnownUnit | null;
  /** Identifiers that are not recorded yet. */
  unrecorded: Pick<LineIdentifier, 'kind' | 'value' | 'position'>[];
}

/** Either the arrival, or everything that is wrong with the line, or that we have the handset already. */
export type Decision = { arrival: Arrival } | { faults: Fault[] } | { held: Fault };

/** What becomes of a line, given what is known of the SKU and of its identifiers. */
export function decide(
  line: ReceiptLine,
  skus: ReadonlyMap<string, ReceivedSku>,
  known: ReadonlyMap<string, KnownUnit>,
): Decision {
  const sku = skus.get(line.form.skuId);
  const units = new Set(line.identifiers.flatMap((identifier) => known.get(keyOf(identifier)) ?? []));
  const [unit = null] = units;
  if (units.size === 1 && unit?.held) {
    return { held: unitFault(line.at, 'identifier', 'ALREADY_IN_STOCK', 'The unit is in stock already.') };
  }
  const unrecorded = unit ? unrecordedOf(line.identifiers, unit) : line.identifiers;
  const faults = [...skuFaults(line, sku, unit)];
  if (units.size > 1 || !unrecorded) {
    faults.push(
      unitFault(line.at, 'identifier', 'IDENTITY_CONFLICT', 'The numbers of the line are not those of one unit.'),
    );
  }
  return faults.length || !sku || !unrecorded ? { faults } : { arrival: { line, sku, unit, unrecorded } };
}

function skuFaults({ at }: ReceiptLine, sku: ReceivedSku | undefined, unit: KnownUnit | null): Fault[] {
  if (!sku) return [unitFault(at, 'skuId', 'UNKNOWN_SKU', 'There is no such SKU.')];
  if (sku.kind !== 'DEVICE') return [unitFault(at, 'skuId', 'NOT_A_HANDSET', 'Accessories are received as pieces.')];
  if (!unit || unit.variant_id === sku.variant_id) return [];
  return [unitFault(at, 'skuId', 'OTHER_HARDWARE', 'The unit is known as other hardware than this SKU is of.')];
}

/** Identifiers to be added to a known unit; undefined when it has other ones in their place. */
export function unrecordedOf(identifiers: Arrival['unrecorded'], unit: KnownUnit): Arrival['unrecorded'] | undefined {
  const recorded = new Set(unit.identifiers.map(keyOf));
  const added: Arrival['unrecorded'] = [];
  for (const identifier of identifiers.filter((one) => !recorded.has(keyOf(one)))) {
    const taken = [...unit.identifiers, ...added].filter(({ kind }) => kind === identifier.kind);
    const places = identifier.kind === 'IMEI' ? [identifier.position, 3 - identifier.position] : [1];
    const position = places.find((place) => !taken.some((one) => one.position === place));
    if (position === undefined) return undefined;
    added.push({ kind: identifier.kind, value: identifier.value, position });
  }
  return added;
}

/** Lines that name one unit by different numbers of it. */
export function sameUnits(arrivals: readonly Arrival[]): Fault[] {
  const seen = new Map<string, number>();
  return arrivals.flatMap(({ unit, line: { at } }) => {
    const earlier = unit && seen.get(unit.unit_id);
    if (unit && earlier === undefined) seen.set(unit.unit_id, at);
    if (typeof earlier !== 'number') return [];
    return [unitFault(at, 'identifier', 'TWICE_IN_LIST', `/units/${earlier} is the same unit.`)];
  });
}

/**
 * What is recorded of a handset's state. One that comes new from the maker is as it left the works, and goes on the
 * shelf when the gate lets it; anything else waits for the bench, and so does one that we had before, whatever the
 * papers say of it.
 */
export function standingOf({ line: { form }, sku, unit }: Arrival) {
  const encumbrances: readonly EncumbranceKind[] = unit?.encumbrances ?? [];
  const asMade = sku.condition === 'NEW' && form.provenance === 'NEW_PO' && unit === null;
  const state = {
    costMinor: form.costMinor ?? null,
    cosmetic: form.cosmetic ?? null,
    functional: form.functional ?? (asMade ? 0 : null),
    batteryPct: form.batteryPct ?? null,
    lockState: form.lockState ?? (asMade ? 'UNLOCKED' : 'UNKNOWN'),
    erasure: form.erasure ?? (asMade ? 'NOT_NEEDED' : 'PENDING'),
    kitComplete: form.kitComplete ?? true,
    warrantyDays: form.warrantyDays ?? (asMade ? WARRANTY_OF_NEW_DAYS : null),
  };
  const { condition, grade } = sku;
  const free =
    asMade &&
    gateReasons({ ...state, condition, grade, encumbrances, disclosure: null, secondHand: null }).length === 0;
  return { ...state, disposition: free ? ('AVAILABLE' as const) : ('RECEIVED' as const) };
}
