import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { DISTANCE_KM, IS_NEARBY, nearby, type NearbyParameters } from './nearby.js';
import type { ListLocationsQuery } from './stock-location.dto.js';
import type { ListedLocationView, LocationView } from './stock-location.view.js';

const BY_CODE = { tag: 'locations', shape: ['string'] } as const;
const BY_DISTANCE = { tag: 'locations-nearby', shape: ['number', 'string'] } as const;
const RADIUS_KM = 50;

const COLUMNS = `l.id, l.code, l.kind, l.name, l.street, l.city, l.region, l.postcode, l.country,
  case when l.kind <> 'IN_TRANSIT' then l.latitude end as latitude,
  case when l.kind <> 'IN_TRANSIT' then l.longitude end as longitude,
  l.time_zone as "timeZone", l.opening_state as "openingState", l.remorse_days as "remorseDays", l.version`;

type Listed = LocationView & { metres: number };

/** Reads of locations: everybody in the carrier may see all of them, to send customers there. */
@Injectable()
export class LocationsQuery {
  constructor(private readonly db: DataSource) {}

  /** @throws NotFound for an unknown `nearLocationId`, InvalidInput */
  async locations(query: ListLocationsQuery): Promise<Page<ListedLocationView>> {
    const around = await this.around(query);
    return around ? this.byDistance(query, around) : this.byCode(query);
  }

  location(id: string): Promise<LocationView> {
    return readLocation(this.db, id);
  }

  private async byCode(query: ListLocationsQuery): Promise<Page<ListedLocationView>> {
    const [after] = placeAfter(BY_CODE, query) ?? [null];
    const rows: LocationView[] = await this.db.query(
      `select ${COLUMNS} from stock_location l
       where ($1::text is null or l.kind = $1) and ($2::text is null or l.opening_state = $2)
         and ($3::text is null or l.code > $3)
       order by l.code limit $4`,
      [query.kind ?? null, query.openingState ?? null, after, rowsToFetch(query)],
    );
    return pageOf(rows, query, {
      tag: BY_CODE.tag,
      keys: ({ code }) => [code],
      view: (row) => ({ ...row, distanceKm: null }),
    });
  }

  /** Sorted by whole metres, so that a cursor can name the place exactly. */
  private async byDistance(query: ListLocationsQuery, around: NearbyParameters): Promise<Page<ListedLocationView>> {
    const [metres, code] = placeAfter(BY_DISTANCE, query) ?? [null, null];
    const rows: Listed[] = await this.db.query(
      `select * from (
         select ${COLUMNS}, round(${DISTANCE_KM} * 1000)::int as metres from stock_location l
         where ${IS_NEARBY} and ($7::text is null or l.kind = $7) and ($8::text is null or l.opening_state = $8)
       ) found
       where ($9::int is null or (metres, code) > ($9, $10::text)) order by metres, code limit $11`,
      [...around, query.kind ?? null, query.openingState ?? null, metres, code, rowsToFetch(query)],
    );
    return pageOf(rows, query, {
      tag: BY_DISTANCE.tag,
      keys: (row) => [row.metres, row.code],
      view: ({ metres: away, ...row }) => ({ ...row, distanceKm: away / 1000 }),
    });
  }

  private async around(query: ListLocationsQuery): Promise<NearbyParameters | undefined> {
    const { near, nearLocationId, radiusKm } = query;
    if (near !== undefined && nearLocationId !== undefined) {
      throw fault('nearLocationId', 'ONE_OF', 'Give either near or nearLocationId.');
    }
    if (near !== undefined) return nearby(...coordinatesOf(near), radiusKm ?? RADIUS_KM);
    if (nearLocationId === undefined) {
      if (radiusKm === undefined) return undefined;
      throw fault('radiusKm', 'NO_PLACE', 'A radius needs a place: give near or nearLocationId.');
    }
    const { latitude, longitude } = await this.location(nearLocationId);
    if (latitude === null || longitude === null) {
      throw fault('nearLocationId', 'NO_PLACE', 'Goods in transit are at no place to search around.');
    }
    return nearby(latitude, longitude, radiusKm ?? RADIUS_KM);
  }
}

/** A location as clients see it. @throws NotFound */
export async function readLocation(db: Pick<EntityManager, 'query'>, id: string): Promise<LocationView> {
  const [row]: LocationView[] = await db.query(`select ${COLUMNS} from stock_location l where l.id = $1`, [id]);
  if (!row) throw new NotFound('No such location.');
  return row;
}

function coordinatesOf(near: string): [latitude: number, longitude: number] {
  const [latitude, longitude] = near.split(',').map(Number) as [number, number];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw fault('near', 'OUT_OF_RANGE', 'Latitudes go from -90 to 90, longitudes from -180 to 180.');
  }
  return [latitude, longitude];
}

const fault = (field: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'query', pointer: `/${field}`, code, detail }]);
