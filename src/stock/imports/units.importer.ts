import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownLocations } from '../../devices/imports/known-locations.js';
import { type KnownSku, KnownSkus } from '../../devices/imports/known-skus.js';
import { type ImportContext, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { isSecondHand } from '../units/unit-condition.js';
import { findKnownUnits, identityKeys, type KnownUnit } from './known-units.js';
import { type Arrival, takeIn } from './unit-intake.js';
import { gateFaults, printedNumber, UNIT_COLUMNS, unitFaults, type UnitRow } from './unit-row.js';

interface Books {
  skus: KnownSkus;
  locations: KnownLocations;
}

/** Handsets by their numbers: what stands in the shops when the books are opened, and what comes in by the lorry. */
@Injectable()
export class UnitsImporter implements Importer<UnitRow>, OnModuleInit {
  readonly kind = 'UNITS';
  readonly columns = UNIT_COLUMNS;
  readonly check = unitFaults;
  readonly overlapping = true;

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  begin(context: ImportContext) {
    const books = { skus: new KnownSkus(), locations: new KnownLocations() };
    return async (tx: EntityManager, rows: readonly UnitRow[]): Promise<Outcome[]> => {
      await books.skus.learn(
        tx,
        rows.map(({ sku }) => sku),
      );
      await books.locations.learn(
        tx,
        rows.map(({ location }) => location),
      );
      const known = await findKnownUnits(tx, rows);
      const arrivals: Arrival[] = [];
      const outcomes = rows.map((row): Outcome => {
        const decided = decide(row, books, known);
        if (!('arrival' in decided)) return decided.outcome;
        arrivals.push(decided.arrival);
        return 'applied';
      });
      await takeIn(tx, arrivals, context);
      return outcomes;
    };
  }
}

type Decision = { arrival: Arrival } | { outcome: Outcome };

function decide(row: UnitRow, { skus, locations }: Books, known: ReadonlyMap<string, KnownUnit>): Decision {
  const sku = skus.of(row.sku);
  const locationId = locations.of(row.location);
  if (!sku?.variantId || !locationId) return { outcome: placeFaults(row, sku, locationId) };
  const keys = identityKeys(row);
  const found = known.size ? keys.map((key) => known.get(key)).filter((unit) => unit !== undefined) : [];
  const unit = found[0];
  if (unit && found.some(({ unitId }) => unitId !== unit.unitId)) return { outcome: [conflict(row)] };
  if (unit?.skuId) return { outcome: standsOrFault(row, unit, { sku, locationId }) };
  const faults = [...gateFaults(row, sku), ...(unit ? returningFaults(row, unit, sku) : [])];
  if (faults.length) return { outcome: faults };
  return {
    arrival: {
      row,
      sku,
      locationId,
      unitId: unit?.unitId ?? null,
      encumbered: unit?.encumbered ?? false,
      unrecorded: identifiersOf(row, keys).filter((_, at) => !known.has(keys[at]!)),
    },
  };
}

function identifiersOf({ imei2 }: UnitRow, keys: readonly string[]): Arrival['unrecorded'] {
  return keys.map((key, at) => {
    const kind = key.startsWith('IMEI') ? 'IMEI' : 'SERIAL';
    return { kind, value: key.slice(kind.length + 1), position: kind === 'IMEI' && imei2 !== null && at === 1 ? 2 : 1 };
  });
}

function placeFaults(row: UnitRow, sku: KnownSku | undefined, locationId: string | undefined): LineFault[] {
  const faults: LineFault[] = [];
  if (!sku) faults.push(lineFault('sku', row.sku, 'UNKNOWN_SKU', 'The catalogue has no such SKU.'));
  else if (!sku.variantId) {
    faults.push(lineFault('sku', row.sku, 'NOT_A_HANDSET', 'Accessories have no units: import them as BULK_STOCK.'));
  }
  if (!locationId) faults.push(lineFault('location', row.location, 'UNKNOWN_LOCATION', 'There is no such location.'));
  return faults;
}

const conflict = (row: UnitRow): LineFault =>
  lineFault(...printedNumber(row), 'IDENTITY_CONFLICT', 'The numbers of this line belong to different units.');

function standsOrFault(
  row: UnitRow,
  unit: KnownUnit,
  { sku, locationId }: { sku: KnownSku; locationId: string },
): Outcome {
  if (unit.skuId === sku.id && unit.locationId === locationId) return 'unchanged';
  const place = unit.locationId === locationId ? 'under another SKU' : 'at another location';
  const detail = `The unit is in stock already, ${place}; move or regrade it instead.`;
  return [lineFault(...printedNumber(row), 'ALREADY_IN_STOCK', detail)];
}

function returningFaults(row: UnitRow, unit: KnownUnit, sku: KnownSku): LineFault[] {
  const faults: LineFault[] = [];
  if (unit.variantId !== sku.variantId) {
    faults.push(
      lineFault('sku', row.sku, 'OTHER_HARDWARE', 'The unit is known as other hardware than this SKU is of.'),
    );
  }
  if (row.disposition !== 'AVAILABLE') return faults;
  const shut = (detail: string) => lineFault('disposition', row.disposition, 'NOT_READY_FOR_SALE', detail);
  if (unit.encumbered) faults.push(shut('Not AVAILABLE: something encumbers the unit.'));
  // When the books are opened the file is believed; of what we have known since, the bench and the gate decide.
  if (isSecondHand(row.provenance)) {
    faults.push(shut('Not AVAILABLE: we have had it before, so it goes through the gate.'));
  }
  return faults;
}
