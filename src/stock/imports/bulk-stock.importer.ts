import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownLocations, locationCode } from '../../devices/imports/known-locations.js';
import { KnownSkus, skuCode } from '../../devices/imports/known-skus.js';
import {
  type Columns,
  type ImportContext,
  type Importer,
  type LineFault,
  lineFault,
  type Outcome,
} from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { required, whole } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { newId } from '../../values/id.js';

interface BulkRow {
  sku: string;
  location: string;
  quantity: number;
}

interface Standing {
  n: number;
  on_hand: number | null;
}

/** How many pieces without a number of their own stand where, when the books are opened. */
@Injectable()
export class BulkStockImporter implements Importer<BulkRow>, OnModuleInit {
  readonly kind = 'BULK_STOCK';
  readonly columns: Columns<BulkRow> = {
    sku: required(skuCode),
    location: required(locationCode),
    quantity: required(whole(0, 10_000_000)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ sku, location }: BulkRow, line: number, file: FileMemory): LineFault[] {
    const earlier = file.earlierLine('bulk', `${sku}\t${location}`, line);
    if (earlier === undefined) return [];
    return [lineFault('sku', sku, 'TWICE_IN_FILE', `Line ${earlier} is about the same SKU and location.`)];
  }

  begin(context: ImportContext) {
    const skus = new KnownSkus();
    const locations = new KnownLocations();
    return async (tx: EntityManager, rows: readonly BulkRow[]): Promise<Outcome[]> => {
      await skus.learn(
        tx,
        rows.map(({ sku }) => sku),
      );
      await locations.learn(
        tx,
        rows.map(({ location }) => location),
      );
      const faults = rows.map((row) => unknownIn(row, skus, locations));
      const ids = rows.map((row, at) =>
        faults[at]!.length ? [null, null] : [locations.of(row.location)!, skus.of(row.sku)!.id],
      );
      const places = [ids.map(([location]) => location), ids.map(([, sku]) => sku)];
      const standing: Standing[] = await tx.query(STANDING, places);
      const fresh = rows.flatMap((row, at) =>
        !faults[at]!.length && standing[at]!.on_hand === null ? [{ row, at }] : [],
      );
      await tx.query(OPEN, [
        ...places.map((column) => fresh.map(({ at }) => column[at])),
        fresh.map(({ row }) => row.quantity),
        fresh.map(() => newId()),
        context.actor,
        context.jobId,
      ]);
      return rows.map((row, at) => (faults[at]!.length ? faults[at]! : outcomeOf(row, standing[at]!)));
    };
  }
}

const STANDING = `
  select g.n, b.on_hand from unnest($1::uuid[], $2::uuid[]) with ordinality as g (location_id, sku_id, n)
  left join bulk_stock b on b.location_id = g.location_id and b.sku_id = g.sku_id order by g.n`;

/** A line of nothing opens the row and leaves no trace in the ledger: nothing moved. */
const OPEN = `
  with given as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[]) as g (location_id, sku_id, quantity, movement_id)
    order by 1, 2
  ), opened as (
    insert into bulk_stock (location_id, sku_id, on_hand) select location_id, sku_id, quantity from given
  )
  insert into stock_movement (id, location_id, sku_id, kind, on_hand, free, reason, document_id, actor, correlation_id)
  select movement_id, location_id, sku_id, 'RECEIVED', quantity, quantity, 'INITIAL_LOAD', $6::uuid, $5, $6::text
  from given where quantity > 0`;

function unknownIn(row: BulkRow, skus: KnownSkus, locations: KnownLocations): LineFault[] {
  const faults: LineFault[] = [];
  const sku = skus.of(row.sku);
  if (!sku) faults.push(lineFault('sku', row.sku, 'UNKNOWN_SKU', 'The catalogue has no such SKU.'));
  if (sku?.kind === 'DEVICE') {
    faults.push(
      lineFault('sku', row.sku, 'COUNTED_BY_UNIT', 'Handsets are not counted in bulk: import them as UNITS, by IMEI.'),
    );
  }
  if (!locations.of(row.location)) {
    faults.push(lineFault('location', row.location, 'UNKNOWN_LOCATION', 'There is no such location.'));
  }
  return faults;
}

function outcomeOf({ quantity }: BulkRow, { on_hand }: Standing): Outcome {
  if (on_hand === null) return 'applied';
  const detail = `The books say ${on_hand}; a count that differs is an adjustment, with its reason.`;
  return on_hand === quantity ? 'unchanged' : [lineFault('quantity', quantity, 'USE_AN_ADJUSTMENT', detail)];
}
