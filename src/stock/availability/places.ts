import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { nearby, type NearbyParameters } from '../locations/nearby.js';
import type { NearQuery } from './availability.dto.js';

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 20_000;

interface Place {
  latitude: number | null;
  longitude: number | null;
  until: number;
}

/** Where "near" is reckoned from. */
export interface Origin {
  /** Parameters of what is near; all null when nothing is reckoned from, and then nothing is near. */
  near: NearbyParameters | [null, null, null, null, null, null];
  locationId: string | null;
}

const NOWHERE = [null, null, null, null, null, null] as [null, null, null, null, null, null];

/** Where locations stand. Stores do not move: a place is remembered for a minute. */
@Injectable()
export class Places {
  private readonly known = new Map<string, Place>();

  constructor(private readonly db: DataSource) {}

  /** @throws InvalidInput for half a place, NotFound for a location that does not exist. */
  async origin(query: NearQuery, ownStore: string | undefined): Promise<Origin> {
    const { latitude, longitude, radiusKm = 50 } = query;
    if ((latitude === undefined) !== (longitude === undefined)) throw halfAPlace();
    const locationId = query.locationId ?? ownStore ?? null;
    if (latitude !== undefined && longitude !== undefined) {
      return { near: nearby(latitude, longitude, radiusKm), locationId };
    }
    if (locationId === null) return { near: NOWHERE, locationId };
    const place = await this.placeOf(locationId);
    const near =
      place.latitude === null || place.longitude === null ? NOWHERE : nearby(place.latitude, place.longitude, radiusKm);
    return { near, locationId };
  }

  private async placeOf(locationId: string): Promise<Place> {
    const known = this.known.get(locationId);
    if (known && known.until > Date.now()) return known;
    const [found]: Place[] = await this.db.query('select latitude, longitude from stock_location where id = $1', [
      locationId,
    ]);
    if (!found) throw new NotFound('No such location.');
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    const place = { ...found, until: Date.now() + REMEMBERED_MS };
    this.known.set(locationId, place);
    return place;
  }
}

function halfAPlace(): InvalidInput {
  const detail = 'Give both latitude and longitude, or neither.';
  return new InvalidInput(detail, {}, [{ in: 'query', pointer: '/latitude', code: 'BOTH_OR_NEITHER', detail }]);
}
