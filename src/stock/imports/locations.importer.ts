import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { locationCode } from '../../devices/imports/known-locations.js';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import {
  choice,
  code,
  ColumnFault,
  decimal,
  optional,
  type Reader,
  required,
  text,
  usually,
  whole,
} from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { newId } from '../../values/id.js';
import {
  LOCATION_KINDS,
  type LocationKind,
  OPENING_STATES,
  type OpeningState,
} from '../locations/stock-location.lifecycle.js';

interface LocationRow {
  code: string;
  kind: LocationKind;
  name: string;
  street: string;
  city: string;
  region: string;
  postcode: string;
  country: string;
  latitude: number | null;
  longitude: number | null;
  time_zone: string;
  opening_state: OpeningState;
  remorse_days: number;
}

/** A time zone by its IANA name, as this machine knows them. */
export const timeZone: Reader<string> = (given) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    // Offsets are accepted as zones too, but know no summer time.
    if (/^[A-Z]/i.test(given)) return given;
  } catch {
    // Falls through to the refusal.
  }
  return new ColumnFault('NOT_A_TIME_ZONE', 'Must be the IANA name of a zone, such as America/Los_Angeles.');
};

/** Stores, warehouses and whatever else stock can stand in. */
@Injectable()
export class LocationsImporter implements Importer<LocationRow>, OnModuleInit {
  readonly kind = 'LOCATIONS';
  readonly columns: Columns<LocationRow> = {
    code: required(locationCode),
    kind: required(choice(LOCATION_KINDS)),
    name: required(text(200)),
    street: usually('', text(200)),
    city: usually('', text(100)),
    region: usually('', text(100)),
    postcode: usually('', text(20)),
    country: required(code(/^[A-Z]{2}$/, 'a country: two capitals, such as US')),
    latitude: optional(decimal(-90, 90)),
    longitude: optional(decimal(-180, 180)),
    time_zone: required(timeZone),
    opening_state: usually<OpeningState>('OPEN', choice(OPENING_STATES)),
    remorse_days: usually(14, whole(0, 365)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check(row: LocationRow, line: number, file: FileMemory): LineFault[] {
    // Goods on their way have no place on the map; everything else is found by distance.
    const placeless =
      row.kind === 'IN_TRANSIT' ? [] : (['latitude', 'longitude'] as const).filter((column) => row[column] === null);
    if (placeless.length) return placeless.map((column) => lineFault(column, '', 'REQUIRED', 'Must not be empty.'));
    const earlier = file.earlierLine('location', row.code, line);
    return earlier === undefined
      ? []
      : [lineFault('code', row.code, 'TWICE_IN_FILE', `Line ${earlier} has the same code.`)];
  }

  begin() {
    return async (tx: EntityManager, rows: readonly LocationRow[]): Promise<Outcome[]> => {
      const given = rows.map((row) => ({ ...row, id: newId(), latitude: row.latitude, longitude: row.longitude }));
      const written: { code: string }[] = await tx.query(UPSERT, [JSON.stringify(given)]);
      const codes = new Set(written.map((row) => row.code));
      return rows.map((row) => (codes.has(row.code) ? 'applied' : 'unchanged'));
    };
  }
}

const FIELDS = `kind, name, street, city, region, postcode, country, latitude, longitude, time_zone, opening_state, remorse_days`;
const columnsOf = (table: string) => FIELDS.replace(/\w+/g, (field) => `${table}.${field}`);

const UPSERT = `
  insert into stock_location (id, code, ${FIELDS})
  select id, code, ${FIELDS}
  from json_to_recordset($1) as g (id uuid, code text, kind text, name text, street text, city text, region text, postcode text,
    country text, latitude double precision, longitude double precision, time_zone text, opening_state text, remorse_days smallint)
  order by code
  on conflict (code) do update set (${FIELDS}, version) = (${columnsOf('excluded')}, stock_location.version + 1)
    where (${columnsOf('stock_location')}) is distinct from (${columnsOf('excluded')})
  returning code`;
