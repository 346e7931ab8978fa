import { PageQuery } from '../../platform/http/page.dto.js';
import { Code, Degrees, Id, Maybe, OneOf, QueryWhole, Text, WholeNumber } from '../../values/fields.js';
import { LOCATION_KINDS, type LocationKind, OPENING_STATES, type OpeningState } from './stock-location.lifecycle.js';
import { TimeZone } from '../../values/time-zone.js';

const LOCATION_CODE = /^[A-Z0-9][A-Z0-9-]{0,31}$/;
const COUNTRY = /^[A-Z]{2}$/;
const COORDINATES = /^-?\d{1,2}(?:\.\d{1,15})?,-?\d{1,3}(?:\.\d{1,15})?$/;

export class LocationParams {
  /** Id of the location. */
  @Id()
  id: string;
}

export class ListLocationsQuery extends PageQuery {
  /** Only locations of this kind. */
  @Maybe()
  @OneOf(LOCATION_KINDS, 'LocationKind')
  kind?: LocationKind;
  /** Only locations in this opening state. */
  @Maybe()
  @OneOf(OPENING_STATES, 'OpeningState')
  openingState?: OpeningState;
  /** Latitude and longitude of the place to search around, the nearest location first. Either this or `nearLocationId`. */
  @Maybe()
  @Code(COORDINATES, 40, '47.6116,-122.3370')
  near?: string;
  /** The location to search around, itself included, the nearest first. Either this or `near`. */
  @Maybe()
  @Id()
  nearLocationId?: string;
  /** How many kilometres around; 50 when left out. Only with a place to search around. */
  @Maybe()
  @QueryWhole(1, 500)
  radiusKm?: number;
}

export class CreateLocationDto {
  /** The code it goes by everywhere; it stays for ever. */
  @Code(LOCATION_CODE, 32, 'WA-0101')
  code: string;
  /** What it is: store, warehouse, refurbishment centre, or the books of goods on their way. */
  @OneOf(LOCATION_KINDS, 'LocationKind')
  kind: LocationKind;
  /** What people call it. */
  @Text(1, 200)
  name: string;
  /** Street and number. */
  @Maybe()
  @Text(0, 200)
  street?: string = '';
  /** Town. */
  @Maybe()
  @Text(0, 100)
  city?: string = '';
  /** State or province. */
  @Maybe()
  @Text(0, 100)
  region?: string = '';
  /** Postcode. */
  @Maybe()
  @Text(0, 20)
  postcode?: string = '';
  /** Country by its two capitals (ISO 3166-1). */
  @Code(COUNTRY, 2, 'US')
  country: string;
  /** Degrees north; negative in the south. Needed unless the kind is `IN_TRANSIT`. */
  @Maybe()
  @Degrees(90)
  latitude?: number;
  /** Degrees east; negative in the west. Needed unless the kind is `IN_TRANSIT`. */
  @Maybe()
  @Degrees(180)
  longitude?: number;
  /** The time zone its days are counted in. */
  @TimeZone()
  timeZone: string;
  /** Whether it is open; `OPENING_SOON` unless told otherwise. */
  @Maybe()
  @OneOf(OPENING_STATES, 'OpeningState')
  openingState?: OpeningState = 'OPENING_SOON';
  /** How many days customers may bring goods back; 14 when left out. */
  @Maybe()
  @WholeNumber(0, 365)
  remorseDays?: number = 14;
}

/** Facts to change; what is left out stays. */
export class ChangeLocationDto {
  /** What people call it. */
  @Maybe()
  @Text(1, 200)
  name?: string;
  /** Street and number. */
  @Maybe()
  @Text(0, 200)
  street?: string;
  /** Town. */
  @Maybe()
  @Text(0, 100)
  city?: string;
  /** State or province. */
  @Maybe()
  @Text(0, 100)
  region?: string;
  /** Postcode. */
  @Maybe()
  @Text(0, 20)
  postcode?: string;
  /** Country by its two capitals (ISO 3166-1). */
  @Maybe()
  @Code(COUNTRY, 2, 'US')
  country?: string;
  /** Degrees north; negative in the south. */
  @Maybe()
  @Degrees(90)
  latitude?: number;
  /** Degrees east; negative in the west. */
  @Maybe()
  @Degrees(180)
  longitude?: number;
  /** The time zone its days are counted in. */
  @Maybe()
  @TimeZone()
  timeZone?: string;
  /** How many days customers may bring goods back. */
  @Maybe()
  @WholeNumber(0, 365)
  remorseDays?: number;
}

export class MoveLocationDto {
  /** Why, for the history. */
  @Maybe()
  @Text(1, 200)
  reason?: string;
}
