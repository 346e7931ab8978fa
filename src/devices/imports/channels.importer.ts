import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Columns, type Importer, type LineFault, lineFault, type Outcome } from '../../imports/importer.js';
import { Importers } from '../../imports/importers.js';
import { choice, list, type Reader, required, usually } from '../../imports/reading/columns.js';
import type { FileMemory } from '../../imports/reading/file-memory.js';
import { newId } from '../../values/id.js';
import { type Channel, CHANNELS } from '../channels/channels.js';
import { KnownLocations, locationCode } from './known-locations.js';
import { KnownSkus, skuCode } from './known-skus.js';

interface ChannelRow {
  sku: string;
  location: string;
  channels: Channel[];
}

const EVERYWHERE = '*';

const place: Reader<string> = (given) => (given === EVERYWHERE ? given : locationCode(given));

/** How customers can come by a SKU, everywhere or at one location. */
@Injectable()
export class ChannelsImporter implements Importer<ChannelRow>, OnModuleInit {
  readonly kind = 'CHANNELS';
  readonly columns: Columns<ChannelRow> = {
    sku: required(skuCode),
    location: usually(EVERYWHERE, place),
    channels: usually<Channel[]>([], list(choice(CHANNELS), CHANNELS.length)),
  };

  constructor(private readonly importers: Importers) {}

  onModuleInit(): void {
    this.importers.register(this);
  }

  check({ sku, location }: ChannelRow, line: number, file: FileMemory): LineFault[] {
    const earlier = file.earlierLine('channels', `${sku}\t${location}`, line);
    if (earlier === undefined) return [];
    return [lineFault('location', location, 'TWICE_IN_FILE', `Line ${earlier} is about the same SKU and location.`)];
  }

  begin() {
    const skus = new KnownSkus();
    const locations = new KnownLocations();
    return async (tx: EntityManager, rows: readonly ChannelRow[]): Promise<Outcome[]> => {
      await skus.learn(
        tx,
        rows.map(({ sku }) => sku),
      );
      await locations.learn(
        tx,
        rows.map(({ location }) => location),
      );
      const faults = rows.map((row) => faultsOf(row, skus, locations));
      const sound = rows.filter((_, at) => !faults[at]!.length);
      const written = await write(
        tx,
        sound.map((row) => [skus.of(row.sku)!.id, locations.of(row.location) ?? null, row.channels]),
      );
      return rows.map((row, at) => {
        if (faults[at]!.length) return faults[at]!;
        return written.has(keyOf(skus.of(row.sku)!.id, locations.of(row.location) ?? null)) ? 'applied' : 'unchanged';
      });
    };
  }
}

type Given = readonly [skuId: string, locationId: string | null, channels: readonly Channel[]];

const keyOf = (skuId: string, locationId: string | null) => `${skuId} ${locationId ?? EVERYWHERE}`;

/** @returns which were not as given before. */
async function write(tx: EntityManager, given: readonly Given[]): Promise<ReadonlySet<string>> {
  const everywhere = given.filter(([, location]) => location === null);
  const somewhere = given.filter(([, location]) => location !== null);
  const changed = [...(await upsert(tx, everywhere, 'EVERYWHERE')), ...(await upsert(tx, somewhere, 'SOMEWHERE'))];
  return new Set(changed.map(({ sku_id, location_id }) => keyOf(sku_id, location_id)));
}

/** What there is at most one row of. */
const UNIQUE = {
  EVERYWHERE: '(sku_id) where location_id is null',
  SOMEWHERE: '(sku_id, location_id) where location_id is not null',
} as const;

async function upsert(
  tx: EntityManager,
  given: readonly Given[],
  place: keyof typeof UNIQUE,
): Promise<{ sku_id: string; location_id: string | null }[]> {
  if (!given.length) return [];
  return tx.query(
    `insert into sku_channel (id, sku_id, location_id, channels)
     select id, sku_id, location_id, string_to_array(channels, '|')
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as g (id, sku_id, location_id, channels)
     on conflict ${UNIQUE[place]} do update set channels = excluded.channels
       where not (sku_channel.channels @> excluded.channels and sku_channel.channels <@ excluded.channels)
     returning sku_id, location_id`,
    [
      given.map(() => newId()),
      given.map(([sku]) => sku),
      given.map(([, location]) => location),
      given.map(([, , channels]) => channels.join('|')),
    ],
  );
}

function faultsOf(row: ChannelRow, skus: KnownSkus, locations: KnownLocations): LineFault[] {
  const faults: LineFault[] = [];
  if (!skus.of(row.sku)) faults.push(lineFault('sku', row.sku, 'UNKNOWN_SKU', 'The catalogue has no such SKU.'));
  if (row.location !== EVERYWHERE && !locations.of(row.location)) {
    faults.push(lineFault('location', row.location, 'UNKNOWN_LOCATION', 'There is no such location.'));
  }
  return faults;
}
