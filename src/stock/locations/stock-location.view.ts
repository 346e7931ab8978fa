import { NextCursor } from '../../platform/http/page.js';
import { Decimal, Id, ListOf, Nullable, OneOf, Text, WholeNumber } from '../../values/fields.js';
import { LOCATION_KINDS, type LocationKind, OPENING_STATES, type OpeningState } from './stock-location.lifecycle.js';

/** A place where stock stands. */
export class LocationView {
  /** Id of the location. */
  @Id()
  id: string;
  /** The code it goes by everywhere. */
  @Text(1, 32)
  code: string;
  /** What it is. */
  @OneOf(LOCATION_KINDS, 'LocationKind')
  kind: LocationKind;
  /** What people call it. */
  @Text(1, 200)
  name: string;
  /** Street and number. */
  @Text(0, 200)
  street: string;
  /** Town. */
  @Text(0, 100)
  city: string;
  /** State or province. */
  @Text(0, 100)
  region: string;
  /** Postcode. */
  @Text(0, 20)
  postcode: string;
  /** Country by its two capitals (ISO 3166-1). */
  @Text(2, 2)
  country: string;
  /** Degrees north; null for goods in transit. */
  @Nullable()
  @Decimal(-90, 90)
  latitude: number | null;
  /** Degrees east; null for goods in transit. */
  @Nullable()
  @Decimal(-180, 180)
  longitude: number | null;
  /** The time zone its days are counted in. */
  @Text(1, 64)
  timeZone: string;
  /** Whether it is open. */
  @OneOf(OPENING_STATES, 'OpeningState')
  openingState: OpeningState;
  /** How many days customers may bring goods back. */
  @WholeNumber(0, 365)
  remorseDays: number;
  /** Counts the changes; it is the ETag. */
  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** A location in a list. */
export class ListedLocationView extends LocationView {
  /** Kilometres from the place searched around, to the metre; null when none was given. */
  @Nullable()
  @Decimal(0, 1000)
  distanceKm: number | null;
}

export class LocationPageView {
  /** Locations: the nearest first when a place was given, else by code. */
  @ListOf(() => ListedLocationView, 0, 200)
  items: ListedLocationView[];
  /** Where the next page begins; null on the last one. */
  @NextCursor()
  nextCursor: string | null;
}
